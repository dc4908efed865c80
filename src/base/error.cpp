#include "base/error.hpp"

#include <utility>

namespace hachure::base {

int exit_status(Fault fault) {
  switch (fault) {
    case Fault::input:
      return 1;
    case Fault::usage:
      return 2;
    case Fault::environment:
      return 3;
    case Fault::defect:
      return 4;
  }
  return 4;
}

std::string to_string(Origin const& origin) {
  std::string text = origin.file;
  if (!text.empty() && origin.line > 0) text += ":" + std::to_string(origin.line);
  text += origin.place;
  if (!origin.field.empty()) text += (text.empty() ? "" : ": ") + origin.field;
  return text;
}

namespace {

std::string full_text(Origin const& origin, std::string const& message, std::string const& hint) {
  std::string text = to_string(origin);
  if (!text.empty()) text += ": ";
  text += message;
  if (!hint.empty()) text += "\n  hint: " + hint;
  return text;
}

}  // namespace

Error::Error(Fault fault, Origin origin, std::string message, std::string hint)
    : std::runtime_error(full_text(origin, message, hint)),
      fault_(fault),
      origin_(std::move(origin)),
      message_(std::move(message)),
      hint_(std::move(hint)) {}

}  // namespace hachure::base
