#pragma once

#include <vector>

#include "draw/path.hpp"
#include "scene/axis.hpp"
#include "scene/bundle.hpp"
#include "scene/head.hpp"

/// The movement arrow as geometry: page millimetres in, polygons out; no colour, no map.
namespace hachure::scene {

/// Shape of an arrow. Widths in millimetres on the page.
struct ArrowShape {
  using Head = HeadKind;
  using Start = StartKind;
  Head head = Head::filled;
  Start start = Start::flat;
  double width_start_mm = 0.7;  ///< at the tail
  double width_mm = 1.5;        ///< before the head
  double head_width_mm = 3.2;   ///< across the barbs
  double head_length_mm = 3.5;
  double head_sweep = 0.16;  ///< barbs swept back, in head lengths
  double bar_mm = 0;         ///< length of a bar across the way, before the tip; 0 for none
};

/// Width of the strokes of an open head, in widths of the body.
constexpr double open_stroke = 0.5;

/// An arrow as polygons.
struct Arrow {
  draw::Path body;     ///< shaft and head as one area (or only the shaft, for open heads)
  draw::Path strokes;  ///< open heads: lines to stroke
  std::vector<draw::Path> heads;  ///< filled heads and the bar alone, for bodies made of pieces
  Axis shaft;                     ///< middle line up to where the head begins
  draw::Point tip;
  double head_length_mm = 0;  ///< after shortening
  ArrowShape used;            ///< the shape after shortening
};

/// Width of the body at arc length `s_mm` of a body `length_mm` long: tapers from start to full
/// width over the first three quarters (a mix of linear and smoothstep).
double body_width_mm(ArrowShape const& shape, double s_mm, double length_mm);

/// The arrow along `axis`. The head's direction is the chord over its own length, not the last
/// segment; head and body shrink together when the path is short, so that the head never takes more
/// than 45 % of the length. Valid for any axis, see band_area; nothing for one under a micrometre.
Arrow make_arrow(Axis const& axis, ArrowShape const& shape);

/// Pieces of the body between arc lengths, for dashed looks: each dash a polygon of the body's
/// width.
draw::Path dashes_of(Axis const& shaft, ArrowShape const& shape, double on_mm, double off_mm);
/// A railway of the body's width: a line along the middle with ties across it.
draw::Path track_of(Axis const& shaft, ArrowShape const& shape);
/// A thin line with small heads along it, each as wide as the body: the way of supplies.
draw::Path chevrons_of(Axis const& shaft, ArrowShape const& shape);
/// Dots along the shaft, for uncertain routes: circles of `diameter_mm` every `pitch_mm`.
draw::Path dots_of(Axis const& shaft, double diameter_mm, double pitch_mm);

}  // namespace hachure::scene
