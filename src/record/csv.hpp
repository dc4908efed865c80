#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostics.hpp"
#include "geo/vector_source.hpp"

namespace hachure::record {

/// Columns of a table; a header that is longer comes from a file of another format.
inline constexpr std::size_t max_csv_columns = 4096;

/// Reads a table of separated values with a header line: RFC 4180 with LF, CRLF or CR line ends, a
/// UTF-8 byte order mark, and `,`, `;` or tab as separator, whichever the header has most of
/// outside quotes. A row's origin is the line where it starts; empty lines are skipped; cells that
/// a row lacks at its end are empty, with a warning. Nothing when the file as a whole cannot be
/// read: bad UTF-8, an unclosed quote, no header, a field over limits::max_field_bytes, too many
/// rows.
std::optional<geo::Table> read_csv(std::string_view text, std::string const& file,
                                   base::Diagnostics& diagnostics);

}  // namespace hachure::record
