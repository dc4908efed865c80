#include "scene/height_field.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hachure::scene {

namespace {

/// Degrees at every node: the inverse projection on a coarse net, bilinear between its knots (the
/// error over 16 nodes is far below a cell of any raster).
class LonLatNet {
 public:
  LonLatNet(MapView const& view, HeightField const& field)
      : columns_((field.columns + step - 1) / step + 2), rows_((field.rows + step - 1) / step + 2) {
    knots_.reserve(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_));
    for (int j = 0; j < rows_; ++j) {
      for (int i = 0; i < columns_; ++i) {
        auto const at =
            view.to_lonlat(field.at(field.first_column + i * step, field.first_row + j * step));
        knots_.push_back(at.value_or(geo::LonLat{NAN, NAN}));
      }
    }
  }

  geo::LonLat at(int x, int y) const {
    int const i = x / step;
    int const j = y / step;
    double const u = static_cast<double>(x % step) / step;
    double const v = static_cast<double>(y % step) / step;
    auto const& a = knot(i, j);
    auto const& b = knot(i + 1, j);
    auto const& c = knot(i, j + 1);
    auto const& d = knot(i + 1, j + 1);
    return {
        (a.lon_deg * (1 - u) + b.lon_deg * u) * (1 - v) + (c.lon_deg * (1 - u) + d.lon_deg * u) * v,
        (a.lat_deg * (1 - u) + b.lat_deg * u) * (1 - v) +
            (c.lat_deg * (1 - u) + d.lat_deg * u) * v};
  }

 private:
  static constexpr int step = 16;
  geo::LonLat const& knot(int i, int j) const {
    return knots_[static_cast<std::size_t>(j) * static_cast<std::size_t>(columns_) +
                  static_cast<std::size_t>(i)];
  }
  int columns_;
  int rows_;
  std::vector<geo::LonLat> knots_;
};

/// Weight of a grid at a place: 1 inside, falling to 0 over the outer tenth.
double weight_of(geo::HeightGrid const& grid, geo::LonLat at) {
  double const x = (at.lon_deg - grid.west_deg) / grid.step_lon_deg / grid.columns;
  double const y = (grid.north_deg - at.lat_deg) / grid.step_lat_deg / grid.rows;
  double const inside = std::min({x, 1 - x, y, 1 - y});
  return std::clamp(inside / 0.1, 0.0, 1.0);
}

std::vector<double> gaussian(double sigma_nodes) {
  int const reach = std::max(1, static_cast<int>(std::ceil(3 * sigma_nodes)));
  std::vector<double> weights;
  for (int k = -reach; k <= reach; ++k) {
    double const x = k / sigma_nodes;
    weights.push_back(std::exp(-0.5 * x * x));
  }
  return weights;
}

/// Weighted mean of `count` values `stride` apart about each of them; unknown values have no
/// weight.
void smooth_run(float const* in, float* out, int count, std::size_t stride,
                std::vector<double> const& weights) {
  int const reach = static_cast<int>(weights.size() / 2);
  for (int i = 0; i < count; ++i) {
    auto const here = static_cast<std::size_t>(i) * stride;
    if (std::isnan(in[here])) {
      out[here] = in[here];
      continue;
    }
    double sum = 0;
    double total = 0;
    for (int k = std::max(-reach, -i); k <= std::min(reach, count - 1 - i); ++k) {
      auto const at = i + k;
      float const value = in[static_cast<std::size_t>(at) * stride];
      if (std::isnan(value)) continue;
      auto const tap = k + reach;
      double const w = weights[static_cast<std::size_t>(tap)];
      sum += w * static_cast<double>(value);
      total += w;
    }
    out[here] = static_cast<float>(sum / total);
  }
}

}  // namespace

void sample_heights(HeightField& field, std::vector<geo::HeightGrid> const& grids,
                    MapView const& view, float otherwise) {
  LonLatNet const net(view, field);
  field.height_m.assign(
      static_cast<std::size_t>(field.columns) * static_cast<std::size_t>(field.rows), otherwise);
  for (int y = 0; y < field.rows; ++y) {
    for (int x = 0; x < field.columns; ++x) {
      auto const at = net.at(x, y);
      double h = 0;
      bool first = true;
      for (auto const& grid : grids) {
        if (grid.columns == 0) continue;
        double const own = grid.at(at);
        if (std::isnan(own)) continue;
        double const w = first ? 1 : weight_of(grid, at);
        h = h * (1 - w) + own * w;
        first = false;
      }
      if (!first) field.node(x, y) = static_cast<float>(h);
    }
  }
}

