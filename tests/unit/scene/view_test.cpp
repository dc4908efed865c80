#include "scene/view.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.hpp"

namespace hachure::scene {
namespace {

using draw::Point;
using geo::LonLat;
using geo::LonLatBox;
using Ring = std::vector<LonLat>;

double const degree = std::acos(-1.0) / 180;
draw::Box const frame = draw::Box::of(10, 20, 160, 120);

record::MapDefinition centred(LonLat center, double scale, double rotation_deg = 0) {
  record::MapDefinition map;
  map.id = "m";
  map.view.center = center;
  map.view.scale = scale;
  map.view.rotation_deg = rotation_deg;
  return map;
}

record::MapDefinition boxed(LonLatBox box) {
  record::MapDefinition map;
  map.id = "m";
  map.view.box = box;
  return map;
}

MapView make(record::MapDefinition const& map, record::Project const& project = {}) {
  return MapView::make(project, map, frame);
}

std::string message_of(record::MapDefinition const& map, record::Project const& project = {},
                       draw::Box const& where = frame) {
  try {
    MapView::make(project, map, where);
  } catch (base::Error const& error) {
    EXPECT_EQ(error.fault(), base::Fault::input);
    return error.what();
  }
  return "no error";
}

/// Metres between two places on the WGS 84 ellipsoid, for short distances.
double ground_m(LonLat a, LonLat b) {
  double const lat = (a.lat_deg + b.lat_deg) / 2 * degree;
  double const e2 = 0.00669437999014;
  double const w = 1 - e2 * std::sin(lat) * std::sin(lat);
  double const meridian = 6378137 * (1 - e2) / std::pow(w, 1.5);
  double const parallel = 6378137 / std::sqrt(w) * std::cos(lat);
  return std::hypot((b.lon_deg - a.lon_deg) * degree * parallel,
                    (b.lat_deg - a.lat_deg) * degree * meridian);
}

LonLat const canton{113.26, 23.13};

// --- centre and scale ----------------------------------------------------------------------------

TEST(MapView, CentreIsTheMiddleOfTheFrame) {
  auto const view = make(centred(canton, 20000));
  EXPECT_EQ(view.scale(), 20000);
  auto const at = view.to_page(canton).value();
  EXPECT_NEAR(at.x_mm, 90, 1e-9);
  EXPECT_NEAR(at.y_mm, 80, 1e-9);
  EXPECT_EQ(view.center(), canton);
}

TEST(MapView, LengthsAreToScale) {
  for (double const scale : {5000.0, 20000.0, 250000.0}) {
    auto const view = make(centred(canton, scale));
    LonLat const b{canton.lon_deg + 0.002, canton.lat_deg + 0.001};
    double const page_mm = draw::distance(view.to_page(canton).value(), view.to_page(b).value());
    // UTM is true to a thousandth within its zone.
    EXPECT_NEAR(page_mm, ground_m(canton, b) * 1000 / scale, page_mm * 1e-3) << scale;
  }
}

TEST(MapView, NorthIsUpAndEastIsRight) {
  auto const view = make(centred(canton, 20000));
  auto const north = view.to_page(LonLat{canton.lon_deg, canton.lat_deg + 0.01}).value();
  auto const east = view.to_page(LonLat{canton.lon_deg + 0.01, canton.lat_deg}).value();
  EXPECT_LT(north.y_mm, 80 - 50);
  EXPECT_GT(east.x_mm, 90 + 50);
  EXPECT_LT(std::abs(view.north_rad()), 0.02);  // the convergence of the zone
}

TEST(MapView, RotationTurnsThePageClockwiseFromNorth) {
  // The page's up is 90 degrees clockwise from north: east is up, north is left.
  auto const view = make(centred(canton, 20000, 90));
  auto const north = view.to_page(LonLat{canton.lon_deg, canton.lat_deg + 0.01}).value();
  auto const east = view.to_page(LonLat{canton.lon_deg + 0.01, canton.lat_deg}).value();
  EXPECT_LT(north.x_mm, 90 - 50);
  EXPECT_LT(east.y_mm, 80 - 50);
  EXPECT_NEAR(view.north_rad(), -90 * degree, 0.02);
  EXPECT_NEAR(make(centred(canton, 20000, 15)).north_rad(), -15 * degree, 0.02);
  EXPECT_NEAR(make(centred(canton, 20000, -30)).north_rad(), 30 * degree, 0.02);
}

TEST(MapView, RotationKeepsLengths) {
  LonLat const b{canton.lon_deg + 0.01, canton.lat_deg + 0.004};
  auto const straight = make(centred(canton, 20000));
  auto const turned = make(centred(canton, 20000, 37));
  EXPECT_NEAR(draw::distance(straight.to_page(canton).value(), straight.to_page(b).value()),
              draw::distance(turned.to_page(canton).value(), turned.to_page(b).value()), 1e-9);
}

// --- boxes and lists -----------------------------------------------------------------------------

bool within_frame(MapView const& view, LonLat at, double margin_mm = 0) {
  auto const p = view.to_page(at);
  return p && frame.grown(1e-6 - margin_mm).contains(*p);
}

TEST(MapView, BoxFitsTightly) {
  for (auto const& box : {LonLatBox{113.1, 22.9, 113.5, 23.3}, LonLatBox{-10, 36, 30, 60},
                          LonLatBox{178, -19, -179, -16}, LonLatBox{-180, -80, 180, 80}}) {
    auto const view = make(boxed(box));
    double const east = box.east_deg < box.west_deg ? box.east_deg + 360 : box.east_deg;
    draw::Box covered;
    for (int i = 0; i <= 8; ++i) {
      for (int j = 0; j <= 8; ++j) {
        LonLat const at{box.west_deg + (east - box.west_deg) * (i / 8.0 * 0.9999 + 0.00005),
                        box.south_deg + (box.north_deg - box.south_deg) * j / 8};
        EXPECT_TRUE(within_frame(view, at)) << at.lon_deg << ' ' << at.lat_deg;
        covered.add(view.to_page(at).value());
      }
    }
    // One of the two ways is filled.
    EXPECT_TRUE(covered.width_mm() > 0.99 * 160 || covered.height_mm() > 0.99 * 120);
  }
}

TEST(MapView, RotatedBoxFitsToo) {
  auto map = boxed({113.1, 22.9, 113.5, 23.3});
  map.view.rotation_deg = 33;
  auto const view = make(map);
  for (LonLat const at : {LonLat{113.1, 22.9}, {113.5, 22.9}, {113.5, 23.3}, {113.1, 23.3}}) {
    EXPECT_TRUE(within_frame(view, at));
  }
}

record::Project project_with_places() {
  record::Project project;
  auto const add = [&](std::string const& id, LonLat at) {
    record::Place place;
    place.id = id;
    place.at = at;
    project.records.places.push_back(place);
  };
  add("canton", {113.26, 23.13});
  add("whampoa", {113.42, 23.09});
  add("macao", {113.54, 22.19});
  record::Place nowhere;
  nowhere.id = "nowhere";
  project.records.places.push_back(nowhere);
  record::Movement movement;
  movement.id = "up_river";
  movement.side = "british";
  movement.line = {{113.6, 22.8}, {113.4, 23.08}};
  project.records.movements.push_back(movement);
  record::Event event;
  event.id = "siege";
  event.side = "british";
  event.places = {"canton"};
  project.records.events.push_back(event);
  return project;
}

record::MapDefinition fitted(std::vector<std::string> ids, double margin_mm = 8) {
  record::MapDefinition map;
  map.id = "m";
  map.view.fit = std::move(ids);
  map.view.margin = base::Length::mm(margin_mm);
  return map;
}

TEST(MapView, FitHoldsEveryRecordWithItsMargin) {
  auto const project = project_with_places();
  for (double const margin : {0.0, 8.0, 25.0}) {
    auto const view = make(fitted({"canton", "whampoa", "macao"}, margin), project);
    for (auto const* id : {"canton", "whampoa", "macao"}) {
      EXPECT_TRUE(within_frame(view, *project.records.place(id)->at, margin)) << id << margin;
    }
    auto const canton_at = view.to_page(LonLat{113.26, 23.13}).value();
    auto const macao_at = view.to_page(LonLat{113.54, 22.19}).value();
    EXPECT_NEAR(macao_at.y_mm - canton_at.y_mm, 120 - 2 * margin, 1.2);
  }
}

TEST(MapView, FitTakesMovementsEventsAndSides) {
  auto const project = project_with_places();
  auto const by_id = make(fitted({"up_river", "siege"}), project);
  auto const by_side = make(fitted({"british"}), project);
  EXPECT_DOUBLE_EQ(by_id.scale(), by_side.scale());
  for (LonLat const at : {LonLat{113.6, 22.8}, {113.4, 23.08}, {113.26, 23.13}}) {
    EXPECT_TRUE(within_frame(by_side, at, 8));
  }
}

TEST(MapView, FitAcrossTheAntimeridian) {
  record::Project project;
  for (auto const& [id, at] : std::vector<std::pair<std::string, LonLat>>{
           {"suva", {178.44, -18.14}}, {"apia", {-171.77, -13.83}}}) {
    record::Place place;
    place.id = id;
    place.at = at;
    project.records.places.push_back(place);
  }
  auto const view = make(fitted({"suva", "apia"}), project);
  EXPECT_TRUE(within_frame(view, {178.44, -18.14}, 8));
  EXPECT_TRUE(within_frame(view, {-171.77, -13.83}, 8));
  EXPECT_TRUE(within_frame(view, {180, -16}));
  EXPECT_LT(view.scale(), 12e6);  // ten degrees, not three hundred and fifty
  EXPECT_GT(view.box().west_deg, view.box().east_deg);
}

// --- there and back ------------------------------------------------------------------------------

TEST(MapView, PageToGlobeAndBack) {
  for (auto const& map : {centred(canton, 20000, 15), boxed({-10, 36, 30, 60}),
                          boxed({178, -19, -179, -16}), boxed({-120, -50, 60, 50})}) {
    auto const view = make(map);
    for (int i = 0; i <= 10; ++i) {
      for (int j = 0; j <= 10; ++j) {
        Point const at{10 + 16.0 * i, 20 + 12.0 * j};
        auto const globe = view.to_lonlat(at);
        if (!globe) continue;
        auto const back = view.to_page(*globe);
        ASSERT_TRUE(back);
        EXPECT_NEAR(back->x_mm, at.x_mm, 1e-4);
        EXPECT_NEAR(back->y_mm, at.y_mm, 1e-4);
        auto const plane = view.to_page(view.to_map(at));
        EXPECT_NEAR(plane.x_mm, at.x_mm, 1e-9);
        EXPECT_NEAR(plane.y_mm, at.y_mm, 1e-9);
      }
    }
  }
}

TEST(MapView, BoxOfDegreesHoldsTheFrame) {
  for (auto const& map :
       {centred(canton, 20000, 40), boxed({-10, 36, 30, 60}), boxed({178, -19, -179, -16})}) {
    auto const view = make(map);
    auto const& box = view.box();
    double const east = box.east_deg < box.west_deg ? box.east_deg + 360 : box.east_deg;
    for (int i = 0; i <= 20; ++i) {
      for (Point const at : {Point{10 + 8.0 * i, 20},
                             {10 + 8.0 * i, 140},
                             {10, 20 + 6.0 * i},
                             {170, 20 + 6.0 * i}}) {
        auto const p = view.to_lonlat(at).value();
        double const lon = p.lon_deg < box.west_deg ? p.lon_deg + 360 : p.lon_deg;
        EXPECT_TRUE(lon >= box.west_deg && lon <= east);
        EXPECT_TRUE(p.lat_deg >= box.south_deg && p.lat_deg <= box.north_deg);
      }
    }
  }
}

// --- lines and polygons --------------------------------------------------------------------------

double area_of(std::vector<std::vector<Point>> const& rings) {
  double sum = 0;
  for (auto const& ring : rings) {
    double twice = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) twice += draw::cross(ring[i - 1], ring[i]);
    sum += std::abs(twice) / 2;
  }
  return sum;
}

Ring rectangle(double west, double south, double east, double north) {
  return {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
}

TEST(MapView, PolygonRoundTheViewFillsTheFrame) {
  auto const view = make(centred(canton, 20000));
  for (double const margin : {0.0, 2.0}) {
    auto const rings = view.polygon({rectangle(110, 20, 116, 26)}, margin);
    ASSERT_EQ(rings.size(), 1u);
    EXPECT_EQ(rings[0].front(), rings[0].back());
    EXPECT_NEAR(area_of(rings), (160 + 2 * margin) * (120 + 2 * margin), 1e-6);
  }
}

TEST(MapView, PolygonWithinTheViewKeepsItsArea) {
  auto const view = make(centred(canton, 20000));
  auto const rings = view.polygon({rectangle(113.255, 23.126, 113.265, 23.134)}, 0);
  double const width = ground_m({113.255, 23.13}, {113.265, 23.13}) / 20;
  double const height = ground_m({113.26, 23.126}, {113.26, 23.134}) / 20;
  EXPECT_NEAR(area_of(rings), width * height, width * height * 2e-3);
}

TEST(MapView, HolesStayHoles) {
  auto const view = make(centred(canton, 20000));
  auto const rings = view.polygon(
      {rectangle(113.255, 23.126, 113.265, 23.134), rectangle(113.258, 23.128, 113.262, 23.132)},
      0);
  EXPECT_EQ(rings.size(), 2u);
}

TEST(MapView, ElsewhereIsNothing) {
  auto const view = make(centred(canton, 20000));
  EXPECT_TRUE(view.polygon({rectangle(0, 0, 10, 10)}, 2).empty());
  EXPECT_TRUE(view.line({{0, 0}, {10, 10}}, 2).empty());
  EXPECT_TRUE(view.line({}, 2).empty());
  EXPECT_TRUE(view.polygon({{}}, 2).empty());
}

TEST(MapView, LineIsCutAtTheFrame) {
  auto const view = make(centred(canton, 20000));
  auto const parts = view.line({{112, 23.13}, {114, 23.13}}, 0);
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_NEAR(parts[0].front().x_mm, 10, 1e-9);
  EXPECT_NEAR(parts[0].back().x_mm, 170, 1e-9);
  // Parallels bend: far ends are projected, not joined by a straight line on the page.
  auto const wide = make(boxed({-10, 36, 30, 60}));
  auto const parallel = wide.line({{-10, 50}, {30, 50}}, 0);
  ASSERT_EQ(parallel.size(), 1u);
  auto const middle = wide.to_page(LonLat{10, 50}).value();
  double nearest = 1e9;
  for (auto const& p : parallel[0]) nearest = std::min(nearest, draw::distance(p, middle));
  EXPECT_LT(nearest, 2);
  EXPECT_GT(parallel[0].size(), 20u);
}

TEST(MapView, PolygonAcrossTheAntimeridianStaysWhole) {
  auto const view = make(boxed({178, -19, -178, -16}));
  double const expected = area_of(view.polygon({rectangle(179, -18, 181, -17)}, 0));
  EXPECT_GT(expected, 1000);
  for (auto const& ring : {rectangle(-181, -18, -179, -17),
                           Ring{{179, -18}, {-179, -18}, {-179, -17}, {179, -17}, {179, -18}}}) {
    auto const rings = view.polygon({ring}, 0);
    EXPECT_EQ(rings.size(), 1u);
    EXPECT_NEAR(area_of(rings), expected, 1e-6);
  }
}

TEST(MapView, LineAcrossTheAntimeridianStaysWhole) {
  auto const view = make(boxed({178, -19, -178, -16}));
  auto const parts = view.line({{179, -17}, {-179, -17}}, 0);
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_LT(draw::distance(parts[0].front(), parts[0].back()), 90);
}

/// The longest side of all rings.
double longest_side_mm(std::vector<std::vector<Point>> const& rings) {
  double longest = 0;
  for (auto const& ring : rings) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
      longest = std::max(longest, draw::distance(ring[i - 1], ring[i]));
    }
  }
  return longest;
}

