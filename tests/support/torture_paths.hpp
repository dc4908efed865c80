#pragma once

#include <string>
#include <vector>

#include "draw/geometry.hpp"

/// Paths that break careless outlines: hairpins, spirals, zigzags, bends tighter than the width,
/// points that repeat, paths that cross themselves. Page millimetres, each within about 30 x 20.
namespace hachure::tests {

struct TorturePath {
  std::string name;
  std::vector<draw::Point> points;
};

/// Sixty of them, always the same.
std::vector<TorturePath> torture_paths();

}  // namespace hachure::tests
