#include "geo/height_interpolation.hpp"

#include <gdal_alg.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numbers>
#include <set>

#include "base/number.hpp"
#include "geo/gdal_guard.hpp"

namespace hachure::geo {

namespace {

constexpr double degree_rad = std::numbers::pi / 180;

/// Known heights as GDAL takes them: x shrunk so that both axes have one scale.
struct Samples {
  std::vector<double> x, y, z;
  double least_x = 1e300, most_x = -1e300, least_y = 1e300, most_y = -1e300;

  void add(double px, double py, double pz) {
    x.push_back(px);
    y.push_back(py);
    z.push_back(pz);
    least_x = std::min(least_x, px);
    most_x = std::max(most_x, px);
    least_y = std::min(least_y, py);
    most_y = std::max(most_y, py);
  }
};

Samples samples_of(std::vector<std::pair<LonLat, double>> const& heights, double shrink) {
  Samples samples;
  // Two heights at one place would make an edge of the ground upright; the first stands.
  std::set<std::pair<double, double>> taken;
  for (auto const& [at, height_m] : heights) {
    double const x = at.lon_deg * shrink;
    if (taken.emplace(x, at.lat_deg).second) samples.add(x, at.lat_deg, height_m);
  }
  return samples;
}

[[noreturn]] void refuse(std::string message, std::string hint) {
  throw base::Error(base::Fault::input, {}, std::move(message), std::move(hint));
}

/// The nodes of the grid that hold known heights: these stay as they are.
std::vector<bool> pinned_nodes(Samples const& samples, HeightGrid& grid, double shrink) {
  std::vector<bool> pinned(grid.height_m.size(), false);
  for (std::size_t i = 0; i < samples.x.size(); ++i) {
    auto const column = std::lround((samples.x[i] / shrink - grid.west_deg) / grid.step_lon_deg);
    auto const row = std::lround((grid.north_deg - samples.y[i]) / grid.step_lat_deg);
    if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) continue;
    auto const index = static_cast<std::size_t>(row * grid.columns + column);
    grid.height_m[index] = static_cast<float>(samples.z[i]);
    pinned[index] = true;
  }
  return pinned;
}

/// Rounds the edges of the triangles: each free node becomes the mean of its four neighbours, a few
/// times over, which leaves planes as they are. Known heights stay.
void soften(HeightGrid& grid, std::vector<bool> const& pinned) {
  constexpr int rounds = 20;
  auto const width = static_cast<std::size_t>(grid.columns);
  auto const height = static_cast<std::size_t>(grid.rows);
  auto next = grid.height_m;
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t j = 1; j + 1 < height; ++j) {
      for (std::size_t i = j * width + 1; i < (j + 1) * width - 1; ++i) {
        if (pinned[i]) continue;
        auto const& h = grid.height_m;
        float const mean = (h[i - 1] + h[i + 1] + h[i - width] + h[i + width]) / 4;
        // Beside the hull the heights stay: a mean with what is not known is not known.
        if (!std::isnan(mean)) next[i] = mean;
      }
    }
    grid.height_m.swap(next);
  }
}

struct FreeTriangulation {
  void operator()(GDALTriangulation* triangulation) const { GDALTriangulationFree(triangulation); }
};

/// Heights of all nodes within the triangles of the samples, linear in each.
void fill_triangles(Samples const& samples, HeightGrid& grid, double shrink) {
  grid.height_m.assign(static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows),
                       std::numeric_limits<float>::quiet_NaN());
  std::unique_ptr<GDALTriangulation, FreeTriangulation> const triangulation(
      GDALTriangulationCreateDelaunay(static_cast<int>(samples.x.size()), samples.x.data(),
                                      samples.y.data()));
  if (!triangulation) refuse("cannot be interpolated: " + last_gdal_error(), {});
  struct Corner {
    double x, y, z;  // columns, rows, metres
  };
  auto const corner = [&](int index) {
    auto const i = static_cast<std::size_t>(index);
    return Corner{(samples.x[i] / shrink - grid.west_deg) / grid.step_lon_deg,
                  (grid.north_deg - samples.y[i]) / grid.step_lat_deg, samples.z[i]};
  };
  for (int f = 0; f < triangulation->nFacets; ++f) {
    auto const& facet = triangulation->pasFacets[f];
    auto const a = corner(facet.anVertexIdx[0]);
    auto const b = corner(facet.anVertexIdx[1]);
    auto const c = corner(facet.anVertexIdx[2]);
    double const area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
    if (std::abs(area) < 1e-12) continue;
    auto const first = [](double least) { return std::max(0, static_cast<int>(std::ceil(least))); };
    auto const last = [](double most, int count) {
      return std::min(count - 1, static_cast<int>(std::floor(most)));
    };
    for (int j = first(std::min({a.y, b.y, c.y})); j <= last(std::max({a.y, b.y, c.y}), grid.rows);
         ++j) {
      for (int i = first(std::min({a.x, b.x, c.x}));
           i <= last(std::max({a.x, b.x, c.x}), grid.columns); ++i) {
        double const u = ((i - a.x) * (c.y - a.y) - (c.x - a.x) * (j - a.y)) / area;
        double const v = ((b.x - a.x) * (j - a.y) - (i - a.x) * (b.y - a.y)) / area;
        constexpr double slack = 1e-9;
        if (u < -slack || v < -slack || u + v > 1 + slack) continue;
        grid.height_m[static_cast<std::size_t>(j) * static_cast<std::size_t>(grid.columns) +
                      static_cast<std::size_t>(i)] =
            static_cast<float>(a.z + u * (b.z - a.z) + v * (c.z - a.z));
      }
    }
  }
}