TEST(MapView, PolygonAtTheEdgeOfAWorldMapIsNotSmearedAcrossIt) {
  // Chukotka reaches over the antimeridian: on a world map it is cut in two there.
  for (double const middle : {0.0, 150.0, -100.0}) {
    auto map = boxed({-180, -80, 180, 80});
    map.projection =
        "+proj=eqearth +datum=WGS84 +lon_0=" + std::to_string(static_cast<int>(middle));
    auto const view = make(map);
    double const edge = middle + 180;
    auto const rings = view.polygon({rectangle(edge - 10, 60, edge + 10, 70)}, 0);
    EXPECT_EQ(rings.size(), 2u) << middle;
    EXPECT_LT(longest_side_mm(rings), 12) << middle;
    auto const elsewhere = view.polygon({rectangle(middle - 10, 60, middle + 10, 70)}, 0);
    EXPECT_EQ(elsewhere.size(), 1u) << middle;
    EXPECT_NEAR(area_of(rings), area_of(elsewhere), 0.01 * area_of(elsewhere)) << middle;
    for (auto const& part : view.line({{edge - 10, 65}, {edge + 10, 65}}, 0)) {
      EXPECT_LT(draw::distance(part.front(), part.back()), 12) << middle;
    }
  }
}

TEST(MapView, PolarMapHasNoSeam) {
  // Across the antimeridian, far from the central meridian of Greenwich.
  auto map = boxed({160, 62, -160, 72});
  map.projection = "+proj=stere +lat_0=90 +lon_0=0 +datum=WGS84";
  auto const view = make(map);
  auto const rings = view.polygon({rectangle(175, 64, 185, 70)}, 0);
  ASSERT_EQ(rings.size(), 1u);
  auto const beside = view.polygon({rectangle(180, 64, 190, 70)}, 0);
  EXPECT_NEAR(area_of(rings), area_of(beside), 1e-3 * area_of(beside));
  EXPECT_EQ(view.line({{170, 66}, {-170, 66}}, 0).size(), 1u);
}

