#include "cli/new_project.hpp"

namespace hachure::cli {

namespace {

constexpr std::string_view campaign_yaml =
    R"text(# A project of hachure: the fights at Lexington and Concord, 19 April 1775.
#   hachure render .                              every map, as SVG, into output/
#   hachure render . --format pdf --lang fr       in the other language
#   hachure list places . --at 1775-04-19T12:00   who holds what at noon
#   hachure check .                               everything that is wrong, with file and line
hachure: 1
title: {en: Lexington and Concord, fr: Lexington et Concord}
languages: [en, fr]        # the first is the default

sides:
  british: {name: {en: British, fr: Britanniques}, color: "#a8232b"}
  massachusetts: {name: {en: Massachusetts militia, fr: Milice du Massachusetts}, color: "#1f4f96"}

# Who says so: every record names its sources by these ids, as in  source: fischer;gage:12
sources: sources.json

# The records. CSV, GeoJSON, spreadsheets, GeoPackage: anything that OGR reads.
places: {data: places.csv}
events: {data: events.csv}
movements: {data: movements.geojson}

# The ground under them; a style draws a layer by its class.
layers:
  water:
    data: layers/water.geojson
    class: water
    attribution: {en: Shores and rivers sketched., fr: Rivages et rivières esquissés.}
  rivers: {data: layers/rivers.geojson, class: river}
  roads: {data: layers/roads.geojson, class: road}

maps:
  april-19:
    title: {en: Lexington and Concord, fr: Lexington et Concord}
    subtitle: {en: "The nineteenth of April 1775", fr: "Le dix-neuf avril 1775"}
    page: {width: 180mm, height: 120mm}
    view: {fit: [concord, barretts_farm, boston, menotomy], margin: 16mm}
    when: 1775-04-19       # what has happened by the end of that time is drawn
    style: modern
    furniture:
      title: {at: top-left}
      legend: {}
      event-key: {}
      scale-bar: {units: [km, mi]}
      north-arrow: {}
      graticule: {}
      sources: {}
)text";

constexpr std::string_view places_csv =
    R"text(id,kind,title:en,title:fr,lon,lat,uncertainty_m,side,rank,source
boston,city,Boston,Boston,-71.0640,42.3575,200,british,1,fischer
charlestown,town,Charlestown,Charlestown,-71.0609,42.3745,200,,3,fischer
cambridge,town,Cambridge,Cambridge,-71.1190,42.3744,200,,3,fischer
menotomy,village,Menotomy,Menotomy,-71.1565,42.4154,200,,2,fischer
lexington,village,Lexington,Lexington,-71.2307,42.4497,50,massachusetts,1,fischer
concord,town,Concord,Concord,-71.3489,42.4604,100,massachusetts,1,fischer
north_bridge,bridge,North Bridge,Pont du Nord,-71.3508,42.4690,20,massachusetts,2,fischer
meriams_corner,landmark,Meriam’s Corner,Carrefour Meriam,-71.3237,42.4596,100,,3,fischer
barretts_farm,landmark,Barrett’s farm,Ferme Barrett,-71.3863,42.4743,200,massachusetts,3,fischer
)text";

constexpr std::string_view events_csv =
    R"text(id,kind,when,side,against,place,certainty,rank,title:en,title:fr,losses:en,losses:fr,source
lexington_green,skirmish,1775-04-19T05:00~,british,massachusetts,lexington,,1,First shots on Lexington Green,Premiers coups de feu à Lexington,8 militiamen killed,8 miliciens tués,fischer;gage
concord_search,raid,1775-04-19T08:00~/1775-04-19T12:00~,british,massachusetts,concord,,2,Concord searched for arms,Concord fouillée,,,gage
bridge_fight,battle,1775-04-19T09:30~,massachusetts,british,north_bridge,,1,Fight at the North Bridge,Combat du pont du Nord,,,fischer
meriam,attack,1775-04-19T12:30~,massachusetts,british,meriams_corner,,2,Militia attack the retreat,La milice attaque la retraite,,,fischer
percy_joins,note,1775-04-19T14:30~,british,,lexington,,3,Percy’s brigade meets the column,La brigade de Percy rejoint la colonne,,,percy
menotomy_fight,battle,1775-04-19T16:30~,massachusetts,british,menotomy,,1,House-to-house fight at Menotomy,Combat de maison en maison à Menotomy,,,fischer
)text";

