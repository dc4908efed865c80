#include "render/svg_out.hpp"

#include "render/svg.hpp"
#include "render/xml.hpp"

namespace hachure::render {

void SvgOut::open(std::string_view name, int depth) {
  text.append(static_cast<std::size_t>(depth), ' ');
  text += '<';
  text += name;
}

void SvgOut::close_group(int depth) {
  text.append(static_cast<std::size_t>(depth), ' ');
  text += "</g>\n";
}

void SvgOut::element(std::string_view name, std::string_view content) {
  if (content.empty()) return;
  text += '<';
  text += name;
  text += '>';
  append_escaped(text, content, false);
  text += "</";
  text += name;
  text += '>';
}

void SvgOut::add_name(std::string const& wanted) {
  if (wanted.empty()) return;
  if (names_ == SvgNames::ids) {
    append_attribute(text, "id", unique_id(wanted));
  } else {
    append_attribute(text, "data-record", wanted);
  }
}

std::string SvgOut::unique_id(std::string const& wanted) {
  std::string const name = svg_id(wanted);
  std::string id = name;
  for (int n = 2; !ids_.insert(id).second; ++n) id = name + "-" + std::to_string(n);
  return id;
}

}  // namespace hachure::render