TEST(MapView, BoxOfAPolarMapReachesThePole) {
  auto map = centred({0, 90}, 40e6);
  map.projection = "+proj=stere +lat_0=90 +lon_0=0 +datum=WGS84";
  auto const view = make(map);
  EXPECT_EQ(view.box().north_deg, 90);
  EXPECT_EQ(view.box().west_deg, -180);
  EXPECT_EQ(view.box().east_deg, 180);
}

TEST(MapView, WorldMapHoldsEveryMeridian) {
  auto const view = make(boxed({-180, -80, 180, 80}));
  for (int lon = -179; lon < 180; lon += 2) {
    double const west = lon - 0.5;
    EXPECT_EQ(view.polygon({rectangle(west, -5, west + 1, 5)}, 0).size(), 1u) << lon;
  }
}

// --- refusals ------------------------------------------------------------------------------------

TEST(MapViewRefusal, OnePlaceHasNoExtent) {
  EXPECT_EQ(message_of(fitted({"canton"}), project_with_places()),
            "maps.m.view: the extent is empty\n"
            "  hint: give it a width, or a centre and a scale");
  EXPECT_EQ(message_of(boxed({113, 23, 113, 23})),
            "maps.m.view: the extent is empty\n"
            "  hint: give it a width, or a centre and a scale");
}

