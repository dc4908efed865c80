#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "draw/path.hpp"

namespace hachure::draw {

/// One face of a font file, as the layout chose it. Immutable; shared by every run that uses it.
class FontFace {
 public:
  /// What a painter must know to name or load the face.
  struct Names {
    std::string path;             ///< font file
    int index = 0;                ///< face in a collection
    std::string family;           ///< e.g. "Noto Sans"
    std::string postscript_name;  ///< e.g. "NotoSans-SemiCondensedMedium"
    int weight = 400;             ///< CSS, 1..1000
    bool italic = false;
    double stretch_percent = 100;        ///< CSS font-stretch
    std::string generic = "sans-serif";  ///< CSS generic family to fall back to
  };

  /// Opens the face with HarfBuzz. @throws Error environment if the file is not a usable font.
  explicit FontFace(Names names);
  ~FontFace();
  FontFace(FontFace const&) = delete;
  FontFace& operator=(FontFace const&) = delete;

  Names const& names() const { return names_; }
  /// Outline of a glyph for an em of 1 mm, origin on the baseline, y down; empty for spaces.
  /// Unhinted. Thread-safe; cached.
  Path const& outline(std::uint32_t glyph) const;
  /// Glyph of a character before any substitution, 0 if the face has none. Thread-safe.
  std::uint32_t nominal_glyph(char32_t character) const;
  /// Heights above (positive) and below (positive) the baseline of the capital H, the x and the
  /// font's own ascender and descender, for an em of 1 mm.
  struct Metrics {
    double ascent = 0.8;
    double descent = 0.2;
    double cap_height = 0.7;
    double x_height = 0.5;
  };
  Metrics const& metrics() const;

 private:
  struct Impl;
  Names names_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hachure::draw