HeightField heights_on_page(std::vector<geo::HeightGrid> const& grids, MapView const& view,
                            double step_mm, double margin_mm, double smooth_mm) {
  HeightField field;
  field.step_mm = step_mm;
  field.zero = view.to_page(geo::MapPoint{0, 0});
  field.metres_per_mm = view.scale() / 1000;
  auto const box = view.frame().grown(margin_mm);
  auto const number = [&](double mm) { return std::lround(std::floor(mm / step_mm)); };
  field.first_column = number(box.min_x_mm - field.zero.x_mm);
  field.first_row = number(box.min_y_mm - field.zero.y_mm);
  field.columns = static_cast<int>(number(box.max_x_mm - field.zero.x_mm) - field.first_column) + 2;
  field.rows = static_cast<int>(number(box.max_y_mm - field.zero.y_mm) - field.first_row) + 2;
  sample_heights(field, grids, view, std::numeric_limits<float>::quiet_NaN());
  smooth_heights(field, smooth_mm);
  return field;
}

void smooth_heights(HeightField& field, double sigma_mm) {
  double const sigma_nodes = sigma_mm / field.step_mm;
  if (sigma_nodes < 0.3) return;
  auto const weights = gaussian(sigma_nodes);
  std::vector<float> other(field.height_m.size());
  auto const width = static_cast<std::size_t>(field.columns);
  for (std::size_t j = 0; j < static_cast<std::size_t>(field.rows); ++j) {
    smooth_run(&field.height_m[j * width], &other[j * width], field.columns, 1, weights);
  }
  for (std::size_t i = 0; i < width; ++i) {
    smooth_run(&other[i], &field.height_m[i], field.rows, width, weights);
  }
}

Terrain::Terrain(HeightField const& field) : field_(field) {
  gradient_.resize(field.height_m.size());
  double const metres = field.step_mm * field.metres_per_mm;
  for (int j = 0; j < field.rows; ++j) {
    for (int i = 0; i < field.columns; ++i) {
      int const left = std::max(i - 1, 0);
      int const right = std::min(i + 1, field.columns - 1);
      int const up = std::max(j - 1, 0);
      int const down = std::min(j + 1, field.rows - 1);
      auto& slope =
          gradient_[static_cast<std::size_t>(j) * static_cast<std::size_t>(field.columns) +
                    static_cast<std::size_t>(i)];
      slope.x = static_cast<double>(field.node(right, j) - field.node(left, j)) /
                (std::max(1, right - left) * metres);
      slope.y = static_cast<double>(field.node(i, down) - field.node(i, up)) /
                (std::max(1, down - up) * metres);
    }
  }
}

std::optional<Terrain::Sample> Terrain::at(draw::Point page) const {
  // Numbers of nodes first, the crop's offset after: the same digits under any crop.
  double const x = (page.x_mm - field_.zero.x_mm) / field_.step_mm;
  double const y = (page.y_mm - field_.zero.y_mm) / field_.step_mm;
  double const column = std::floor(x);
  double const row = std::floor(y);
  int const i = static_cast<int>(column - static_cast<double>(field_.first_column));
  int const j = static_cast<int>(row - static_cast<double>(field_.first_row));
  if (i < 0 || j < 0 || i + 1 >= field_.columns || j + 1 >= field_.rows) return {};
  double const u = x - column;
  double const v = y - row;
  auto const width = static_cast<std::size_t>(field_.columns);
  auto const a = static_cast<std::size_t>(j) * width + static_cast<std::size_t>(i);
  double const weights[4] = {(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v};
  std::size_t const nodes[4] = {a, a + 1, a + width, a + width + 1};
  Sample sample;
  for (std::size_t k = 0; k < 4; ++k) {
    sample.height_m += weights[k] * static_cast<double>(field_.height_m[nodes[k]]);
    sample.uphill.x += weights[k] * gradient_[nodes[k]].x;
    sample.uphill.y += weights[k] * gradient_[nodes[k]].y;
  }
  if (std::isnan(sample.height_m + sample.uphill.x + sample.uphill.y)) return {};
  return sample;
}

}  // namespace hachure::scene
