#pragma once

#include <optional>
#include <vector>

#include "draw/geometry.hpp"
#include "geo/raster_source.hpp"
#include "scene/view.hpp"

namespace hachure::scene {

/// Heights at the nodes of a square lattice on the page. Nodes have numbers that do not depend on
/// the part of the lattice that is held: a larger or smaller crop has the same nodes.
struct HeightField {
  long first_column = 0;  ///< number of the first node in x
  long first_row = 0;     ///< number of the first node in y
  int columns = 0;
  int rows = 0;
  double step_mm = 0.15;
  draw::Point zero;             ///< page place of node (0, 0)
  double metres_per_mm = 1;     ///< on the ground, for slopes
  std::vector<float> height_m;  ///< row by row from the top; NaN where nothing is known

  draw::Point at(long column, long row) const {
    return zero +
           draw::Point{static_cast<double>(column) * step_mm, static_cast<double>(row) * step_mm};
  }
  /// Height of a node by its place in the array.
  float& node(int i, int j) {
    return height_m[static_cast<std::size_t>(j) * static_cast<std::size_t>(columns) +
                    static_cast<std::size_t>(i)];
  }
  float node(int i, int j) const {
    return height_m[static_cast<std::size_t>(j) * static_cast<std::size_t>(columns) +
                    static_cast<std::size_t>(i)];
  }
};

/// Fills the nodes of `field` from the grids. Later grids lie over earlier ones, fading in over
/// their outer tenth so that no edge shows. Where no grid has data, `otherwise`.
void sample_heights(HeightField& field, std::vector<geo::HeightGrid> const& grids,
                    MapView const& view, float otherwise);

/// Heights of the frame and `margin_mm` round it, on a lattice whose zero is that of the
/// projection, smoothed by a Gaussian of `smooth_mm`.
HeightField heights_on_page(std::vector<geo::HeightGrid> const& grids, MapView const& view,
                            double step_mm, double margin_mm, double smooth_mm);

/// Gaussian smoothing in place (standard deviation `sigma_mm`); unknown nodes have no weight and
/// stay unknown.
void smooth_heights(HeightField& field, double sigma_mm);

/// Height and gradient of a field between its nodes, bilinear; gradients are central differences at
/// the nodes.
class Terrain {
 public:
  explicit Terrain(HeightField const& field);

  /// Metres of height per metre on the ground, towards x and y of the page.
  struct Slope {
    double x = 0;
    double y = 0;
  };
  struct Sample {
    double height_m = 0;
    Slope uphill;
  };
  /// Nothing outside the field or beside an unknown node.
  std::optional<Sample> at(draw::Point page) const;

 private:
  HeightField const& field_;
  std::vector<Slope> gradient_;
};

}  // namespace hachure::scene
