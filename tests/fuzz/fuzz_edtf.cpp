// Any bytes as a date: an error or a value whose canonical text reads back as the same value, whose
// certain extent lies in its possible one, and which stands in each calendar.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.hpp"
#include "record/calendar.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace hachure::record;
  try {
    auto const date = parse_any({reinterpret_cast<char const*>(data), size});
    auto const again = parse_edtf(print(date));
    auto const possible = outer(date);
    auto const certain = inner(date);
    bool const inside =
        !certain || (possible.earliest <= certain->earliest && certain->latest <= possible.latest);
    if (!(again == date) || !inside) std::abort();
    if (certain && presence(date, certain->earliest) != Presence::certain) std::abort();
    static_cast<void>(calendar_texts(date));
  } catch (hachure::base::Error const&) {
  }
  return 0;
}
