#pragma once

#include <compare>
#include <map>
#include <string>

#include "draw/drawing.hpp"

typedef struct _cairo cairo_t;                  // NOLINT: Cairo's and librsvg's own names
typedef struct _cairo_surface cairo_surface_t;  // NOLINT
typedef struct _RsvgHandle RsvgHandle;          // NOLINT

namespace hachure::render {

/// Symbols as librsvg reads them, and their pixels, made once for each size and position between
/// pixels: a page repeats few symbols at many places. Not thread-safe.
class Symbols {
 public:
  Symbols();
  ~Symbols();
  Symbols(Symbols const&) = delete;
  Symbols& operator=(Symbols const&) = delete;

  /// Paints a picture in the user space of `cr`.
  /// @throws Error defect if librsvg cannot draw it
  void paint(cairo_t* cr, draw::Picture const& picture);
  /// Paints it in pixels. What is upright and small is placed to a quarter of a pixel, as letters
  /// are.
  /// @throws Error defect if librsvg cannot draw it
  void stamp(cairo_t* cr, draw::Picture const& picture);
  /// As stamp(); what is turned is taken from pixels of half the size, made once: quicker by far,
  /// for signs that turn from frame to frame, and as sharp to the eye.
  /// @throws Error defect if librsvg cannot draw it
  void sample(cairo_t* cr, draw::Picture const& picture);

 private:
  struct Stamp {
    cairo_surface_t* surface = nullptr;
    int left_px = 0;  ///< of the surface, from the whole-pixel anchor
    int top_px = 0;
  };
  /// What a stamp shows.
  struct Key {
    RsvgHandle* symbol;
    double unit_x_px;  ///< of the symbol
    double unit_y_px;
    double anchor_x;  ///< in its units
    double anchor_y;
    int phase_x;  ///< quarters of pixels
    int phase_y;
    auto operator<=>(Key const&) const = default;
  };

  RsvgHandle* symbol_of(draw::PictureSource const& source);
  Stamp const& stamp_of(draw::Picture const& picture, Key const& key);
  static Stamp make(draw::Picture const& picture, Key const& key);
  void forget_stamps();

  /// By content, not by address: the order of a map of addresses is not ours to use, and equal
  /// symbols are one.
  std::map<std::string, RsvgHandle*> symbols_;
  std::map<Key, Stamp> stamps_;
};

}  // namespace hachure::render