TEST(MapViewRefusal, NothingToFit) {
  EXPECT_EQ(message_of(fitted({"nowhere"}), project_with_places()),
            "maps.m.view.fit: no record named here has a position");
}

TEST(MapViewRefusal, NoRoomOnThePage) {
  EXPECT_EQ(message_of(centred(canton, 20000), {}, draw::Box::of(0, 0, 4, 100)),
            "maps.m.page: leaves no room for a map inside its margins\n"
            "  hint: make the page larger");
}

TEST(MapViewRefusal, CentreOffTheProjection) {
  auto map = centred({180, 0}, 1e6);
  map.projection = "+proj=ortho +lat_0=0 +lon_0=0";
  EXPECT_EQ(message_of(map), "maps.m.view: the projection does not reach the centre of the view");
}

TEST(MapViewRefusal, UnknownProjection) {
  auto map = centred(canton, 20000);
  map.projection = "EPSG:99999";
  auto const message = message_of(map);
  EXPECT_TRUE(message.starts_with("maps.m.projection: \"EPSG:99999\" is not a projection"))
      << message;
}

TEST(MapView, NamedProjectionsAreCentredOnTheView) {
  auto map = centred(canton, 2e6);
  for (auto const& row : geo::projections()) {
    map.projection = row.id;
    auto const view = make(map);
    auto const at = view.to_page(canton);
    ASSERT_TRUE(at) << row.id;
    EXPECT_NEAR(at->x_mm, 90, 1e-9) << row.id;
    EXPECT_NEAR(at->y_mm, 80, 1e-9) << row.id;
    EXPECT_LT(std::abs(view.north_rad()), 0.01) << row.id;
  }
}

}  // namespace
}  // namespace hachure::scene
