#pragma once

#include <string>
#include <vector>

namespace hachure::tests {

/// Pixels of a PNG file, 3 bytes each, row by row; empty if it cannot be read.
struct Pixels {
  int width = 0;
  int height = 0;
  std::vector<unsigned char> rgb;
};

Pixels read_png(std::string const& path);

/// How far two pictures of the same size are apart, channel by channel.
struct Difference {
  double mean = 255;  ///< mean absolute difference, 0..255
  double share = 1;   ///< part of the pixels with a channel that differs by more than `threshold`
  double blurred = 255;  ///< largest difference of the means of 8 x 8 pixels: what an eye would see
};

/// Pictures whose sizes differ by more than a pixel are wholly different. The last row and column
/// are left out: a page whose sides are no whole pixels covers them in part.
Difference difference(Pixels const& a, Pixels const& b, int threshold);

/// Runs a program with its arguments; false if it is missing or fails.
bool run(std::vector<std::string> const& command);

/// A folder for files of the running test, emptied at its first use and removed at the exit.
std::string scratch_folder();

}  // namespace hachure::tests
