#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/text.hpp"
#include "draw/color.hpp"
#include "style/expression.hpp"
#include "style/filter.hpp"
#include "style/property.hpp"
#include "style/style_json.hpp"
#include "style/text_style.hpp"

namespace hachure::style {

/// What a property accepts, as the compiler of expressions asks for it.
PropertySpec spec_of(PropertyRow const& row);

/// One layer of a style file, compiled.
struct StyleLayer {
  std::string id;
  LayerType type = LayerType::fill;
  std::string group;                 ///< name of the drawing layer it belongs to; the id if absent
  std::vector<std::string> sources;  ///< record table or classes of geodata layers
  std::optional<Filter> filter;
  double scale_min = 0;                    ///< drawn on maps of denominator >= this
  double scale_max = 1e12;                 ///< ... and < this
  base::LangText legend;                   ///< text in the legend; may be empty
  std::optional<Expression> legend_field;  ///< text by feature, one entry per distinct text
  std::string ground;  ///< "water" or "land": what its areas are to labels; may be empty
  double obstacle =
      1;  ///< weight of its ink as an obstacle of labels: 0 none, 1 hard, between soft
  std::vector<std::pair<PropertyRow const*, Expression>> properties;
  base::Origin origin;
};

/// The values of one layer for one feature: the only way by which the scene reads properties.
class Look {
 public:
  Look(StyleLayer const& layer, EvalContext const& context) : layer_(layer), context_(context) {}

  /// Whether the layer sets the property or the table gives it a default.
  bool has(std::string_view name) const;
  std::optional<Color> color(std::string_view name) const;
  Color color_or(std::string_view name, Color otherwise) const;
  /// The colour at a share of the way along a line, which `["line-progress"]` gives.
  std::optional<Color> color_at(std::string_view name, double line_progress) const;
  double mm(std::string_view name) const;
  double number(std::string_view name) const;
  bool flag(std::string_view name) const;
  std::string text(std::string_view name) const;
  std::vector<double> mms(std::string_view name) const;
  std::vector<double> numbers(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;
  Value value(std::string_view name) const;

 private:
  Expression const* find(std::string_view name) const;

  StyleLayer const& layer_;
  EvalContext const& context_;
};

/// Looks of the page around the map. Lengths in millimetres.
struct FurnitureLook {
  TextStyle title, subtitle, heading, body, small, figure, tick, inset_title, sources;
  Color paper{1, 1, 1, 1};  ///< of the page outside the frame
  Color ink{0.1, 0.1, 0.1, 1};
  Color panel{1, 1, 1, 1};       ///< ground of legend, key, title
  Color rule{0.2, 0.2, 0.2, 1};  ///< of panels
  double rule_width_mm = 0.18;
  double neatline_width_mm = 0.39;
  double neatline_gap_mm = 0;            ///< distance of a second, thinner line outside; 0 for none
  double margin_mm = 4;                  ///< page edge to neatline
  double sources_height_mm = 7.5;        ///< kept free below the frame when sources are printed
  double padding_mm = 3;                 ///< inside panels
  double row_mm = 4.2;                   ///< of legend and key
  Color extent_color{0.2, 0.2, 0.2, 1};  ///< boxes of insets on their parent
  double extent_width_mm = 0.14;
  std::string north_symbol = "north-arrow";
  bool scale_frame = false;  ///< scale bars stand in a box unless the map says otherwise
  bool legend_slim = false;  ///< the legend has its entries in a row, without a heading
  bool title_centred = false;
  double title_rule_mm = 0;  ///< length of a swelled rule under the title; 0 for none

  // Strip of time and date plate. What a style does not give follows from the above.
  TextStyle clock;                        ///< big time or date; from `title`
  TextStyle date;                         ///< day and calendars beside the clock; from `subtitle`
  TextStyle date_title;                   ///< map's title on the date plate; from `heading`
  TextStyle caption;                      ///< what happens; from `subtitle`
  TextStyle lane;                         ///< names of lanes; from `heading`
  TextStyle phase;                        ///< names of phases; from `body`
  TextStyle time_tick;                    ///< hours and days; from `tick`
  Color timeline{1, 1, 1, 1};             ///< ground of the strip; from `panel`
  Color timeline_rule{0.2, 0.2, 0.2, 1};  ///< its lines; from `rule`
  Color playhead{0.1, 0.1, 0.1, 1};       ///< from `ink`
  double past_strength = 0.72;            ///< how much of a side's colour a phase has that is over
  double current_strength = 0.95;         ///< ... that has come to pass and still runs
  double future_strength = 0.22;          ///< ... that is to come
  /// Colour of a side on the strip, of a feature with `side`, `side-color` and their like; nothing:
  /// the side's own.
  std::optional<Expression> side_color;
  double night_strength = 0.08;  ///< how much of the ink a night of the strip has
};

/// A style file, with what it extends folded in.
struct Style {
  std::string id;
  base::LangText name;
  std::vector<StyleLayer> layers;  ///< in paint order
  FurnitureLook furniture;
  double screen_scale = 1;
  std::vector<std::string> fonts;  ///< every font named anywhere, sorted, unique
  std::vector<std::string> files_read;
};

/// Reads a style: `name_or_file` is a path with a separator or an extension, or the name of a file
/// in one of `folders` (first match wins). Every problem goes to `diagnostics`.
Style read_style(std::string const& name_or_file, std::vector<std::filesystem::path> const& folders,
                 std::string const& lang, base::Diagnostics& diagnostics);

/// Reads a style from its document.
Style read_style(StyleDocument const& document, base::Diagnostics& diagnostics);

/// Names of the styles in `folders`, sorted, unique.
std::vector<std::string> style_names(std::vector<std::filesystem::path> const& folders);

/// JSON Schema of a style file, printed from the tables of layer types and properties.
std::string style_schema();

}  // namespace hachure::style
