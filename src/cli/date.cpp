#include <nlohmann/json.hpp>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "cli/commands.hpp"
#include "cli/messages.hpp"
#include "record/calendar.hpp"
#include "record/date_format.hpp"

namespace hachure::cli {

namespace {

using Json = nlohmann::ordered_json;

/// A text to read, and where it stands: lines of stdin have a number.
struct DateText {
  std::string text;
  base::Origin origin;
};

/// The arguments, with the lines of stdin in the place of `-`.
std::vector<DateText> texts_of(DateJob const& job) {
  std::vector<DateText> texts;
  for (auto const& argument : job.texts) {
    if (argument != "-") {
      texts.push_back({argument, {}});
      continue;
    }
    auto const input = base::read_standard_input(base::limits::max_text_file_bytes);
    int number = 0;
    for (std::size_t begin = 0; begin < input.size();) {
      auto const end = std::min(input.find('\n', begin), input.size());
      auto line = input.substr(begin, end - begin);
      if (line.ends_with('\r')) line.pop_back();
      texts.push_back({std::move(line),
                       {.file = "standard input", .line = ++number, .place = {}, .field = {}}});
      begin = end + 1;
    }
  }
  return texts;
}

Json text_or_null(std::optional<std::string> const& text) {
  return text ? Json(*text) : Json(nullptr);
}

Json calendars_json(record::CalendarTexts const& calendars) {
  return {{"gregorian", calendars.gregorian},
          {"julian", calendars.julian},
          {"chinese", text_or_null(calendars.chinese)}};
}

std::string json_line(record::DateReport const& report, std::string const& lang) {
  Json json;
  json["input"] = report.input;
  json["valid"] = report.valid;
  json["level"] = report.valid ? Json(report.level) : Json(nullptr);
  json["earliest"] = text_or_null(report.earliest);
  json["latest"] = text_or_null(report.latest);
  json["qualifiers"] = report.qualifiers;
  json["canonical"] = report.valid ? Json(report.canonical) : Json(nullptr);
  json["calendars"] = nullptr;
  if (report.valid) {
    auto const date = record::parse_any(report.input);
    json["calendars"] = calendars_json(record::calendar_texts(date));
    if (!lang.empty()) json["text"] = record::format_date(date, lang);
  }
  json["error"] = report.valid ? Json(nullptr) : Json(report.error);
  if (!report.hint.empty()) json["hint"] = report.hint;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string readable(record::DateReport const& report, std::string const& lang) {
  auto const date = record::parse_any(report.input);
  auto const calendars = record::calendar_texts(date);
  std::string text = report.input + "\n";
  auto const row = [&](std::string_view name, std::string const& value) {
    if (value.empty()) return;
    text += "  " + std::string(name) + std::string(12 - name.size(), ' ') + value + "\n";
  };
  if (!lang.empty()) row("text", record::format_date(date, lang));
  row("canonical", report.canonical);
  row("level", std::to_string(report.level));
  row("earliest", report.earliest.value_or("unknown"));
  row("latest", report.latest.value_or("unknown"));
  std::string qualifiers;
  for (auto const& word : report.qualifiers) qualifiers += (qualifiers.empty() ? "" : ", ") + word;
  row("qualifiers", qualifiers);
  row("gregorian", calendars.gregorian);
  row("julian", calendars.julian);
  row("chinese", calendars.chinese.value_or(""));
  return text;
}

}  // namespace

int run(DateJob const& job) {
  base::Diagnostics problems;
  std::string out;
  for (auto const& [text, origin] : texts_of(job)) {
    auto const report = record::describe_any(text);
    if (!report.valid) problems.error(origin, report.error, report.hint);
    if (job.json) {
      out += json_line(report, job.lang);
    } else if (report.valid) {
      out += readable(report, job.lang);
    }
  }
  print_result(out);
  // With --json the objects hold the errors.
  if (!job.json) print_problems(problems, {});
  return exit_status(problems, {});
}

}  // namespace hachure::cli