constexpr std::string_view movements_geojson =
    R"text({"type": "FeatureCollection", "name": "movements", "features": [
{"type": "Feature", "properties": {"id": "smith_out", "kind": "march",
"when": "1775-04-19T02:00~/1775-04-19T08:00~", "side": "british", "rank": 1, "strength": 700,
"title:en": "Smith’s column", "title:fr": "Colonne de Smith", "certainty": "approximate",
"source": "fischer;gage"}, "geometry": {"type": "LineString", "coordinates": [[-71.0795, 42.3715],
[-71.0960, 42.3795], [-71.1190, 42.3880], [-71.1330, 42.3990], [-71.1565, 42.4154],
[-71.1850, 42.4275], [-71.2130, 42.4420], [-71.2307, 42.4497], [-71.2533, 42.4510],
[-71.2900, 42.4530], [-71.3237, 42.4596], [-71.3440, 42.4604]]}},
{"type": "Feature", "properties": {"id": "percy_out", "kind": "march",
"when": "1775-04-19T09:00~/1775-04-19T14:30~", "side": "british", "rank": 1, "strength": 1000,
"title:en": "Percy’s brigade", "title:fr": "Brigade de Percy", "certainty": "approximate",
"source": "percy"}, "geometry": {"type": "LineString", "coordinates": [[-71.0670, 42.3500],
[-71.0700, 42.3440], [-71.0900, 42.3320], [-71.1130, 42.3400], [-71.1260, 42.3560],
[-71.1220, 42.3690], [-71.1210, 42.3780], [-71.1360, 42.3975], [-71.1590, 42.4130],
[-71.1870, 42.4250], [-71.2260, 42.4465]]}},
{"type": "Feature", "properties": {"id": "retreat", "kind": "retreat",
"when": "1775-04-19T12:00~/1775-04-19T19:00~", "side": "british", "rank": 1,
"title:en": "Retreat", "title:fr": "Retraite", "certainty": "approximate",
"source": "fischer;percy"}, "geometry": {"type": "LineString",
"coordinates": [[-71.3440, 42.4625], [-71.3237, 42.4620], [-71.2900, 42.4560],
[-71.2533, 42.4535], [-71.2307, 42.4520], [-71.2110, 42.4440], [-71.1840, 42.4300],
[-71.1545, 42.4175], [-71.1310, 42.4010], [-71.1150, 42.3890], [-71.0980, 42.3835],
[-71.0790, 42.3850], [-71.0660, 42.3790]]}}
]}
)text";

constexpr std::string_view sources_json = R"text([
 {"id": "fischer", "type": "book", "title": "Paul Revere’s Ride", "author": [{"family": "Fischer",
"given": "David Hackett"}], "issued": {"date-parts": [[1994]]},
"publisher": "Oxford University Press"},
 {"id": "gage", "type": "pamphlet",
"title": "A Circumstantial Account of an Attack that Happened on the 19th of April 1775",
"author": [{"family": "Gage", "given": "Thomas"}], "issued": {"date-parts": [[1775]]}},
 {"id": "percy", "type": "personal_communication",
"title": "Letter to General Gage, 20 April 1775", "author": [{"family": "Percy",
"given": "Hugh"}], "issued": {"date-parts": [[1775, 4, 20]]}}
]
)text";

