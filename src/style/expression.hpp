#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/error.hpp"
#include "style/expression_types.hpp"
#include "style/value.hpp"

/// The expression language of the MapLibre Style Specification (operators, static types,
/// conversions and messages as there), compiled once and evaluated per feature without allocation
/// where types allow, with inputs of our own: `["scale"] ["time"] ["progress"] ["certainty"]
/// ["side"] ["lang"]`.
namespace hachure::style {

/// Shape of a feature, as `["geometry-type"]` names it (`Point`, `LineString`, `Polygon`).
enum class GeometryType : std::uint8_t { unknown, point, line_string, polygon };

/// Geometry for `["within", ...]` and `["distance", ...]`.
struct FeatureGeometry {
  struct LonLat {
    double lon_deg = 0;
    double lat_deg = 0;
  };
  GeometryType type = GeometryType::unknown;
  /// Points: one part with all points. Lines: a part per line. Polygons: a part per ring, closed,
  /// inside told by even-odd.
  std::vector<std::vector<LonLat>> parts;
};

/// What an expression reads of a feature: an adaptor over records, or a Feature.
class FeatureView {
 public:
  virtual ~FeatureView() = default;
  /// The property `name` whose base::stable_hash is `hash`, or null pointer if the feature has
  /// none. The value stays valid as long as the feature.
  virtual Value const* find(std::string_view name, std::uint64_t hash) const = 0;
  /// All properties as an object, for `["properties"]`.
  virtual Value properties() const = 0;
  virtual GeometryType geometry_type() const = 0;
  /// A number, a string or null.
  virtual Value id() const = 0;
  /// Null pointer where `within` and `distance` are not served.
  virtual FeatureGeometry const* geometry() const { return nullptr; }

 protected:
  FeatureView() = default;
  FeatureView(FeatureView const&) = default;
  FeatureView(FeatureView&&) = default;
  FeatureView& operator=(FeatureView const&) = default;
  FeatureView& operator=(FeatureView&&) = default;
};

/// A feature that owns its properties: a flat vector sorted by hash, found by bisection.
class Feature final : public FeatureView {
 public:
  Feature() = default;
  explicit Feature(GeometryType type) : type_(type) {}

  /// Adds a property or replaces one. Share one Key over all features of a source.
  void set(Key const& key, Value value);
  void set_id(Value id) { id_ = std::move(id); }
  void set_geometry_type(GeometryType type) { type_ = type; }
  /// Also sets the geometry type.
  void set_geometry(FeatureGeometry geometry);

  Value const* find(std::string_view name, std::uint64_t hash) const override;
  /// The property or null pointer.
  Value const* find(Key const& key) const { return find(key.name, key.hash); }
  Value properties() const override;
  GeometryType geometry_type() const override { return type_; }
  Value id() const override { return id_; }
  FeatureGeometry const* geometry() const override { return geometry_ ? &*geometry_ : nullptr; }

