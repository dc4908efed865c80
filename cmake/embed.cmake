# Text files that the program carries. embed_text(OUTPUT NAMESPACE HEADER FILE...) writes a source that
# defines, for each member of the header's table, the file's text and its SHA-256; a change of a file
# configures anew.
function(embed_text output namespace header)
  set(rows "")
  foreach(file ${ARGN})
    file(READ "${file}" text)
    file(SHA256 "${file}" sha256)
    get_filename_component(name "${file}" NAME)
    string(APPEND rows "    {\"${name}\", R\"embedded(${text})embedded\",\n     \"${sha256}\"},\n")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  endforeach()
  list(LENGTH ARGN count)
  file(CONFIGURE OUTPUT "${output}" @ONLY CONTENT [[
// Written by cmake/embed.cmake.
#include "@header@"

#include <array>

namespace @namespace@ {

std::span<Asset const> assets() {
  static constexpr std::array<Asset, @count@> table{{
@rows@  }};
  return table;
}

}  // namespace @namespace@
]])
endfunction()
