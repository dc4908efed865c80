#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "draw/color.hpp"
#include "draw/drawing.hpp"

namespace hachure::style {

/// How the areas of a side are filled, so that sides differ in one ink too; as the cues of sides
/// (record::side_cues) are called. `line` is filled on its left half.
enum class SymbolCue { solid, line, hollow, hatched };

/// The cue of that name; solid for any other text.
SymbolCue symbol_cue(std::string_view name);

/// Colours that the classes of a symbol stand for.
struct SymbolColors {
  draw::Color side;
  draw::Color side_light;
  draw::Color second;
  draw::Color paper;
  draw::Color ink;
  SymbolCue side_cue = SymbolCue::solid;    ///< of areas of the class `side`
  SymbolCue second_cue = SymbolCue::solid;  ///< of areas of the class `second`
  bool operator==(SymbolColors const&) const = default;
};

/// A symbol ready to be put on a page.
struct Symbol {
  std::shared_ptr<draw::PictureSource const> picture;
  std::string title;
  std::string subject;  ///< `data-subject` of the file: its group in the catalogue; may be empty
  draw::Point anchor;   ///< in view-box units
  std::optional<double>
      heading_deg;  ///< direction in which it points as drawn; nothing: stays upright
};

/// The symbols of the style folders: SVG files found by name, the first folder wins. Thread-safe.
class SymbolCatalogue {
 public:
  explicit SymbolCatalogue(std::vector<std::filesystem::path> folders);

  /// The symbol in these colours, or nothing if no folder has it.
  /// Script, outside references, embedded images, foreign content and event attributes are refused.
  /// @throws Error input: not SVG, unsafe content, no view box, larger than the limit
  std::optional<Symbol> find(std::string const& id, SymbolColors const& colors);
  /// Ids of all symbols, sorted.
  std::vector<std::string> ids() const;
  /// Path of the file of a symbol, empty if there is none.
  std::filesystem::path file_of(std::string const& id) const;

 private:
  std::vector<std::filesystem::path> folders_;
  std::mutex mutex_;
  std::map<std::string, Symbol> cache_;
};

}  // namespace hachure::style
