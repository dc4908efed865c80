#include "layout/knockout.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "draw/polygon.hpp"
#include "draw/text_outline.hpp"

namespace hachure::layout {

namespace {

using draw::Box;
using draw::Path;
using draw::Point;

/// Signs up to this size are drawn whole or not at all.
constexpr double sign_mm = 0.45;

/// Convex hull, counter-clockwise (Andrew 1979).
std::vector<Point> hull_of(std::vector<Point> points) {
  std::ranges::sort(points, [](Point a, Point b) {
    return a.x_mm != b.x_mm ? a.x_mm < b.x_mm : a.y_mm < b.y_mm;
  });
  std::vector<Point> hull;
  for (int side = 0; side < 2; ++side) {
    auto const base = hull.size();
    for (auto const& p : points) {
      while (hull.size() >= base + 2 &&
             draw::cross(hull.back() - hull[hull.size() - 2], p - hull.back()) <= 0) {
        hull.pop_back();
      }
      hull.push_back(p);
    }
    hull.pop_back();
    std::ranges::reverse(points);
  }
  return hull;
}

/// The contours of a path, each as a path of its own.
std::vector<Path> contours_of(Path const& path) {
  std::vector<Path> out;
  std::size_t at = 0;
  for (auto const verb : path.verbs()) {
    auto const& p = path.points();
    switch (verb) {
      case Path::Verb::move:
        out.emplace_back();
        out.back().move_to(p[at++]);
        break;
      case Path::Verb::line:
        out.back().line_to(p[at++]);
        break;
      case Path::Verb::cubic:
        out.back().cubic_to(p[at], p[at + 1], p[at + 2]);
        at += 3;
        break;
      case Path::Verb::close:
        out.back().close();
        break;
    }
  }
  return out;
}

double size_of(Box const& box) {
  return std::hypot(box.width_mm(), box.height_mm());
}

/// Whether any point of a contour or the middle of any of its edges lies in the area.
bool touches(std::vector<std::vector<Point>> const& lines, Path const& area) {
  return std::ranges::any_of(lines, [&](std::vector<Point> const& line) {
    return !draw::clipped_line(line, area, true).empty();
  });
}

/// Calls `change` for every shape of a node.
void for_each_shape(draw::Node& node, std::function<void(draw::Node&)> const& change) {
  if (auto* group = std::get_if<draw::Group>(&node.value)) {
    for (auto& child : group->children) for_each_shape(child, change);
    std::erase_if(group->children, [](draw::Node const& child) {
      auto const* shape = std::get_if<draw::Shape>(&child.value);
      return shape != nullptr && shape->path.empty();
    });
  } else if (std::holds_alternative<draw::Shape>(node.value)) {
    change(node);
  }
}

}  // namespace

Knockout::Knockout(Box const& page)
    : page_(page),
      columns_(static_cast<std::size_t>(std::max(0.0, page.width_mm()) / cell_mm) + 1) {
  cells_.resize(columns_ *
                (static_cast<std::size_t>(std::max(0.0, page.height_mm()) / cell_mm) + 1));
}

void Knockout::add(draw::Text const& text, double reach_mm) {
  std::vector<Path> hulls;
  for (auto const& contour : draw::halo_outline_of(text).flattened(0.02)) {
    auto const hull = hull_of(contour);
    if (hull.size() < 3) continue;
    Path path;
    path.add_polyline(hull, true);
    hulls.push_back(std::move(path));
  }
  if (hulls.empty()) return;
  constexpr int quadrant_segments = 4;
  for (auto& ring : draw::buffered(draw::united(hulls), reach_mm, quadrant_segments).flattened(1)) {
    add_area(std::move(ring));
  }
}

void Knockout::add_disc(Point center, double radius_mm) {
  Path disc;
  disc.add_circle(center, radius_mm);
  add_area(disc.flattened(0.02).front());
}

void Knockout::add_area(std::vector<Point> ring) {
  Area area;
  for (auto const& p : ring) area.box.add(p);
  if (!area.box.overlaps(page_)) return;
  area.outline.add_polyline(ring, true);
  auto const cell = [](double mm) { return static_cast<std::size_t>(std::max(0.0, mm) / cell_mm); };
  auto const rows = cells_.size() / columns_;
  for (auto y = cell(area.box.min_y_mm - page_.min_y_mm);
       y <= std::min(rows - 1, cell(area.box.max_y_mm - page_.min_y_mm)); ++y) {
    for (auto x = cell(area.box.min_x_mm - page_.min_x_mm);
         x <= std::min(columns_ - 1, cell(area.box.max_x_mm - page_.min_x_mm)); ++x) {
      cells_[y * columns_ + x].push_back(areas_.size());
    }
  }
  areas_.push_back(std::move(area));
}

std::vector<std::size_t> Knockout::near(Box const& box) const {
  std::vector<std::size_t> found;
  if (!box.overlaps(page_.grown(1e-9)) && !page_.contains(box)) return found;
  auto const cell = [](double mm) { return static_cast<std::size_t>(std::max(0.0, mm) / cell_mm); };
  auto const rows = cells_.size() / columns_;
  for (auto y = cell(box.min_y_mm - page_.min_y_mm);
       y <= std::min(rows - 1, cell(box.max_y_mm - page_.min_y_mm)); ++y) {
    for (auto x = cell(box.min_x_mm - page_.min_x_mm);
         x <= std::min(columns_ - 1, cell(box.max_x_mm - page_.min_x_mm)); ++x) {
      for (auto const k : cells_[y * columns_ + x]) {
        if (areas_[k].box.grown(1e-9).overlaps(box.grown(1e-9))) found.push_back(k);
      }
    }
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

bool Knockout::cut_strokes(Path& path) const {
  bool changed = false;
  Path out;
  for (auto const& contour : contours_of(path)) {
    auto const areas = near(contour.control_box());
    auto lines = areas.empty() ? std::vector<std::vector<Point>>{} : contour.flattened(0.01);
    bool hit = false;
    for (auto const k : areas) {
      if (!touches(lines, areas_[k].outline)) continue;
      hit = true;
      std::vector<std::vector<Point>> rest;
      for (auto const& line : lines) {
        for (auto& part : draw::clipped_line(line, areas_[k].outline, false)) {
          rest.push_back(std::move(part));
        }
      }
      lines = std::move(rest);
    }
    if (!hit) {
      out.append(contour);
      continue;
    }
    changed = true;
    if (size_of(contour.control_box()) < sign_mm) continue;
    for (auto const& line : lines) {
      Box box;
      for (auto const& p : line) box.add(p);
      if (size_of(box) >= sign_mm) out.add_polyline(line, false);
    }
  }
  if (changed) path = std::move(out);
  return changed;
}

bool Knockout::cut_fills(Path& path) const {
  bool changed = false;
  Path out;
  for (auto const& contour : contours_of(path)) {
    auto const areas = near(contour.control_box());
    Path rest = contour;
    bool hit = false;
    for (auto const k : areas) {
      auto const cut = draw::difference(rest, areas_[k].outline);
      if (draw::area_mm2(rest) - draw::area_mm2(cut) < 1e-6) continue;
      hit = true;
      rest = cut;
    }
    if (!hit) {
      out.append(contour);
      continue;
    }
    changed = true;
    if (size_of(contour.control_box()) < sign_mm) continue;
    for (auto const& piece : contours_of(rest)) {
      if (size_of(piece.control_box()) >= sign_mm) out.append(piece);
    }
  }
  if (changed) path = std::move(out);
  return changed;
}

void Knockout::cut(draw::Node& node, bool tint) const {
  if (areas_.empty()) return;
  for_each_shape(node, [&](draw::Node& child) {
    auto& shape = std::get<draw::Shape>(child.value);
    if (!shape.fill) {
      cut_strokes(shape.path);
    } else if (!shape.stroke) {
      if (!tint) cut_fills(shape.path);
    } else {
      // The outline is cut as a line: none is drawn along the letters.
      auto outline = shape;
      outline.id.clear();
      outline.fill.reset();
      if (!cut_strokes(outline.path)) return;
      auto inside = shape;
      inside.id.clear();
      inside.stroke.reset();
      if (!tint) cut_fills(inside.path);
      draw::Group group;
      group.id = shape.id;
      group.children.push_back({std::move(inside)});
      group.children.push_back({std::move(outline)});
      child.value = std::move(group);
    }
  });
}

void fade_towards(draw::Node& node, std::vector<Box> const& boxes, double reach_mm) {
  if (boxes.empty() || reach_mm <= 0) return;
  for_each_shape(node, [&](draw::Node& child) {
    auto& shape = std::get<draw::Shape>(child.value);
    Path out;
    bool changed = false;
    for (auto const& contour : contours_of(shape.path)) {
      auto const middle = contour.control_box().center();
      double nearest_mm = reach_mm;
      for (auto const& box : boxes) {
        double const dx = std::max({box.min_x_mm - middle.x_mm, 0.0, middle.x_mm - box.max_x_mm});
        double const dy = std::max({box.min_y_mm - middle.y_mm, 0.0, middle.y_mm - box.max_y_mm});
        nearest_mm = std::min(nearest_mm, std::hypot(dx, dy));
      }
      // A hundredth of a millimetre decides: the last digits of another processor do not.
      auto const x = static_cast<std::uint64_t>(std::llround(middle.x_mm * 100));
      auto const y = static_cast<std::uint64_t>(std::llround(middle.y_mm * 100));
      std::uint64_t hash = x * 0x9e3779b97f4a7c15ull ^ (y + 0x7f4a7c15ull) * 0xbf58476d1ce4e5b9ull;
      hash = (hash ^ (hash >> 29)) * 0x94d049bb133111ebull;
      double const lot = static_cast<double>(hash >> 11) * 0x1.0p-53;
      if (nearest_mm >= reach_mm || lot < nearest_mm / reach_mm) {
        out.append(contour);
      } else {
        changed = true;
      }
    }
    if (changed) shape.path = std::move(out);
  });
}

}  // namespace hachure::layout
