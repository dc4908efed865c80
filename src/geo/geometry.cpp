#include "geo/geometry.hpp"

#include "base/number.hpp"

namespace hachure::geo {

std::string to_text(Attribute const& attribute) {
  struct Visitor {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(bool b) const { return b ? "true" : "false"; }
    std::string operator()(double d) const { return base::to_exact_text(d); }
    std::string operator()(std::string const& s) const { return s; }
  };
  return std::visit(Visitor{}, attribute);
}

}  // namespace hachure::geo
