#include "geo/projection.hpp"

#include <proj.h>

#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "base/number.hpp"

namespace hachure::geo {

namespace {

constexpr std::array table = {
    ProjectionRow{"web-mercator", "EPSG:3857", "spherical Mercator of web maps"},
    ProjectionRow{"mercator", "+proj=merc +lon_0={lon} +datum=WGS84",
                  "Mercator on the view's centre"},
    ProjectionRow{"transverse-mercator", "+proj=tmerc +lat_0={lat} +lon_0={lon} +k=1 +datum=WGS84",
                  "transverse Mercator on the view's centre"},
    ProjectionRow{"lambert-azimuthal", "+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84",
                  "Lambert azimuthal equal-area on the view's centre"},
    ProjectionRow{"equal-earth", "+proj=eqearth +lon_0={lon} +datum=WGS84",
                  "Equal Earth (Savric, Patterson and Jenny 2018)"},
    ProjectionRow{"plate-carree", "+proj=eqc +lon_0={lon} +lat_ts={lat} +datum=WGS84",
                  "equirectangular, true at the view's latitude"},
    ProjectionRow{"orthographic", "+proj=ortho +lat_0={lat} +lon_0={lon} +datum=WGS84",
                  "the globe from far away"},
};

struct DestroyContext {
  void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct DestroyProjection {
  void operator()(PJ* projection) const { proj_destroy(projection); }
};

}  // namespace

std::span<ProjectionRow const> projections() {
  return table;
}

struct Projection::Impl {
  std::unique_ptr<PJ_CONTEXT, DestroyContext> context;
  std::unique_ptr<PJ, DestroyProjection> pipeline;
  std::string definition;
  std::string name;
  double central_meridian_deg = 0;
  double metres_per_unit = 1;
};

namespace {

/// Central meridian of a PROJ definition: `+lon_0`, or the one of a UTM zone; 0 otherwise.
double central_meridian_of(PJ* crs, PJ_CONTEXT* context) {
  std::unique_ptr<PJ, DestroyProjection> const operation(proj_crs_get_coordoperation(context, crs));
  if (!operation) return 0;
  for (char const* name : {"Longitude of natural origin", "Longitude of false origin"}) {
    int const index = proj_coordoperation_get_param_index(context, operation.get(), name);
    double value = 0;
    if (index >= 0 && proj_coordoperation_get_param(context, operation.get(), index, nullptr,
                                                    nullptr, nullptr, &value, nullptr, nullptr,
                                                    nullptr, nullptr, nullptr, nullptr)) {
      return value;
    }
  }
  return 0;
}

/// Metres of one unit of the system's axes: feet come out of PROJ as feet.
double metres_per_unit_of(PJ* crs, PJ_CONTEXT* context) {
  std::unique_ptr<PJ, DestroyProjection> const axes(proj_crs_get_coordinate_system(context, crs));
  double metres = 1;
  if (axes) {
    proj_cs_get_axis_info(context, axes.get(), 0, nullptr, nullptr, nullptr, &metres, nullptr,
                          nullptr, nullptr);
  }
  return metres > 0 ? metres : 1;
}

/// From degrees on WGS 84 to a projected system; null if there is no way. A system on WGS 84 itself
/// needs its projection alone: PROJ would look through its database for ways between two datums
/// first, which takes it longer than all the rest.
std::unique_ptr<PJ, DestroyProjection> from_wgs84(PJ* crs, std::string const& crs_text,
                                                  PJ_CONTEXT* context) {
  using Handle = std::unique_ptr<PJ, DestroyProjection>;
  constexpr char const* wgs84 = "+proj=longlat +datum=WGS84 +type=crs";
  Handle const degrees(proj_create(context, wgs84));
  Handle const base(proj_crs_get_geodetic_crs(context, crs));
  if (proj_get_type(crs) == PJ_TYPE_PROJECTED_CRS && degrees && base &&
      proj_is_equivalent_to(base.get(), degrees.get(),
                            PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0) {
    if (Handle conversion{proj_crs_get_coordoperation(context, crs)}) return conversion;
  }
  return Handle(proj_create_crs_to_crs(context, wgs84, crs_text.c_str(), nullptr));
}

/// A name of the table as its PROJ text, on the origin of the globe; any other text as it is.
std::string unnamed(std::string const& text) {
  for (auto const& row : table) {
    if (row.id != text) continue;
    std::string proj(row.proj);
    for (char const* centre : {"{lon}", "{lat}"}) {
      if (auto const at = proj.find(centre); at != std::string::npos) proj.replace(at, 5, "0");
    }
    return proj;
  }
  return text;
}

double wrapped_deg(double lon_deg) {
  double const turned = std::fmod(lon_deg + 180.0, 360.0);
  return (turned < 0 ? turned + 360.0 : turned) - 180.0;
}

}  // namespace

Projection::Projection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Projection::~Projection() = default;
Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;

Projection Projection::from_text(std::string const& text, base::Origin const& origin) {
  auto impl = std::make_unique<Impl>();
  impl->context.reset(proj_context_create());
  proj_log_level(impl->context.get(), PJ_LOG_NONE);
  proj_context_set_enable_network(impl->context.get(), 0);
  impl->definition = text;
  auto const refuse = [&](std::string const& why) {
    throw base::Error(base::Fault::input, origin, "\"" + text + "\" is not a projection" + why,
                      "write auto, EPSG:32649, a PROJ string such as \"+proj=utm +zone=49\", or a "
                      "name that `hachure list projections` prints");
  };
  // A +proj string with +type=crs is a CRS; without it PROJ would take it for an operation.
  std::string crs_text = unnamed(text);
  if (crs_text.starts_with("+proj") && crs_text.find("+type=crs") == std::string::npos) {
    crs_text += " +type=crs";
  }
  std::unique_ptr<PJ, DestroyProjection> const crs(
      proj_create(impl->context.get(), crs_text.c_str()));
  if (!crs) refuse("");
  auto const type = proj_get_type(crs.get());
  if (type != PJ_TYPE_PROJECTED_CRS && type != PJ_TYPE_BOUND_CRS) {
    refuse(": it has no metres");
  }
  auto const transformation = from_wgs84(crs.get(), crs_text, impl->context.get());
  if (!transformation) refuse("");
  // Longitude first, east and north in metres, whatever the authority's own axis order.
  impl->pipeline.reset(proj_normalize_for_visualization(impl->context.get(), transformation.get()));
  if (!impl->pipeline) refuse("");
  impl->central_meridian_deg = central_meridian_of(crs.get(), impl->context.get());
  impl->metres_per_unit = metres_per_unit_of(crs.get(), impl->context.get());
  char const* name = proj_get_name(crs.get());
  impl->name = name && std::string(name) != "unknown" ? name : text;
  return Projection(std::move(impl));
}

Projection Projection::automatic(LonLatBox const& view) {
  double const east = view.east_deg < view.west_deg ? view.east_deg + 360 : view.east_deg;
  double const width = east - view.west_deg;
  double const lon = wrapped_deg((view.west_deg + east) / 2);
  double const lat = (view.south_deg + view.north_deg) / 2;
  auto const text = [](double v) { return base::to_text(v, 4); };
  auto const named = [](std::string const& definition, std::string const& name) {
    auto projection = from_text(definition + " +datum=WGS84");
    projection.impl_->name = name + ", WGS 84";
    return projection;
  };
  if (width < 6 && std::abs(lat) < 84) {
    int const zone = std::clamp(static_cast<int>(std::floor((lon + 180) / 6)) + 1, 1, 60);
    double const meridian = zone * 6 - 183;
    if (view.west_deg >= meridian - 3 && east <= meridian + 3) {
      auto const number = std::to_string(zone);
      return named("+proj=utm +zone=" + number + (lat < 0 ? " +south" : ""),
                   "UTM zone " + number + (lat < 0 ? "S" : "N"));
    }
    return named("+proj=tmerc +lat_0=" + text(lat) + " +lon_0=" + text(lon) + " +k=1",
                 "transverse Mercator on " + text(lon) + "°");
  }
  // A cone needs a view on one side of the equator; one that straddles it gets a cylinder.
  if (width <= 60 && view.north_deg - view.south_deg <= 60) {
    double const span = view.north_deg - view.south_deg;
    double const lower = view.south_deg + span / 6;
    double const upper = view.north_deg - span / 6;
    if (std::abs(lower + upper) > 10 && std::max(std::abs(lower), std::abs(upper)) < 85) {
      return named(
          "+proj=lcc +lat_1=" + text(lower) + " +lat_2=" + text(upper) + " +lat_0=" + text(lat) +
              " +lon_0=" + text(lon),
          "Lambert conformal conic, parallels " + text(lower) + "° and " + text(upper) + "°");
    }
    return named("+proj=merc +lon_0=" + text(lon), "Mercator");
  }
  return named("+proj=eqearth +lon_0=" + text(lon), "Equal Earth");
}

Projection Projection::clone() const {
  auto copy = from_text(impl_->definition);
  copy.impl_->name = impl_->name;
  return copy;
}

std::optional<MapPoint> Projection::forward(LonLat at) const {
  auto const p =
      proj_trans(impl_->pipeline.get(), PJ_FWD, proj_coord(at.lon_deg, at.lat_deg, 0, 0));
  if (!std::isfinite(p.xy.x) || !std::isfinite(p.xy.y)) {
    proj_errno_reset(impl_->pipeline.get());
    return {};
  }
  return MapPoint{p.xy.x * impl_->metres_per_unit, p.xy.y * impl_->metres_per_unit};
}

std::optional<LonLat> Projection::inverse(MapPoint at) const {
  double const unit_m = impl_->metres_per_unit;
  auto const p =
      proj_trans(impl_->pipeline.get(), PJ_INV, proj_coord(at.x_m / unit_m, at.y_m / unit_m, 0, 0));
  if (!std::isfinite(p.xy.x) || !std::isfinite(p.xy.y)) {
    proj_errno_reset(impl_->pipeline.get());
    return {};
  }
  return LonLat{p.xy.x, p.xy.y};
}

void Projection::forward(std::span<LonLat const> from, std::span<MapPoint> to) const {
  for (std::size_t i = 0; i < from.size(); ++i) {
    auto const p = forward(from[i]);
    to[i] = p.value_or(MapPoint{std::numeric_limits<double>::quiet_NaN(),
                                std::numeric_limits<double>::quiet_NaN()});
  }
}

std::string const& Projection::name() const {
  return impl_->name;
}
std::string const& Projection::definition() const {
  return impl_->definition;
}
double Projection::central_meridian_deg() const {
  return impl_->central_meridian_deg;
}

}  // namespace hachure::geo