bool are_on_one_line(Samples const& samples) {
  double const width = samples.most_x - samples.least_x;
  double const height = samples.most_y - samples.least_y;
  // The two farthest in the longer direction, and the distance of the others from their line.
  auto const& along = width > height ? samples.x : samples.y;
  auto const least = static_cast<std::size_t>(std::ranges::min_element(along) - along.begin());
  auto const most = static_cast<std::size_t>(std::ranges::max_element(along) - along.begin());
  double const dx = samples.x[most] - samples.x[least];
  double const dy = samples.y[most] - samples.y[least];
  double farthest = 0;
  for (std::size_t i = 0; i < samples.x.size(); ++i) {
    double const cross =
        dx * (samples.y[i] - samples.y[least]) - dy * (samples.x[i] - samples.x[least]);
    farthest = std::max(farthest, std::abs(cross));
  }
  return farthest <= 1e-6 * (dx * dx + dy * dy);
}

/// The heights with points set between the vertices of their lines, `step_deg` apart at most.
std::vector<std::pair<LonLat, double>> densified(std::vector<KnownHeight> const& heights,
                                                 double step_deg) {
  std::vector<std::pair<LonLat, double>> out;
  for (auto const& known : heights) {
    for (std::size_t i = 0; i < known.line.size(); ++i) {
      out.emplace_back(known.line[i], known.height_m);
      if (i + 1 == known.line.size() || !(step_deg > 0)) continue;
      auto const a = known.line[i];
      auto const b = known.line[i + 1];
      double const length = std::hypot(b.lon_deg - a.lon_deg, b.lat_deg - a.lat_deg);
      int const parts =
          std::max(1, static_cast<int>(std::min(10000.0, std::ceil(length / step_deg))));
      for (int k = 1; k < parts; ++k) {
        double const t = static_cast<double>(k) / parts;
        out.emplace_back(LonLat{a.lon_deg + (b.lon_deg - a.lon_deg) * t,
                                a.lat_deg + (b.lat_deg - a.lat_deg) * t},
                         known.height_m);
      }
    }
  }
  return out;
}

}  // namespace

std::vector<KnownHeight> known_heights(std::vector<Feature const*> const& features,
                                       std::string const& attribute,
                                       base::Diagnostics& diagnostics) {
  std::vector<KnownHeight> heights;
  for (auto const* feature : features) {
    auto const it = feature->attributes.find(attribute);
    if (it == feature->attributes.end() || std::holds_alternative<std::monostate>(it->second)) {
      continue;
    }
    auto const text = to_text(it->second);
    auto const height_m = base::parse_number(text);
    if (!height_m) {
      auto origin = feature->origin;
      origin.field = attribute;
      diagnostics.error(origin, "\"" + text + "\" is not a height in metres");
      continue;
    }
    auto const add_line = [&](std::vector<LonLat> const& line) {
      heights.push_back({line, *height_m});
    };
    if (auto const* points = std::get_if<Points<LonLat>>(&feature->geometry)) {
      for (auto const& p : points->at) add_line({p});
    }
    if (auto const* lines = std::get_if<Lines<LonLat>>(&feature->geometry)) {
      for (auto const& line : lines->at) add_line(line);
    }
    if (auto const* polygons = std::get_if<Polygons<LonLat>>(&feature->geometry)) {
      for (auto const& polygon : polygons->at) {
        for (auto const& ring : polygon) add_line(ring);
      }
    }
  }
  return heights;
}

HeightGrid interpolated_heights(std::vector<KnownHeight> const& heights, std::size_t max_cells) {
  start_gdal();
  if (!GDALHasTriangulation()) {
    throw base::Error(base::Fault::environment, {},
                      "heights cannot be interpolated: this GDAL has no triangulation",
                      "use a GDAL that was built with qhull");
  }
  auto const vertices = densified(heights, 0);
  double middle_deg = 0;
  for (auto const& [at, height_m] : vertices) middle_deg += at.lat_deg;
  middle_deg /= std::max<double>(1, static_cast<double>(vertices.size()));
  double const shrink = std::max(0.05, std::cos(middle_deg * degree_rad));
  auto samples = samples_of(vertices, shrink);
  if (samples.x.size() < 3) {
    refuse("has " + std::to_string(samples.x.size()) + " known heights: no ground",
           "give form lines or spot heights with a height in metres");
  }
  if (are_on_one_line(samples)) refuse("has all its heights on one line: no ground", {});
  double const width = samples.most_x - samples.least_x;
  double const height = samples.most_y - samples.least_y;
  double const step = std::sqrt(width * height / static_cast<double>(max_cells)) * 1.01;
  HeightGrid grid;
  grid.columns = std::clamp(static_cast<int>(width / step), 2, static_cast<int>(max_cells / 2));
  grid.rows =
      std::clamp(static_cast<int>(height / step), 2, static_cast<int>(max_cells) / grid.columns);
  grid.step_lon_deg = width / grid.columns / shrink;
  grid.step_lat_deg = height / grid.rows;
  grid.west_deg = samples.least_x / shrink + grid.step_lon_deg / 2;
  grid.north_deg = samples.most_y - grid.step_lat_deg / 2;
  // Triangles need far fewer points than the lines have cells.
  samples = samples_of(densified(heights, 4 * grid.step_lat_deg), shrink);
  fill_triangles(samples, grid, shrink);
  samples = samples_of(densified(heights, grid.step_lat_deg), shrink);
  auto const pinned = pinned_nodes(samples, grid, shrink);
  soften(grid, pinned);
  return grid;
}

}  // namespace hachure::geo
