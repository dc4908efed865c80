#pragma once

#include <cstddef>
#include <cstdint>

/// Every hard limit of the program, each with its reason. Exceeding one is an input error that
/// names the limit.
namespace hachure::base::limits {

/// A record table or project file is text that people wrote; beyond this it is a mistake or an
/// attack, and reading it would swap the machine.
inline constexpr std::uintmax_t max_text_file_bytes = 256u << 20;
/// A YAML project is a few kilobytes; alias bombs expand, so nodes are counted too.
inline constexpr std::uintmax_t max_yaml_bytes = 8u << 20;
inline constexpr std::size_t max_yaml_nodes = 200'000;
inline constexpr int max_yaml_depth = 64;
/// One field of a table: longer ones come from an unclosed quote.
inline constexpr std::size_t max_field_bytes = 1u << 20;
/// Rows of one record table.
inline constexpr std::size_t max_rows = 2'000'000;
/// Problems printed before the rest is only counted.
inline constexpr std::size_t max_problems = 100;
/// Longest key or column name compared for near misses (the comparison is quadratic).
inline constexpr std::size_t max_key_length = 64;
/// A page larger than this is a unit mistake (5 m); Cairo's fixed point ends not far beyond.
inline constexpr double max_page_mm = 5000.0;
/// Cairo image surfaces end at 32,767 pixels a side.
inline constexpr int max_pixels_side = 32'767;
/// One frame of a video: a longer one is a mistake of units (GIF ends at 655 s).
inline constexpr double max_frame_seconds = 600.0;
/// A frame that is read again for its checksum: 32,767 pixels a side at a byte each, and some.
inline constexpr std::uintmax_t max_raster_file_bytes = 2048ull << 20;
/// Frames of one run: names have six digits.
inline constexpr std::size_t max_frames = 1'000'000;
/// Depth and nodes of an expression: deeper ones overflow the stack of a recursive evaluator.
inline constexpr int max_expression_depth = 128;
inline constexpr std::size_t max_expression_nodes = 100'000;
/// An SVG symbol is a drawing of a few kilobytes.
inline constexpr std::uintmax_t max_symbol_bytes = 1u << 20;
/// Vertices of all geodata that one map may hold after clipping to its view.
inline constexpr std::size_t max_vertices = 50'000'000;
/// Insets nest one level: a locator of a locator is a mistake, and a cycle would not end.
inline constexpr int max_inset_depth = 2;
/// More lines of equal height than this would fill any page: an interval in the wrong unit.
inline constexpr std::size_t max_contour_levels = 2'000;
/// Nodes of a lattice of heights on the page (a sheet of 1 m square at 0.15 mm).
inline constexpr std::size_t max_height_nodes = 45'000'000;

}  // namespace hachure::base::limits