 private:
  struct Property {
    Key key;
    Value value;
  };
  std::vector<Property> properties_;
  Value id_;
  GeometryType type_ = GeometryType::unknown;
  std::optional<FeatureGeometry> geometry_;
};

/// Everything an expression may read. Make one per map and thread; change `feature` (and progress,
/// certainty, side) from feature to feature. Views are not owned.
struct EvalContext {
  double zoom = 0;                       ///< MapLibre's zoom level
  double scale = 0;                      ///< scale denominator, e.g. 20000
  double progress = 0;                   ///< `["progress"]`: 0..1 of a movement or of a state
  Value time;                            ///< `["time"]`: whatever the scene calls the instant
  Value certainty;                       ///< a string; anything else reads as ""
  Value side;                            ///< a string; anything else reads as ""
  Value lang;                            ///< a string; anything else reads as ""
  FeatureView const* feature = nullptr;  ///< null pointer: a feature without properties
  Value global_state;                    ///< an object or null
  Value feature_state;                   ///< an object or null
  Value accumulated;                     ///< `["accumulated"]` of clusters
  double line_progress = 0;              ///< `["line-progress"]` of gradients, 0..1
  double heatmap_density = 0;            ///< `["heatmap-density"]`, 0..1
  double elevation_m = 0;                ///< `["elevation"]` of colour relief
  std::optional<int> tile_zoom;          ///< `distance` measures from positions as a vector tile
                                         ///< of this zoom rounds them; nothing: as they are
  std::vector<std::string> const* available_images = nullptr;  ///< sorted; null pointer: unknown
};

/// What an expression depends on; bits of Expression::inputs().
enum class Input : std::uint32_t {
  feature = 1,
  zoom = 2,
  scale = 4,
  time = 8,
  progress = 16,
  certainty = 32,
  side = 64,
  lang = 128,
  global_state = 256,
  feature_state = 512,
  images = 1024,
  gradient = 2048,  ///< line-progress, heatmap-density, elevation, accumulated
};

/// What a style property accepts.
struct PropertySpec {
  std::optional<Type> type;     ///< absent: anything
  bool accepts_feature = true;  ///< may depend on the feature (`data-driven`)
  bool accepts_zoom = true;     ///< may depend on zoom
  bool accepts_interpolation = true;
  bool accepts_nested_zoom = false;  ///< `["zoom"]` anywhere, not only as input of an outer curve
  bool has_tokens = false;           ///< "{name}" in a constant text stands for `["get", "name"]`
  std::vector<std::string> values;   ///< allowed texts of an enumeration; empty: any
  Value fallback;                    ///< given when an evaluation fails or gives null
};

/// A problem found when compiling.
struct ExpressionProblem {
  std::string key;      ///< of the offending node from the root, e.g. `[2][1]`
  std::string message;  ///< MapLibre's words, e.g. `Expected number but found string instead.`
  std::string hint;     ///< may be empty
};

/// Why an evaluation failed.
struct EvaluationFailure {
  std::string key;      ///< of the node that failed
  std::string message;  ///< MapLibre's words
};

class Node;

/// A compiled expression: immutable, cheap to copy, evaluated by any number of threads.
class Expression {
 public:
  /// The constant null.
  Expression();
  ~Expression();
  Expression(Expression const&);
  Expression(Expression&&) noexcept;
  Expression& operator=(Expression const&);
  Expression& operator=(Expression&&) noexcept;

  /// Compiles a property as a style file writes it: an expression, a constant (arrays may be bare:
  /// `[2, 1]`), or a legacy function (`{stops: [...]}`).
  /// @param origin file and line, and in `field` the path of the property; the path of the
  /// offending
  ///        node is appended, e.g. `layers[3].paint.fill-color[2][1]`
  /// @returns nothing when it reported errors to `diagnostics`
  static std::optional<Expression> compile(nlohmann::json const& json, PropertySpec const& spec,
                                           base::Origin const& origin,
                                           base::Diagnostics& diagnostics);
  /// The same for one property. @throws base::Error input, with all problems
  static Expression compile(nlohmann::json const& json, PropertySpec const& spec,
                            base::Origin const& origin = {});
  /// Compiles an expression strictly as MapLibre's createPropertyExpression does: bare arrays are
  /// calls. Legacy functions are accepted.
  static std::optional<Expression> compile_strictly(nlohmann::json const& json,
                                                    PropertySpec const& spec,
                                                    std::vector<ExpressionProblem>& problems);
  static Expression constant(Value value);

  /// The value; `spec.fallback` where the evaluation fails, gives null, NaN or a text that is not
  /// among `spec.values`. Never throws.
  Value evaluate(EvalContext const& context) const;
  /// The value, or nothing and, if asked for, the reason. No fallback.
  std::optional<Value> try_evaluate(EvalContext const& context,
                                    EvaluationFailure* failure = nullptr) const;
  /// As evaluate(), for expressions of that type; `otherwise` where value and fallback are of
  /// another. Lengths are numbers: millimetres on the page.
  double number(EvalContext const& context, double otherwise = 0) const;
  bool boolean(EvalContext const& context, bool otherwise = false) const;
  Color color(EvalContext const& context, Color const& otherwise = {}) const;

  /// The static type after conversion to the type of the property.
  Type const& type() const;
  /// Whether the value is the same for every context.
  bool is_constant() const;
  /// Bits of Input.
  std::uint32_t inputs() const;
  bool uses(Input input) const { return (inputs() & static_cast<std::uint32_t>(input)) != 0; }
  /// Names of the properties read by `["get", name]` and `["has", name]` with literal names,
  /// sorted, so that a check can compare them with the columns of a source.
  std::vector<std::string> property_names() const;

 private:
  struct Compiled;
  explicit Expression(std::shared_ptr<Compiled const> compiled);
  std::shared_ptr<Compiled const> compiled_;
};

/// Names of all operators, sorted: for `style check`, near misses and the schema.
std::vector<std::string> const& operator_names();

}  // namespace hachure::style
