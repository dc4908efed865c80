#include "cli/report.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "cli/messages.hpp"

namespace hachure::cli {

namespace {

using Json = nlohmann::ordered_json;

/// Micrometres are finer than any printer: more digits would only be noise.
double rounded(double mm) {
  return std::round(mm * 1000) / 1000 + 0.0;
}

Json box_of(draw::Box const& box) {
  if (box.empty()) return nullptr;
  return {{"x", rounded(box.min_x_mm)},
          {"y", rounded(box.min_y_mm)},
          {"width", rounded(box.width_mm())},
          {"height", rounded(box.height_mm())}};
}

Json label_of(layout::PlacedLabel const& label) {
  Json outline = Json::array();
  for (auto const& point : label.outline) {
    outline.push_back({rounded(point.x_mm), rounded(point.y_mm)});
  }
  Json out{{"text", label.text},     {"record", label.record}, {"placed", label.placed},
           {"reason", label.reason}, {"curved", label.curved}, {"box", box_of(label.box)},
           {"outline", outline}};
  out["form"] = layout::to_string(label.form);
  bool const other_text =
      label.form == layout::LabelForm::shorter || label.form == layout::LabelForm::number;
  if (other_text) out["set"] = label.set;
  return out;
}

Json warnings_of(base::Diagnostics const& diagnostics) {
  Json out = Json::array();
  for (auto const& problem : diagnostics.problems()) out.push_back(Json::parse(to_json(problem)));
  return out;
}

Json output_of(ReportedOutput const& output) {
  auto const& page = *output.page;
  auto const& layout = *page.layout;
  Json json;
  json["file"] = output.file;
  json["map"] = page.request.map->id;
  json["lang"] = page.request.options.lang;
  json["format"] = output.format;
  json["page"] = {{"width_mm", rounded(layout.drawing.width_mm)},
                  {"height_mm", rounded(layout.drawing.height_mm)}};
  json["labels"] = Json::array();
  for (auto const& label : layout.labels) json["labels"].push_back(label_of(label));
  json["missing_glyphs"] = Json::array();
  for (auto const& missing : layout.missing) {
    json["missing_glyphs"].push_back(
        {{"record", missing.record},
         {"text", missing.text},
         {"glyph", base::to_utf8(std::u32string(1, missing.code_point))},
         {"code_point", fmt::format("U+{:04X}", static_cast<std::uint32_t>(missing.code_point))}});
  }
  json["missing_texts"] = Json::array();
  for (auto const& missing : output.missing_texts) {
    json["missing_texts"].push_back(
        {{"record", missing.record}, {"field", missing.field}, {"used", missing.used}});
  }
  json["fonts"] = layout.fonts;
  json["layers"] = Json::array();
  for (auto const& count : page.counts) {
    json["layers"].push_back(
        {{"id", count.id}, {"features", count.features}, {"drawn", count.drawn}});
  }
  json["warnings"] = warnings_of(page.diagnostics);
  return json;
}

}  // namespace

std::string report_of(std::vector<ReportedOutput> const& outputs,
                      base::Diagnostics const& problems) {
  Json json;
  json["outputs"] = Json::array();
  for (auto const& output : outputs) json["outputs"].push_back(output_of(output));
  json["problems"] = warnings_of(problems);
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace hachure::cli
