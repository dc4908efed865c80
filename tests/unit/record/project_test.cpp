// Sound projects: what is read from each form of input.

#include "record/project.hpp"

#include <gtest/gtest.h>

#include "record/row.hpp"
#include "record/schema.hpp"
#include "unit/record/project_folder.hpp"

namespace hachure::record {
namespace {

using geo::LonLat;
using Files = std::map<std::string, std::string>;
using Texts = std::map<std::string, std::string>;

Project read(Files const& files) {
  ProjectFolder folder(files);
  auto project = folder.read();
  EXPECT_EQ(folder.problems(), "");
  return project;
}

Project read_yaml(std::string const& yaml) {
  return read({{"campaign.yaml", "hachure: 1\n" + yaml}});
}

TEST(Project, TextsAndLanguages) {
  auto const project = read_yaml(
      "title: {en: Canton, zh-hant: 廣州}\nauthor: Plain\nlanguages: [zh-Hant, en]\n"
      "sides: {a: {name: 甲, color: '#fff'}}\n");
  EXPECT_EQ(project.languages, (std::vector<std::string>{"zh-Hant", "en"}));
  EXPECT_EQ(project.title.by_tag, (Texts{{"en", "Canton"}, {"zh-Hant", "廣州"}}));
  EXPECT_EQ(project.author.by_tag, (Texts{{"zh-Hant", "Plain"}}));
  EXPECT_EQ(project.records.sides.front().title.by_tag, (Texts{{"zh-Hant", "甲"}}));
  EXPECT_EQ(project.records.sides.front().color, "#fff");
}

TEST(Project, WithoutLanguagesTheTitleTells) {
  EXPECT_EQ(read_yaml("title: {fr: x, en: y}\n").languages, (std::vector<std::string>{"fr", "en"}));
  EXPECT_EQ(read_yaml("title: x\n").languages, (std::vector<std::string>{"und"}));
}

TEST(Project, JsonIsAProjectToo) {
  ProjectFolder folder(
      Files{{"p.json", R"({"hachure": 1, "title": "x", "places": {"records": []}})"}});
  base::Diagnostics diagnostics;
  auto const project = read_project(folder.path() / "p.json", {}, diagnostics);
  EXPECT_TRUE(diagnostics.problems().empty());
  EXPECT_EQ(project.title.by_tag, (Texts{{"und", "x"}}));
}

TEST(Project, ReadsPlacesFromCsv) {
  auto const project =
      read({{"campaign.yaml",
             "hachure: 1\nlanguages: [en]\nsides: {qing: {name: Qing}}\n"
             "sources: [{id: a, title: x}, {id: 'doi:10.1', title: y}]\n"
             "places: {data: p.csv}\n"},
            {"p.csv",
             "id,kind,name,title:zh-Hant,short:en,lon,lat,side,when,rank,certainty,"
             "uncertainty_m,source,guns,code,open\n"
             "canton,city,Canton,廣州,,113.27,23.13,qing,1857~,1,probable,50,"
             "a:12 f.; doi:10.1:3;doi:10.1,35,007,true\n"}});
  ASSERT_EQ(project.records.places.size(), 1u);
  auto const& place = project.records.places.front();
  EXPECT_EQ(place.id, "canton");
  EXPECT_EQ(place.kind, "city");
  EXPECT_EQ(place.title.by_tag, (Texts{{"en", "Canton"}, {"zh-Hant", "廣州"}}));
  EXPECT_TRUE(place.short_title.empty());
  EXPECT_EQ(place.at, (LonLat{113.27, 23.13}));
  EXPECT_EQ(place.side, "qing");
  EXPECT_EQ(print(place.when.value()), "1857~");
  EXPECT_EQ(place.rank, 1);
  EXPECT_EQ(place.certainty, Certainty::probable);
  EXPECT_EQ(place.uncertainty_m, 50);
  EXPECT_EQ(place.sources,
            (std::vector<Citation>{{"a", "12 f."}, {"doi:10.1", "3"}, {"doi:10.1", ""}}));
  EXPECT_EQ(place.extra, (std::map<std::string, geo::Attribute>{
                             {"code", std::string("007")}, {"guns", 35.0}, {"open", true}}));
  EXPECT_EQ(place.origin.line, 2);
  EXPECT_EQ(project.files_read.size(), 2u);
}

TEST(Project, ATextThatNamesItsLanguageComesFirst) {
  auto const project = read({{"campaign.yaml", "hachure: 1\nlanguages: [en]\nplaces: p.csv\n"},
                             {"p.csv", "id,name,name:en\na,廣州,Canton\nb,Whampoa,\n"}});
  EXPECT_EQ(project.records.places[0].title.by_tag, (Texts{{"en", "Canton"}}));
  EXPECT_EQ(project.records.places[1].title.by_tag, (Texts{{"en", "Whampoa"}}));
}

TEST(Project, ReadsInlineRecords) {
  auto const project = read_yaml(
      "places:\n"
      "  records:\n"
      "    - {id: a, title: {en: A, fr: B}, lon: 1, lat: 2}\n"
      "    - {id: b, wkt: 'POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))'}\n"
      "events:\n"
      "  records:\n"
      "    e: {kind: battle, place: [a, b], when: 1857}\n");
  EXPECT_EQ(project.records.places[0].title.by_tag, (Texts{{"en", "A"}, {"fr", "B"}}));
  EXPECT_EQ(project.records.places[1].at, (LonLat{1, 1}));
  EXPECT_EQ(project.records.events[0].id, "e");
  EXPECT_EQ(project.records.events[0].places, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(project.records.places[1].origin.line, 5);
}

TEST(Project, ReadsLinkedPlaces) {
  auto const project = read({{"campaign.yaml", "hachure: 1\nplaces: p.geojson\n"},
                             {"p.geojson", R"({"type": "FeatureCollection", "features": [
{"@id": "http://x.org/p1", "type": "Feature", "properties": {"title": "Abingdon"},
 "when": {"timespans": [{"start": {"in": "1600"}, "end": {"in": "1699"}}]},
 "names": [{"toponym": "Abbendun", "lang": "ang"}],
 "geometry": {"type": "GeometryCollection", "geometries": [
   {"type": "Point", "coordinates": [-1.2879, 51.6708]}]}}]})"}});
  auto const& place = project.records.places.at(0);
  EXPECT_EQ(place.id, "http://x.org/p1");
  EXPECT_EQ(place.title.by_tag, (Texts{{"ang", "Abbendun"}, {"und", "Abingdon"}}));
  EXPECT_EQ(print(place.when.value()), "1600/1699");
  EXPECT_EQ(place.at, (LonLat{-1.2879, 51.6708}));
  EXPECT_EQ(place.origin.line, 2);
}

TEST(Project, ReadsDatesOfOpenHistoricalMap) {
  auto const project =
      read({{"campaign.yaml", "hachure: 1\nplaces: p.csv\n"},
            {"p.csv",
             "id,start_date,end_date,start_date:edtf,end_date:edtf\n"
             "a,1850,1860,,\nb,1850,1860,1850~,\nc,1850,,,\nd,,1860,,\ne,1850,1850,,\nf,,,,\n"}});
  std::vector<std::string> dates;
  for (auto const& place : project.records.places) {
    dates.push_back(place.when ? print(*place.when) : "");
  }
  EXPECT_EQ(dates, (std::vector<std::string>{"1850/1860", "1850~/1860", "1850/..", "../1860",
                                             "1850", ""}));
}

TEST(Project, MapsAForeignTable) {
  auto const project =
      read({{"campaign.yaml",
             "hachure: 1\nlanguages: [en]\n"
             "events:\n  data: b.csv\n"
             "  columns: {when: datum, title.en: name, lon: x, lat: y}\n"
             "  defaults: {kind: battle}\n"},
            {"b.csv", "id,name,datum,x,y,kind,side\n7,Shiloh,1862-04-06,-88.3,35.1,land,US\n"}});
  auto const& event = project.records.events.at(0);
  EXPECT_EQ(event.id, "events-1");
  EXPECT_EQ(event.kind, find_kind("battle"));
  EXPECT_EQ(event.title.by_tag, (Texts{{"en", "Shiloh"}}));
  EXPECT_EQ(event.at, (LonLat{-88.3, 35.1}));
  EXPECT_EQ(event.side, "");
  EXPECT_EQ(event.extra,
            (std::map<std::string, geo::Attribute>{
                {"id", 7.0}, {"kind", std::string("land")}, {"side", std::string("US")}}));
}

TEST(Project, PartsOfAPointTableShareThePointWhereTheyChange) {
  ProjectFolder folder({{"campaign.yaml",
                         "hachure: 1\n"
                         "sides: {out: {name: Out}, back: {name: Back}}\n"
                         "movements:\n"
                         "  data: t.csv\n"
                         "  points: {x: lon, y: lat, group: army, parts: side, strength: men}\n"},
                        {"t.csv",
                         "army,lon,lat,men,side,when\n"
                         "1,24,55,400,out,1812-06-24\n"
                         "1,25,55,300,out,\n"
                         "1,37,55,100,out,1812-09-14\n"
                         "1,37,55,100,back,1812-10-18\n"
                         "1,30,54,20,back,1812-12-01\n"
                         "2,24,56,50,out,1812-06-24\n"
                         "2,28,56,30,back,1812-10-20\n"}});
  auto const movements = folder.read().records.movements;
  EXPECT_EQ(folder.problems(), "");
  ASSERT_EQ(movements.size(), 3u);  // the second army has no way back
  EXPECT_EQ(movements[0].id, "1-out");
  EXPECT_EQ(movements[0].side, "out");
  EXPECT_EQ(movements[0].line.size(), 4u);
  EXPECT_EQ(print(*movements[0].when), "1812-06-24/1812-09-14");  // not the day they set out again
  ASSERT_EQ(movements[0].when_at_point.size(), 4u);
  EXPECT_EQ(print(*movements[0].when_at_point[0]), "1812-06-24");
  EXPECT_FALSE(movements[0].when_at_point[1]);
  EXPECT_EQ(print(*movements[0].when_at_point[2]), "1812-09-14");
  EXPECT_FALSE(movements[0].when_at_point[3]);
  EXPECT_EQ(movements[1].id, "1-back");
  EXPECT_EQ(movements[1].side, "back");
  EXPECT_EQ(movements[1].strength_at_point, (std::vector<double>{100, 20}));
  EXPECT_EQ(print(*movements[1].when), "1812-10-18/1812-12-01");
  EXPECT_EQ(movements[2].id, "2-out");
  EXPECT_EQ(movements[2].line.size(), 2u);
}

TEST(Project, AMovementHasTimesAtItsPoints) {
  std::string const start =
      "hachure: 1\nplaces: {records: [{id: a, lon: 1, lat: 1}, "
      "{id: b, lon: 2, lat: 1}, {id: c, lon: 3, lat: 1}]}\n"
      "movements: {records: [{id: m, from: a, via: b, to: c, times: \"";
  auto const project = read({{"campaign.yaml", start + "1857-06-01; ;1857-06-09~\"}]}\n"}});
  auto const& movement = project.records.movements.at(0);
  EXPECT_TRUE(movement.is_of_places);
  ASSERT_EQ(movement.when_at_point.size(), 3u);
  EXPECT_EQ(print(*movement.when_at_point[0]), "1857-06-01");
  EXPECT_FALSE(movement.when_at_point[1]);
  EXPECT_EQ(print(*movement.when_at_point[2]), "1857-06-09~");
  ProjectFolder folder({{"campaign.yaml", start + "1857-06-01\"}]}\n"}});
  folder.read();
  EXPECT_EQ(folder.problems(),
            "campaign.yaml:3: times: has 1 dates for a path of 3 points\n"
            "  hint: give one for each point, separated by semicolons; leave out those not known");
}

TEST(Project, GroupsPointsIntoMovements) {
  auto const project =
      read({{"campaign.yaml",
             "hachure: 1\n"
             "movements:\n  data: t.csv\n"
             "  points: {x: long, y: lat, group: [div, dir], order: seq, strength: men}\n"},
            {"t.csv",
             "long,lat,men,dir,div,seq\n"
             "24,54.9,340000,A,1,10\n24.5,55,300000,A,1,9\n25,55,100,R,1,1\n26,55,90,R,1,2\n"}});
  ASSERT_EQ(project.records.movements.size(), 2u);
  auto const& first = project.records.movements[0];
  EXPECT_EQ(first.id, "1-A");
  EXPECT_EQ(first.kind, find_kind("march"));
  EXPECT_EQ(first.line, (std::vector<LonLat>{{24.5, 55}, {24, 54.9}}));
  EXPECT_EQ(first.strength_at_point, (std::vector<double>{300000, 340000}));
  EXPECT_EQ(first.strength, 300000);
  EXPECT_EQ(project.records.movements[1].id, "1-R");
  EXPECT_EQ(project.records.movements[1].origin.line, 4);
}

TEST(Project, AMovementGoesThroughItsPlaces) {
  auto const project = read_yaml(
      "places: {records: {a: {lon: 1, lat: 1}, b: {lon: 2, lat: 1}, c: {lon: 3, lat: 1}}}\n"
      "units: {records: {u: {}, v: {place: b}}}\n"
      "movements: {records: {m: {kind: march, from: a, via: b, to: c, unit: u;v}}}\n");
  auto const& movement = project.records.movements.at(0);
  EXPECT_EQ(movement.line, (std::vector<LonLat>{{1, 1}, {2, 1}, {3, 1}}));
  EXPECT_EQ(movement.unit, "u");
  EXPECT_EQ(movement.units, (std::vector<std::string>{"u", "v"}));
  EXPECT_EQ(project.records.unit("v")->at, (LonLat{2, 1}));
}

TEST(Project, ReadsOtherFormatsByOgr) {
  auto const project =
      read({{"campaign.yaml", "hachure: 1\nplaces: {data: p.kml, columns: {title: Name}}\n"},
            {"p.kml",
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>"
             "<Folder><name>l</name><Placemark><name>Canton</name><Point>"
             "<coordinates>113.27,23.13</coordinates></Point></Placemark>"
             "</Folder></Document></kml>\n"}});
  auto const& place = project.records.places.at(0);
  EXPECT_EQ(place.id, "places-1");
  EXPECT_EQ(place.title.by_tag, (Texts{{"und", "Canton"}}));
  EXPECT_EQ(place.at, (LonLat{113.27, 23.13}));
}

TEST(Project, ReadsSources) {
  auto const project = read_yaml(
      "sources:\n"
      "  - id: a\n    type: book\n    title: Hurrah\n"
      "    author: [{family: Crisswell, given: C. N.}, {literal: The Times}]\n"
      "    issued: {date-parts: [[1857, 1], [1858]]}\n"
      "    container-title: J\n    page: 1-2\n    publisher: P\n    URL: http://x.org\n    ISBN: "
      "1\n"
      "  - {id: b, title: t, author: Anon, issued: 1857-58}\n");
  auto const& source = project.records.sources.at(0);
  EXPECT_EQ(source.author, "Crisswell, C. N.; The Times");
  EXPECT_EQ(source.issued, "1857-01/1858");
  EXPECT_EQ(source.container, "J");
  EXPECT_EQ(source.page, "1-2");
  EXPECT_EQ(source.publisher, "P");
  EXPECT_EQ(source.url, "http://x.org");
  EXPECT_EQ(project.records.source("b")->author, "Anon");
  EXPECT_EQ(project.records.source("b")->issued, "1857-58");
}

TEST(Project, ReadsMaps) {
  auto const project = read({{"campaign.yaml",
                              "hachure: 1\n"
                              "languages: [en]\n"
                              "places: {records: {a: {lon: 1, lat: 1}, '<=': {lon: 2, lat: 1}}}\n"
                              "layers: {sea: {data: s.csv, class: water, scale-max: 1:100000}}\n"
                              "scale-units: {li: {name: li, metres: 500}}\n"
                              "maps:\n"
                              "  big:\n"
                              "    title: Big\n"
                              "    page: {size: A4, orientation: landscape}\n"
                              "    view: {fit: [a], margin: 1cm}\n"
                              "    rotation: 15\n"
                              "    when: 1857-12-28/1857-12-29\n"
                              "    furniture:\n"
                              "      title: top\n"
                              "      scale-bar: {at: bottom, units: [km, li], width: 40mm}\n"
                              "      legend: {columns: 2, frame: line}\n"
                              "      sources:\n"
                              "    insets: [{map: small, width: 45mm, at: bottom-left}]\n"
                              "    select: {places: ['<=', [get, rank], 2], events: {except: []}}\n"
                              "    layers: [sea]\n"
                              "  small:\n"
                              "    page: {width: 8cm, height: 4in}\n"
                              "    view: {bbox: [170, -10, -170, 10]}\n"
                              "    furniture: [title, legend: {at: top-left}]\n"
                              "    select: {places: [a]}\n"
                              "sequences: {s: {map: big, from: 1857, step: 1d, camera: [\n"
                              "  {at: 1857-12-29/1857-12-30, bbox: [1, 2, 3, 4]},\n"
                              "  {at: '1857-12-28T06:00', center: [1, 2], scale: 5000}]}}\n"
                              "styles: [.]\n"},
                             {"s.csv", ""}});
  auto const& big = *project.map("big");
  EXPECT_EQ(big.title.by_tag, (Texts{{"en", "Big"}}));
  EXPECT_EQ(big.page_width_mm, 297);
  EXPECT_EQ(big.page_height_mm, 210);
  EXPECT_EQ(big.view.fit, (std::vector<std::string>{"a"}));
  EXPECT_EQ(big.view.margin, base::Length::mm(10));
  EXPECT_EQ(big.view.rotation_deg, 15);
  EXPECT_EQ(print(big.when.value()), "1857-12-28/1857-12-29");
  ASSERT_EQ(big.furniture.size(), 4u);
  EXPECT_EQ(big.furniture[0].placement.at, "top");
  EXPECT_EQ(big.furniture[1].options, (Texts{{"units", "km,li"}}));
  EXPECT_EQ(big.furniture[1].placement.width, base::Length::mm(40));
  EXPECT_EQ(big.furniture[2].placement.columns, 2);
  EXPECT_EQ(big.furniture[2].options, (Texts{{"frame", "line"}}));
  EXPECT_EQ(big.furniture[3].kind, "sources");
  EXPECT_EQ(big.insets.at(0).map, "small");
  EXPECT_EQ(big.insets.at(0).placement.at, "bottom-left");
  // The first item is the id of a place here, but no list of ids holds a list.
  EXPECT_EQ(big.select.at("places").filter, R"(["<=",["get","rank"],2])");
  EXPECT_EQ(big.layers, (std::vector<std::string>{"sea"}));
  auto const& small = *project.map("small");
  EXPECT_EQ(small.page_width_mm, 80);
  EXPECT_EQ(small.page_height_mm, 101.6);
  EXPECT_EQ(small.view.box, (geo::LonLatBox{170, -10, -170, 10}));
  EXPECT_EQ(small.furniture.at(1).placement.at, "top-left");
  EXPECT_EQ(small.select.at("places").ids, (std::vector<std::string>{"a"}));
  EXPECT_EQ(small.select.at("places").filter, "");
  EXPECT_EQ(project.layers.at(0).layer_class, "water");
  EXPECT_EQ(project.layers.at(0).scale_max, 100000);
  EXPECT_EQ(project.scale_units.at(0).metres, 500);
  auto const& camera = project.sequences.at(0).camera;
  ASSERT_EQ(camera.size(), 2u);
  EXPECT_EQ(to_text(camera[0].from, true), "1857-12-28T06:00:00");
  EXPECT_EQ(camera[0].until, camera[0].from);
  EXPECT_EQ(camera[0].view.scale, 5000);
  EXPECT_EQ(to_text(camera[1].from, true), "1857-12-29T00:00:00");
  EXPECT_EQ(to_text(camera[1].until, true), "1857-12-30T23:59:59");
  EXPECT_EQ(camera[1].view.box, (geo::LonLatBox{1, 2, 3, 4}));
}

TEST(Project, ASelectionIsIdsOrAFilter) {
  auto const select = [](std::string const& list) {
    auto const project = read_yaml(
        "places: {records: {a: {}, all: {}}}\n"
        "maps: {m: {view: {center: [1, 1], scale: 10}, select: {places: " +
        list + "}}}\n");
    return project.maps.front().select.at("places");
  };
  EXPECT_EQ(select("['<=', [get, rank], 2]").filter, R"(["<=",["get","rank"],2])");
  EXPECT_TRUE(select("['<=', [get, rank], 2]").ids.empty());
  EXPECT_EQ(select("[has, guns]").filter, R"(["has","guns"])");
  EXPECT_EQ(select("[all, a]").ids, (std::vector<std::string>{"all", "a"}));
  EXPECT_EQ(select("[]").filter, R"(["any"])");
  EXPECT_EQ(select("{ids: []}").filter, R"(["any"])");
  EXPECT_EQ(select("{except: [a]}").filter, "");
  EXPECT_EQ(select("a").ids, (std::vector<std::string>{"a"}));
  EXPECT_EQ(select("{except: [a], filter: [has, x]}").except, (std::vector<std::string>{"a"}));
  EXPECT_EQ(select("{except: [a], filter: [has, x]}").filter, R"(["has","x"])");
}

TEST(Project, OwnNumbersAreJsonNumbers) {
  EXPECT_EQ(to_attribute("-1.50e3"), geo::Attribute(-1500.0));
  for (auto const* text : {"007", "+1", "1.", ".5", "1,5", "NaN", "0x10", "1234567890123456789"}) {
    EXPECT_EQ(to_attribute(text), geo::Attribute(std::string(text)));
  }
}

TEST(Project, MapNamesPreferTheShortTitle) {
  RecordBase record;
  record.title.by_tag = {{"en", "Five-Storied Pagoda"}, {"zh-Hant", "鎮海樓"}};
  record.short_title.by_tag = {{"en", "Pagoda"}};
  EXPECT_EQ(record.map_name("en", {}), "Pagoda");
  EXPECT_EQ(record.map_name("zh-Hant", {"en"}), "鎮海樓");
}

TEST(Schema, NamesEveryKeyOfTheReader) {
  auto const schema = project_schema();
  for (auto const* name : {"\"scale-units\"", "\"furniture-options\"", "\"uncertainty_m\"",
                           "\"north-arrow\"", "\"top-left\"", "\"conjectural\"", "\"bbox\""}) {
    EXPECT_NE(schema.find(name), std::string::npos) << name;
  }
  EXPECT_EQ(schema.substr(0, 65),
            "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  ");
}

}  // namespace
}  // namespace hachure::record