constexpr std::string_view layers_water_geojson =
    R"text({"type": "FeatureCollection", "name": "water", "features": [
{"type": "Feature", "properties": {"id": "harbour", "name:en": "Boston Harbor",
"name:fr": "Port de Boston", "method": "sketched after the shore of 1775; within 500 m"},
"geometry": {"type": "Polygon", "coordinates": [[[-70.90, 42.30], [-70.90, 42.385],
[-70.98, 42.380], [-71.000, 42.375], [-71.030, 42.383], [-71.040, 42.385], [-71.050, 42.392],
[-71.065, 42.393], [-71.080, 42.393], [-71.092, 42.400], [-71.103, 42.406], [-71.105, 42.404],
[-71.095, 42.397], [-71.085, 42.391], [-71.0765, 42.3865], [-71.067, 42.3865], [-71.057, 42.381],
[-71.056, 42.3735], [-71.0615, 42.371], [-71.069, 42.377], [-71.0765, 42.3835],
[-71.0780, 42.3745], [-71.0795, 42.3695], [-71.085, 42.3635], [-71.098, 42.359],
[-71.108, 42.3570], [-71.112, 42.3620], [-71.121, 42.3695], [-71.1235, 42.3685],
[-71.1165, 42.3600], [-71.112, 42.3545], [-71.100, 42.350], [-71.085, 42.343], [-71.0715, 42.347],
[-71.0725, 42.357], [-71.070, 42.364], [-71.062, 42.3685], [-71.054, 42.369], [-71.049, 42.364],
[-71.050, 42.356], [-71.056, 42.350], [-71.064, 42.343], [-71.055, 42.335], [-71.030, 42.325],
[-71.000, 42.300], [-70.90, 42.30]]]}}
]}
)text";

constexpr std::string_view layers_rivers_geojson =
    R"text({"type": "FeatureCollection", "name": "rivers", "features": [
{"type": "Feature", "properties": {"id": "concord_river", "name:en": "Concord River",
"name:fr": "Rivière Concord", "method": "sketched; within 500 m"},
"geometry": {"type": "LineString", "coordinates": [[-71.3850, 42.4200], [-71.3740, 42.4370],
[-71.3690, 42.4480], [-71.3590, 42.4590], [-71.3540, 42.4645], [-71.3506, 42.4692],
[-71.3420, 42.4760], [-71.3330, 42.4850], [-71.3250, 42.4960], [-71.3180, 42.5150]]}},
{"type": "Feature", "properties": {"id": "charles_river", "name:en": "Charles River",
"name:fr": "Rivière Charles", "method": "sketched; within 500 m"},
"geometry": {"type": "LineString", "coordinates": [[-71.2600, 42.3450], [-71.2420, 42.3620],
[-71.2100, 42.3610], [-71.1860, 42.3680], [-71.1560, 42.3620], [-71.1400, 42.3740],
[-71.1230, 42.3690]]}}
]}
)text";

constexpr std::string_view layers_roads_geojson =
    R"text({"type": "FeatureCollection", "name": "roads", "features": [
{"type": "Feature", "properties": {"id": "bay_road", "name:en": "Concord road",
"name:fr": "Route de Concord", "method": "sketched; within 500 m"},
"geometry": {"type": "LineString", "coordinates": [[-71.0780, 42.3845], [-71.0980, 42.3830],
[-71.1190, 42.3880], [-71.1330, 42.3990], [-71.1565, 42.4154], [-71.1850, 42.4275],
[-71.2130, 42.4420], [-71.2307, 42.4497], [-71.2533, 42.4510], [-71.2900, 42.4530],
[-71.3237, 42.4596], [-71.3489, 42.4604]]}},
{"type": "Feature", "properties": {"id": "bridge_road", "method": "sketched; within 500 m"},
"geometry": {"type": "LineString", "coordinates": [[-71.3489, 42.4604], [-71.3508, 42.4690],
[-71.3660, 42.4730], [-71.3863, 42.4743]]}},
{"type": "Feature", "properties": {"id": "roxbury_road", "method": "sketched; within 500 m"},
"geometry": {"type": "LineString", "coordinates": [[-71.0655, 42.3550], [-71.0670, 42.3480],
[-71.0720, 42.3420], [-71.0900, 42.3320], [-71.1130, 42.3400], [-71.1260, 42.3560],
[-71.1225, 42.3690], [-71.1190, 42.3744], [-71.1330, 42.3990]]}}
]}
)text";

}  // namespace

std::span<NewFile const> new_project() {
  static constexpr NewFile files[] = {
      {"campaign.yaml", campaign_yaml},
      {"places.csv", places_csv},
      {"events.csv", events_csv},
      {"movements.geojson", movements_geojson},
      {"sources.json", sources_json},
      {"layers/water.geojson", layers_water_geojson},
      {"layers/rivers.geojson", layers_rivers_geojson},
      {"layers/roads.geojson", layers_roads_geojson},
  };
  return files;
}

}  // namespace hachure::cli
