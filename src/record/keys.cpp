#include "record/keys.hpp"

#include <array>

namespace hachure::record {

namespace {

using enum ValueType;

constexpr std::array side_keys = {
    Key{"name", text, "name of the side"},
    Key{"short", text, "form of the name for the map"},
    Key{"color", word, "CSS colour of its symbols and movements"},
    Key{"light", word, "lighter tint; derived from color if not given"},
    Key{"cue", cue, "second cue beside the colour: solid, line, hollow or hatched"},
    Key{"note", text, "remark for readers"},
};
constexpr Section side_section{"sides.<id>", side_keys};

constexpr std::array table_keys = {
    Key{"data", path, "file of the table, or an OGR connection string"},
    Key{"layer", word, "layer or sheet; the first if not given"},
    Key{"columns", word_map, "our name of a column: the file's name"},
    Key{"points", words_map,
        "of movements given point by point: x, y, group, parts, order, strength"},
    Key{"defaults", word_map, "our name of a column: value of rows that give none"},
    Key{"records", records, "the records themselves, instead of data"},
};
constexpr Section table_section{"<table>", table_keys};

constexpr std::array layer_keys = {
    Key{"data", path, "file of the layer, or an OGR connection string", nullptr, true},
    Key{"layer", word, "layer of the file; the first if not given"},
    Key{"class", word, "how styles address it; the id if not given"},
    Key{"height", word, "attribute with metres: form lines and points that ground is made of"},
    Key{"scale-min", scale, "used on maps of this denominator or more"},
    Key{"scale-max", scale, "used on maps below this denominator"},
    Key{"attribution", text, "credit for the sources line"},
};
constexpr Section layer_section{"layers.<id>", layer_keys};

constexpr std::array scale_unit_keys = {
    Key{"name", text, "name of the unit"},
    Key{"metres", positive, "its length", nullptr, true},
};
constexpr Section scale_unit_section{"scale-units.<id>", scale_unit_keys};

constexpr std::array page_keys = {
    Key{"width", page_length, "e.g. 174mm"},
    Key{"height", page_length, "e.g. 220mm"},
    Key{"size", page_size, "a paper size instead of width and height"},
    Key{"orientation", orientation, "of size; portrait if not given"},
};
constexpr Section page_section{"maps.<id>.page", page_keys};

constexpr std::array view_keys = {
    Key{"center", position, "middle of the map; with scale"},
    Key{"scale", scale, "denominator; with center"},
    Key{"bbox", box, "extent in degrees"},
    Key{"fit", words, "ids of records or sides that must be seen"},
    Key{"margin", margin, "room around what is fitted; 8mm if not given"},
};
constexpr Section view_section{"maps.<id>.view", view_keys};

constexpr std::array inset_keys = {
    Key{"map", word, "id of a map of this project", nullptr, true},
    Key{"width", page_length, "its own width if not given"},
    Key{"height", page_length, "its own height if not given"},
    Key{"at", corner, "corner or edge"},
    Key{"x", offset, "from the left of the map frame"},
    Key{"y", offset, "from its top"},
};
constexpr Section inset_section{"maps.<id>.insets[]", inset_keys};

constexpr std::array select_keys = {
    Key{"places", selection, "which places appear"},
    Key{"units", selection, "which units appear"},
    Key{"events", selection, "which events appear"},
    Key{"movements", selection, "which movements appear"},
};
constexpr Section select_section{"maps.<id>.select", select_keys};

constexpr std::array one_selection_keys = {
    Key{"ids", words, "only these"},
    Key{"except", words, "all but these"},
    Key{"filter", filter, "expression of the style language"},
};
constexpr Section one_selection_section{"maps.<id>.select.<table>", one_selection_keys};

constexpr std::array lane_keys = {
    Key{"title", text, "name of the lane", nullptr, true},
    Key{"kinds", kinds, "kinds of the events in it", nullptr, true},
};
constexpr Section lane_section{"maps.<id>.furniture.timeline.lanes[]", lane_keys};

constexpr std::array furniture_keys = {
    Key{"at", corner, "corner or edge; found by the program if not given"},
    Key{"width", page_length, "its width"},
    Key{"height", page_length, "its height"},
    Key{"x", offset, "from the left of the map frame"},
    Key{"y", offset, "from its top"},
    Key{"columns", count, "columns of a key, legend or order of battle"},
    Key{"second", word, "of a title, timeline or date: a second language"},
    Key{"frame", word, "of a scale bar: box or none"},
    Key{"units", words,
        "of a scale bar: km, mi, nmi, yd, m or a key of scale-units; of an order of battle: ids"},
    Key{"interval", word, "of a graticule, in degrees, minutes or seconds: 10' or 0.5"},
    Key{"lanes", section_list, "of a timeline: title and kinds of each", &lane_section},
    Key{"calendars", calendars, "of a date or timeline: chinese, julian"},
};
constexpr Section one_furniture_section{"maps.<id>.furniture.<name>", furniture_keys};

constexpr std::array map_keys = {
    Key{"title", text, "title of the map"},
    Key{"subtitle", text, "second line"},
    Key{"description", text, "alternative text; derived if not given"},
    Key{"page", section, "size of the page; 174 by 220 mm if not given", &page_section},
    Key{"view", section, "what it shows: center and scale, bbox or fit", &view_section, true},
    Key{"rotation", angle, "up is this many degrees clockwise from north"},
    Key{"projection", word, "auto, EPSG:n, or a PROJ string"},
    Key{"when", date, "the time that it shows"},
    Key{"style", word, "name or file of a style; modern if not given"},
    Key{"furniture", furniture, "title, legend, scale bar and the like", &one_furniture_section},
    Key{"insets", section_list, "other maps of the project within this one", &inset_section},
    Key{"select", section, "which records appear", &select_section},
    Key{"layers", words, "ids of the layers used; all if not given"},
};
constexpr Section map_section{"maps.<id>", map_keys};

constexpr std::array camera_keys = {
    Key{"at", date, "when the view is this one; an interval: all that time", nullptr, true},
    Key{"center", position, "middle of the view; with scale"},
    Key{"scale", scale, "denominator; with center"},
    Key{"bbox", box, "extent in degrees"},
    Key{"fit", words, "ids of records or sides that must be seen"},
    Key{"margin", margin, "room around what is fitted; 8mm if not given"},
};
constexpr Section camera_section{"sequences.<id>.camera[]", camera_keys};

constexpr std::array sequence_keys = {
    Key{"map", word, "id of a map", nullptr, true},
    Key{"from", word, "first instant"},
    Key{"to", word, "last instant"},
    Key{"step", word, "time from frame to frame: 1d, PT30M"},
    Key{"size", word, "pixels: 1920x1080"},
    Key{"style", word, "name or file of a style"},
    Key{"camera", section_list, "dated views that the picture passes through", &camera_section},
};
constexpr Section sequence_section{"sequences.<id>", sequence_keys};

constexpr std::array project_keys = {
    Key{"hachure", version, "version of this format: 1", nullptr, true},
    Key{"title", text, "title of the campaign"},
    Key{"author", text, "who made it"},
    Key{"rights", text, "licence or copyright"},
    Key{"languages", languages, "the first is the default"},
    Key{"sides", sections, "who fought", &side_section},
    Key{"sources", sources, "CSL-JSON: a file, or the items themselves"},
    Key{"places", table, "table of places", &table_section},
    Key{"units", table, "table of units", &table_section},
    Key{"events", table, "table of events", &table_section},
    Key{"movements", table, "table of movements", &table_section},
    Key{"layers", sections, "geodata under the records", &layer_section},
    Key{"scale-units", sections, "units of length of the period", &scale_unit_section},
    Key{"maps", sections, "the maps", &map_section},
    Key{"sequences", sections, "sequences of frames", &sequence_section},
    Key{"styles", words, "folders with styles of your own"},
};
constexpr Section whole{"", project_keys};

constexpr std::array<std::string_view, 10> furniture_names = {
    "title",    "legend", "scale-bar", "north-arrow", "graticule",
    "timeline", "date",   "event-key", "sources",     "order-of-battle"};

constexpr std::array<std::string_view, 2> calendar_names = {"chinese", "julian"};

constexpr std::array<std::string_view, 4> cue_names = {"solid", "line", "hollow", "hatched"};

constexpr std::array<std::string_view, 9> corner_names = {"top-left",    "top",    "top-right",
                                                          "left",        "center", "right",
                                                          "bottom-left", "bottom", "bottom-right"};

constexpr std::array sizes = {
    PageSize{"A2", 420, 594},        PageSize{"A3", 297, 420},
    PageSize{"A4", 210, 297},        PageSize{"A5", 148, 210},
    PageSize{"A6", 105, 148},        PageSize{"letter", 215.9, 279.4},
    PageSize{"legal", 215.9, 355.6}, PageSize{"tabloid", 279.4, 431.8},
};

}  // namespace

Section const& project_section() {
  return whole;
}
Section const& furniture_section() {
  return one_furniture_section;
}
Section const& selection_section() {
  return one_selection_section;
}
std::span<std::string_view const> furniture_kinds() {
  return furniture_names;
}
std::span<std::string_view const> side_cues() {
  return cue_names;
}
std::span<std::string_view const> other_calendars() {
  return calendar_names;
}
std::span<std::string_view const> corners() {
  return corner_names;
}
std::span<PageSize const> page_sizes() {
  return sizes;
}

}  // namespace hachure::record
