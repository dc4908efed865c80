// Projects that are wrong: each message whole, since it is what users see.

#include <gtest/gtest.h>

#include "base/limits.hpp"
#include "unit/record/project_folder.hpp"

namespace hachure::record {
namespace {

using Files = std::map<std::string, std::string>;

/// A sound project to which a test adds what is wrong.
Files sound() {
  return {
      {"campaign.yaml",
       "hachure: 1\n"
       "title: {en: Canton}\n"
       "sides: {british: {name: British}, qing: {name: Qing}}\n"
       "sources: [{id: hurrah, title: A book}]\n"
       "places: places.csv\n"
       "units: units.csv\n"
       "events: events.csv\n"
       "movements: movements.csv\n"
       "maps: {a: {view: {center: [113.3, 23.1], scale: 20000}}}\n"},
      {"places.csv",
       "id,kind,title:en,lon,lat,side,source\n"
       "canton,city,Canton,113.27,23.13,qing,hurrah:12\n"
       "whampoa,town,Whampoa,113.4,23.09,qing,\n"},
      {"units.csv", "id,title:en,side,parent\nfleet,Fleet,british,\n"},
      {"events.csv", "id,kind,when,side,place\ntaken,capture,1857-12-29,british,canton\n"},
      {"movements.csv",
       "id,kind,when,side,unit,from,to\nup,advance,1857,british,fleet,whampoa,canton\n"},
  };
}

/// Problems of the sound project with one file in another form.
std::string with(std::string const& file, std::string const& content) {
  auto files = sound();
  files[file] = content;
  return problems_of(files);
}

/// ... with another line for a key of campaign.yaml, which stands on line 9.
std::string with_maps(std::string const& maps) {
  auto files = sound();
  auto& yaml = files["campaign.yaml"];
  yaml = yaml.substr(0, yaml.find("maps:")) + maps;
  return problems_of(files);
}

/// ... with another view of its map.
std::string with_map(std::string const& keys) {
  return with_maps("maps: {a: {view: {center: [113.3, 23.1], scale: 20000}, " + keys + "}}\n");
}

TEST(BrokenProject, TheSoundOneHasNoProblem) {
  EXPECT_EQ(problems_of(sound()), "");
}

TEST(BrokenProject, NoProjectThere) {
  ProjectFolder folder({});
  try {
    folder.read();
    FAIL();
  } catch (base::Error const& error) {
    EXPECT_EQ(error.fault(), base::Fault::input);
    EXPECT_EQ(error.origin().file, (folder.path() / "campaign.yaml").string());
    EXPECT_EQ(error.message(), "no such file");
    EXPECT_EQ(error.hint(), "a project is a folder with campaign.yaml; hachure new DIR makes one");
  }
}

TEST(BrokenProject, Version) {
  EXPECT_EQ(problems_of({{"campaign.yaml", "title: x\n"}}),
            "campaign.yaml: hachure: the version is missing\n"
            "  hint: begin the file with \"hachure: 1\"");
  EXPECT_EQ(problems_of({{"campaign.yaml", "hachure: 2\nfuture: x\n"}}),
            "campaign.yaml:1: hachure: version 2 is newer than this program, which reads 1\n"
            "  hint: install a newer hachure");
  EXPECT_EQ(problems_of({{"campaign.yaml", "hachure: one\n"}}),
            "campaign.yaml:1: hachure: \"one\" is not a version\n  hint: write \"hachure: 1\"");
}

TEST(BrokenProject, NotAProjectAtAll) {
  EXPECT_EQ(problems_of({{"campaign.yaml", "- a\n- b\n"}}),
            "campaign.yaml:1: a list is not a map\n  hint: write its keys, one a line");
  EXPECT_EQ(problems_of({{"campaign.yaml", ""}}), "campaign.yaml: is empty");
}

TEST(BrokenProject, UnknownKeys) {
  EXPECT_EQ(problems_of_yaml("mapps: {}\n"),
            "campaign.yaml:2: \"mapps\" is not a key\n  hint: did you mean \"maps\"?");
  EXPECT_EQ(with_map("pages: {}"),
            "campaign.yaml:9: maps.a: \"pages\" is not a key here\n  hint: did you mean \"page\"?");
  EXPECT_EQ(problems_of_yaml("sides:\n  british:\n    colour: red\n"),
            "campaign.yaml:4: sides.british: \"colour\" is not a key here\n"
            "  hint: did you mean \"color\"?");
  EXPECT_EQ(problems_of_yaml("sides: {british: {flag: x}}\n"),
            "campaign.yaml:2: sides.british: \"flag\" is not a key here\n"
            "  hint: one of: name, short, color, light, cue, note");
}

TEST(BrokenProject, AllProblemsComeAtOnce) {
  EXPECT_EQ(problems_of_yaml("titel: x\nplaces: {data: a.csv}\nmaps: {a: {view: {scale: -1}}}\n"),
            "campaign.yaml:2: \"titel\" is not a key\n  hint: did you mean \"title\"?\n"
            "campaign.yaml:4: maps.a.view.scale: \"-1\" is not a scale\n"
            "  hint: write its denominator: 20000 for 1:20,000\n"
            "campaign.yaml:3: places.data: \"a.csv\": no such file\n"
            "  hint: paths are relative to the project's folder\n"
            "campaign.yaml:4: maps.a.view: has no \"center\"");
}

TEST(BrokenProject, Texts) {
  EXPECT_EQ(problems_of_yaml("title: [a]\n"),
            "campaign.yaml:2: title: a list is not a text\n"
            "  hint: write a string, or a map of language tags to strings");
  EXPECT_EQ(problems_of_yaml("title: {zh_Hant: a, en: {b: c}}\n"),
            "campaign.yaml:2: title: \"zh_Hant\" is not a language tag\n"
            "  hint: write e.g. en or zh-Hant\n"
            "campaign.yaml:2: title.en: a map is not a text");
  EXPECT_EQ(problems_of_yaml("languages: [en, chinese simplified]\n"),
            "campaign.yaml:2: languages: \"chinese simplified\" is not a language tag\n"
            "  hint: write e.g. en or zh-Hant");
}

TEST(BrokenProject, Lengths) {
  EXPECT_EQ(with_map("page: {width: 174, height: 220mm}"),
            "campaign.yaml:9: maps.a.page.width: \"174\" is not a length\n  hint: write 174mm");
  EXPECT_EQ(with_map("page: {width: 174m, height: 220mm}"),
            "campaign.yaml:9: maps.a.page.width: \"174m\" is a length on the ground\n"
            "  hint: write mm, cm, in or pt");
  EXPECT_EQ(with_map("page: {width: 0mm, height: 6000mm}"),
            "campaign.yaml:9: maps.a.page.width: \"0mm\" is not above 0\n"
            "campaign.yaml:9: maps.a.page.height: \"6000mm\" is over the limit of 5000mm");
  EXPECT_EQ(with_map("page: {width: wide, height: [1]}"),
            "campaign.yaml:9: maps.a.page.width: \"wide\" is not a length\n"
            "  hint: write e.g. 174mm; mm, cm, in and pt are known\n"
            "campaign.yaml:9: maps.a.page.height: a list is not a length\n"
            "  hint: write e.g. 174mm; mm, cm, in and pt are known");
  EXPECT_EQ(with_map("page: {width: 174mm}"), "campaign.yaml:9: maps.a.page: has no \"height\"");
  EXPECT_EQ(with_map("page: {size: A44}"),
            "campaign.yaml:9: maps.a.page.size: \"A44\" is not a paper size\n"
            "  hint: did you mean \"A4\"?");
}

TEST(BrokenProject, Views) {
  EXPECT_EQ(with_maps("maps: {a: {}}\n"),
            "campaign.yaml:9: maps.a: has no \"view\"\n"
            "  hint: what it shows: center and scale, bbox or fit");
  EXPECT_EQ(with_maps("maps: {a: {view: {}}}\n"),
            "campaign.yaml:9: maps.a.view: shows nothing\n"
            "  hint: give center and scale, bbox, or fit");
  EXPECT_EQ(with_maps("maps: {a: {view: {bbox: [1, 2, 3, 4], fit: [canton]}}}\n"),
            "campaign.yaml:9: maps.a.view: is given in several ways\n"
            "  hint: keep one of: center and scale, bbox, fit");
  EXPECT_EQ(with_maps("maps: {a: {view: {bbox: [113, 23, 113, 24]}}}\n"),
            "campaign.yaml:9: maps.a.view.bbox: the box is empty: west and east are both 113");
  EXPECT_EQ(with_maps("maps: {a: {view: {bbox: [113, 24, 114, 23]}}}\n"),
            "campaign.yaml:9: maps.a.view.bbox: the box is empty: south 24 is not below north 23\n"
            "  hint: the order is west, south, east, north");
  EXPECT_EQ(with_maps("maps: {a: {view: {center: [23.1, 113.3], scale: 20000}}}\n"),
            "campaign.yaml:9: maps.a.view.center: latitude 113.3 is not within -90 and 90\n"
            "  hint: longitude and latitude look swapped: longitude comes first");
  EXPECT_EQ(with_maps("maps: {a: {view: {center: [.nan, 1], scale: 20000}}}\n"),
            "campaign.yaml:9: maps.a.view.center: a list is not a position\n"
            "  hint: write [longitude, latitude]");
  EXPECT_EQ(with_maps("maps: {a: {view: {fit: [cantn]}}}\n"),
            "campaign.yaml:9: maps.a.view.fit: \"cantn\" is not the id of a record or side\n"
            "  hint: did you mean \"canton\"?");
}

TEST(BrokenProject, MapsAndTheirParts) {
  EXPECT_EQ(with_maps("maps: {../x: {view: {center: [113, 23], scale: 20000}}}\n"),
            "campaign.yaml:9: maps: \"../x\" is not an id\n"
            "  hint: letters, digits, - and _; not \"/\", \"\\\", \":\" or \";\", and no \".\" in "
            "front");
  EXPECT_EQ(with_map("when: 1857-13-28"),
            "campaign.yaml:9: maps.a.when: \"1857-13-28\" is not a date: month 13\n"
            "  hint: write 1857, 1857-12 or 1857-12-28");
  EXPECT_EQ(with_map("furniture: [legnd, title: {at: topleft}, scale-bar: {units: [km, li]}]"),
            "campaign.yaml:9: maps.a.furniture: \"legnd\" is not a piece of furniture\n"
            "  hint: did you mean \"legend\"?\n"
            "campaign.yaml:9: maps.a.furniture.title.at: \"topleft\" is not a corner or edge\n"
            "  hint: did you mean \"top-left\"?\n"
            "campaign.yaml:9: maps.a.furniture.scale-bar: \"li\" is not a unit of scale bars\n"
            "  hint: did you mean \"mi\"?");
  EXPECT_EQ(with_map("layers: [sea]"), "campaign.yaml:9: maps.a.layers: \"sea\" is not a layer");
  EXPECT_EQ(
      with_map("select: {places: [canton, wampoa]}"),
      "campaign.yaml:9: maps.a.select.places: \"wampoa\" is not the id of a record in places\n"
      "  hint: did you mean \"whampoa\"?");
  EXPECT_EQ(with_map("rotation: north"),
            "campaign.yaml:9: maps.a.rotation: \"north\" is not an angle from -360 to 360 degrees");
}

TEST(BrokenProject, Insets) {
  auto const view = std::string("view: {center: [113, 23], scale: 20000}, ");
  EXPECT_EQ(with_map("insets: [{map: aa}, {width: 3cm}]"),
            "campaign.yaml:9: maps.a.insets: has no \"map\"\n"
            "  hint: id of a map of this project\n"
            "campaign.yaml:9: maps.a.insets.map: \"aa\" is not a map\n"
            "  hint: did you mean \"a\"?");
  EXPECT_EQ(with_maps("maps:\n  a: {" + view + "insets: [{map: b}]}\n  b: {" + view +
                      "insets: [{map: a}]}\n"),
            "campaign.yaml:10: maps.a.insets: the map is an inset of itself: a > b > a\n"
            "campaign.yaml:11: maps.b.insets: the map is an inset of itself: b > a > b");
  EXPECT_EQ(
      with_maps("maps:\n  a: {" + view + "insets: [{map: b}]}\n  b: {" + view +
                "insets: [{map: c}]}\n  c: {" + view + "insets: [{map: d}]}\n  d: {" + view +
                "}\n"),
      "campaign.yaml:10: maps.a.insets: insets lie deeper than the limit of 2: a > b > c > d");
}

TEST(BrokenProject, MissingFiles) {
  auto files = sound();
  files.erase("places.csv");
  files["placs.csv"] = "id\n";
  EXPECT_EQ(problems_of(files),
            "campaign.yaml:5: places: \"places.csv\": no such file\n"
            "  hint: did you mean \"placs.csv\"?");
  EXPECT_EQ(problems_of_yaml("layers: {sea: {data: base.gpkg}}\nsources: s.json\n"),
            "campaign.yaml:3: sources: \"s.json\": no such file\n"
            "  hint: paths are relative to the project's folder\n"
            "campaign.yaml:2: layers.sea.data: \"base.gpkg\": no such file\n"
            "  hint: paths are relative to the project's folder");
}

TEST(BrokenProject, Tables) {
  EXPECT_EQ(problems_of_yaml("places: {}\n"),
            "campaign.yaml:2: places: has neither data nor records\n  hint: keep one of the two");
  EXPECT_EQ(problems_of_yaml("places: {records: [{id: a}], points: {x: a, y: b}}\n"),
            "campaign.yaml:2: places.points: is a mapping of movements\n  hint: remove it");
  EXPECT_EQ(with("places.csv", "name,lon,lat\nCanton,113,23\n"),
            "places.csv:1: the table has no column \"id\"\n"
            "  hint: add a column id, or map one: columns: {id: ...}");
  EXPECT_EQ(with("places.csv", "id,titel:en,lon,lat\ncanton,x,113,23\nwhampoa,y,113.4,23.1\n"),
            "places.csv:1: \"titel:en\" is not a column of places\n"
            "  hint: did you mean \"title:en\"?");
  EXPECT_EQ(with("places.csv", "id,title:Han Chinese,Lon,lat\n"),
            "places.csv:1: \"title:Han Chinese\" does not end in a language tag\n"
            "  hint: write e.g. title:zh-Hant\n"
            "places.csv:1: \"Lon\" is not a column of places\n  hint: did you mean \"lon\"?\n"
            "events.csv:2: place: \"canton\" is not a place\n  hint: the project has none\n"
            "movements.csv:2: from: \"whampoa\" is not a place\n  hint: the project has none\n"
            "movements.csv:2: to: \"canton\" is not a place\n  hint: the project has none");
}

TEST(BrokenProject, Mappings) {
  EXPECT_EQ(problems_of({{"campaign.yaml",
                          "hachure: 1\n"
                          "events:\n"
                          "  data: b.csv\n"
                          "  columns:\n"
                          "    id: nr\n"
                          "    wen: datum\n"
                          "    title.en: nam\n"},
                         {"b.csv", "nr,datum,name\n1,1857,x\n"}}),
            "campaign.yaml:6: events.columns: \"wen\" is not a column of events\n"
            "  hint: did you mean \"when\"?\n"
            "campaign.yaml:7: events.columns.title.en: \"nam\" is not a column of b.csv\n"
            "  hint: did you mean \"name\"?");
  EXPECT_EQ(problems_of({{"campaign.yaml",
                          "hachure: 1\n"
                          "movements:\n"
                          "  data: t.csv\n"
                          "  points: {x: long, z: lat}\n"},
                         {"t.csv", "lon,lat\n1,2\n"}}),
            "campaign.yaml:4: movements.points: \"z\" is not a key here\n"
            "  hint: one of: x, y, group, parts, order, strength\n"
            "campaign.yaml:4: movements.points: has no \"y\"\n"
            "  hint: name the columns of the position: x and y\n"
            "campaign.yaml:4: movements.points.x: \"long\" is not a column of t.csv\n"
            "  hint: did you mean \"lon\"?");
}

TEST(BrokenProject, Ids) {
  auto const rest = std::string("whampoa,town,Whampoa,113.4,23.09,qing,\n");
  EXPECT_EQ(with("places.csv", sound()["places.csv"] + rest + ",fort,Fort,113,23,,\n"),
            "places.csv:4: id: \"whampoa\" is the id of line 3 already\n"
            "places.csv:5: id: is empty\n  hint: every row has an id of its own");
  EXPECT_EQ(with("units.csv", "id,side\n\"a;b\",british\nfleet,\n"),
            "units.csv:2: id: \"a;b\" is not an id\n  hint: no semicolons and no line ends");
}

TEST(BrokenProject, Positions) {
  auto const place = [](std::string const& lon, std::string const& lat) {
    return with("places.csv", sound()["places.csv"] + "x,fort,X," + lon + "," + lat + ",,\n");
  };
  EXPECT_EQ(place("200", "23"),
            "places.csv:4: lon: longitude 200 is not within -180 and 180\n"
            "  hint: write -160 for a place west of Greenwich");
  EXPECT_EQ(place("23.1", "113.2"),
            "places.csv:4: lat: latitude 113.2 is not within -90 and 90\n"
            "  hint: longitude and latitude look swapped: longitude comes first");
  EXPECT_EQ(place("nan", "inf"),
            "places.csv:4: lon: \"nan\" is not a longitude\n"
            "  hint: write decimal degrees, e.g. 113.26\n"
            "places.csv:4: lat: \"inf\" is not a latitude\n"
            "  hint: write decimal degrees, e.g. 113.26");
  EXPECT_EQ(place("\"113,27\"", "23"),
            "places.csv:4: lon: \"113,27\" is not a longitude\n  hint: write 113.27");
  EXPECT_EQ(place("113", ""),
            "places.csv:4: lat: is missing\n  hint: a position has both lon and lat");
  EXPECT_EQ(place("729000", "2560000"),
            "places.csv:4: lon: longitude 729000 is not within -180 and 180\n"
            "  hint: positions are degrees of WGS 84, not metres of a projection");
}

TEST(BrokenProject, References) {
  EXPECT_EQ(with("events.csv",
                 "id,kind,when,side,unit,place,source\n"
                 "e,captur,1857-12-29,brtish,flete,cantn,hurra:3\n"),
            "events.csv:2: source: \"hurra\" is not a source\n  hint: did you mean \"hurrah\"?\n"
            "events.csv:2: kind: \"captur\" is not a kind of event\n"
            "  hint: did you mean \"capture\"?\n"
            "events.csv:2: side: \"brtish\" is not a side\n  hint: did you mean \"british\"?\n"
            "events.csv:2: unit: \"flete\" is not a unit\n  hint: did you mean \"fleet\"?\n"
            "events.csv:2: place: \"cantn\" is not a place\n  hint: did you mean \"canton\"?");
  EXPECT_EQ(with("units.csv", "id,parent\nfleet,flotilla\na,b\nb,a\n"),
            "units.csv:2: parent: \"flotilla\" is not a unit\n  hint: one of: a, b, fleet\n"
            "units.csv:3: parent: the unit stands above itself\n"
            "units.csv:4: parent: the unit stands above itself");
}

TEST(BrokenProject, ARowThatIsWrongDrawsNoFurtherErrors) {
  auto files = sound();
  files["places.csv"] = "id,lon,lat\ncanton,113.27,93\nwhampoa,113.4,23.09\n";
  EXPECT_EQ(problems_of(files), "places.csv:2: lat: latitude 93 is not within -90 and 90");
}

TEST(BrokenProject, Dates) {
  auto const event = [](std::string const& cells) {
    return with("events.csv", "id,kind,when,start,end,place\ne,battle," + cells + ",canton\n");
  };
  EXPECT_EQ(event("1857-13-28,,"),
            "events.csv:2: when: \"1857-13-28\" is not a date: month 13\n"
            "  hint: write 1857, 1857-12 or 1857-12-28");
  EXPECT_EQ(event(",1857-12-32,1857-12-40"),
            "events.csv:2: start: \"1857-12-32\" is not a date: day 32\n"
            "  hint: write 1857, 1857-12 or 1857-12-28\n"
            "events.csv:2: end: \"1857-12-40\" is not a date: day 40\n"
            "  hint: write 1857, 1857-12 or 1857-12-28");
  EXPECT_EQ(event("1857,1857,"),
            "events.csv:2: when: is given beside start or end\n"
            "  hint: keep when, or start and end");
}

TEST(BrokenProject, Numbers) {
  auto const event = [](std::string const& strength, std::string const& rank) {
    return with("events.csv",
                "id,kind,place,strength,rank\ne,battle,canton," + strength + "," + rank + "\n");
  };
  EXPECT_EQ(event("\"1,500\"", "first"),
            "events.csv:2: rank: \"first\" is not a number\n"
            "  hint: write digits alone, with a point before decimals\n"
            "events.csv:2: strength: \"1,500\" is not a number\n  hint: write 1500 or 1.500");
  EXPECT_EQ(event("-5", "2"), "events.csv:2: strength: \"-5\" is below 0");
  EXPECT_EQ(event("c. 1500", "NaN"),
            "events.csv:2: rank: \"NaN\" is not a number\n"
            "  hint: write digits alone, with a point before decimals\n"
            "events.csv:2: strength: \"c. 1500\" is not a number\n"
            "  hint: write digits alone, with a point before decimals");
}

TEST(BrokenProject, Certainty) {
  EXPECT_EQ(with("units.csv", "id,certainty\nfleet,probabel\n"),
            "units.csv:2: certainty: \"probabel\" is not a degree of certainty\n"
            "  hint: did you mean \"probable\"?");
}

TEST(BrokenProject, NeededGeometry) {
  EXPECT_EQ(with("events.csv", "id,kind,place\ne,battle,\n"),
            "events.csv:2: place: an event of the kind \"battle\" needs a place\n"
            "  hint: give place, lon and lat, or wkt");
  EXPECT_EQ(with("movements.csv", "id,kind,from,to\nm,march,canton,\n"),
            "movements.csv:2: the movement has no path\n"
            "  hint: give a line, or places in from, via and to");
  EXPECT_EQ(with("movements.csv", "id,kind,from,to\nm,march,canton,canton\n"),
            "movements.csv:2: the movement has no path: its places are one point");
  EXPECT_EQ(with("movements.csv", "id,wkt\nm,POINT (113 23)\n"),
            "movements.csv:2: wkt: is not one line\n"
            "  hint: a movement is a LineString; split it into several records");
}

TEST(BrokenProject, GeoJson) {
  auto files = sound();
  auto& yaml = files["campaign.yaml"];
  yaml.replace(yaml.find("movements.csv"), 13, "m.geojson");
  files["m.geojson"] =
      "{\"type\": \"FeatureCollection\", \"features\": [\n"
      "{\"type\": \"Feature\", \"properties\": {\"id\": \"a\", \"side\": \"brit\"},\n"
      " \"geometry\": {\"type\": \"LineString\", \"coordinates\": [[113, 23], [113.1, 23]]}},\n"
      "{\"type\": \"Feature\", \"properties\": {\"id\": \"b\"},\n"
      " \"geometry\": {\"type\": \"LineString\", \"coordinates\": [[113, 23],\n"
      "   [213.1, 23]]}}\n"
      "]}\n";
  EXPECT_EQ(problems_of(files),
            "m.geojson:6: geometry: longitude 213.1 is not within -180 and 180\n"
            "  hint: write -146.9 for a place west of Greenwich\n"
            "m.geojson:2: side: \"brit\" is not a side\n  hint: one of: british, qing");
}

TEST(BrokenProject, Csv) {
  EXPECT_EQ(with("places.csv", "id,lon,lat\ncanton,113,23\nwhampoa,\"113,23\n"),
            "places.csv:3: a quote opens here and never closes\n"
            "  hint: a quote within a quoted cell is written twice");
  EXPECT_EQ(with("events.csv", "id,kind,place\ne,battle,caf\xE9\n"),
            "events.csv:2: byte 0xE9 is not UTF-8\n  hint: save the file as UTF-8");
}

TEST(BrokenProject, Sources) {
  EXPECT_EQ(problems_of_yaml("sources: [{id: a, title: x}, {id: a}, {title: y}, z]\n"),
            "campaign.yaml:2: \"a\" is the id of another source already\n"
            "campaign.yaml:2: the source has no \"id\"\n  hint: citations name sources by it\n"
            "campaign.yaml:2: \"z\" is not a source\n  hint: a source is a map of CSL fields");
  EXPECT_EQ(
      problems_of_yaml("sources: [{id: a, issued: {date-parts: [[soon]]}, title: {en: x}}]\n"),
      "campaign.yaml:2: title: a map is not a text\n"
      "campaign.yaml:2: issued: a list is not a date\n  hint: write [[1857, 12, 28]]");
}

TEST(BrokenProject, Lenient) {
  auto files = sound();
  files["places.csv"] += "x,fort,X,200,23,,\n";
  files["events.csv"] += "e,battle,1857,,x\n";
  files["campaign.yaml"].replace(files["campaign.yaml"].find("maps:"), std::string::npos,
                                 "maps: {a: {view: {fit: [canton, x]}}}\n");
  ProjectFolder folder(files);
  auto const project = folder.read(true);
  EXPECT_EQ(
      folder.problems(),
      "places.csv:4: lon: warning: longitude 200 is not within -180 and 180; the record is "
      "left out\n"
      "  hint: write -160 for a place west of Greenwich\n"
      "events.csv:3: place: warning: \"x\" is not a place; the record is left out\n"
      "  hint: one of: canton, whampoa\n"
      "campaign.yaml:9: maps.a.view.fit: warning: \"x\" is not the id of a record or side; it "
      "is left out");
  EXPECT_EQ(project.records.places.size(), 2u);
  EXPECT_EQ(project.records.events.size(), 1u);
  EXPECT_EQ(project.maps.front().view.fit, (std::vector<std::string>{"canton"}));
}

}  // namespace
}  // namespace hachure::record
