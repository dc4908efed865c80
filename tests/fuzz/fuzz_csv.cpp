// Any bytes as a table of separated values: refused, or rows as wide as the header, in rising
// lines.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "record/csv.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace hachure;
  base::Diagnostics diagnostics;
  auto const table =
      record::read_csv({reinterpret_cast<char const*>(data), size}, "t.csv", diagnostics);
  if (!table) {
    if (!diagnostics.has_errors()) std::abort();
    return 0;
  }
  int line = table->origin.line;
  for (auto const& row : table->rows) {
    if (row.cells.size() != table->columns.size() || row.origin.line <= line) std::abort();
    line = row.origin.line;
  }
  return 0;
}
