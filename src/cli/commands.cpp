#include "cli/commands.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "cli/messages.hpp"
#include "cli/options.hpp"

namespace hachure::cli {

namespace {

std::vector<std::string> message_forms() {
  return {"text", "json"};
}
std::vector<std::string> progress_forms() {
  return {"auto", "json", "none"};
}
std::vector<std::string> text_forms() {
  return {"live", "outlines"};
}
std::vector<std::string> curved_forms() {
  return {"glyphs", "textpath"};
}
std::vector<std::string> list_forms() {
  return {"table", "csv", "json", "geojson"};
}

template <typename Row>
std::vector<std::string> names_of(std::span<Row const> rows) {
  std::vector<std::string> names;
  for (auto const& row : rows) names.emplace_back(row.name);
  return names;
}

template <typename Row>
Row const* find_row(std::span<Row const> rows, std::string_view name) {
  auto const found = std::ranges::find(rows, name, &Row::name);
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

std::span<Command const> commands() {
  static constexpr Command table[] = {
      {"render", "PROJECT", 1, 1, "draw maps of a project as SVG, PNG or PDF"},
      {"frames", "PROJECT", 1, 1, "draw a map at many instants: frames, films, a page, a sheet"},
      {"check", "PROJECT", 1, 1, "read and lay out everything, write nothing, say what is wrong"},
      {"list", "SUBJECT [PROJECT]", 1, 2, "print a table of a project or of the program"},
      {"date", "TEXT...", 1, 1'000'000, "say what a date means; - reads lines from stdin"},
      {"style eval", "", 0, 0, "evaluate style expressions given as JSON on stdin"},
      {"style check", "FILE", 1, 1, "read a style and say what is wrong with it"},
      {"style convert", "STYLE.json", 1, 1, "write a MapLibre style at a scale as one of ours"},
      {"style catalogue", "[STYLE]", 0, 1, "draw all symbols on one sheet"},
      {"new", "DIR", 1, 1, "write a small project that renders as it stands"},
      {"schema", "[project|style]", 0, 1, "print the JSON Schema of a project or style file"},
      {"completions", "bash|zsh|fish", 1, 1, "print a completion script for a shell"},
  };
  return table;
}

std::span<Option const> options() {
  static constexpr Option table[] = {
      {"map", "render", "ID", "draw this map (may be repeated); without it all maps", nullptr,
       false, true},
      {"map", "frames", "ID", "the map; without it that of the sequence"},
      {"sequence", "frames", "ID", "times, size and style of a sequence of the project"},
      {"from", "frames", "DATE", "first frame; without it the beginning of the map's time"},
      {"to", "frames", "DATE", "last frame, inclusive; without it the end of the map's time"},
      {"step", "frames", "DURATION", "from frame to frame: 30min, 6h, 1d, 1w, 1mo, PT30M", nullptr,
       false, false, "count"},
      {"count", "frames", "N", "so many frames, at even distances", nullptr, false, false, "dates"},
      {"dates", "frames", "DATE,...", "a frame for each of these", nullptr, true, false, "events"},
      {"events", "frames", "", "a frame for each change of state", nullptr, false, false, "step"},
      {"at", "render|list", "DATE", "the state at a date; without a time, at the end of that day",
       nullptr, false, false, "during"},
      {"during", "render", "INTERVAL", "the time shown, instead of the map's own"},
      {"lang", "render", "TAG[,TAG...]", "languages; without it the project's first", nullptr,
       true},
      {"lang", "frames", "TAG", "language; without it the project's first"},
      {"lang", "date", "TAG", "say the date in this language as well"},
      {"style", "render|frames", "NAME|FILE", "style instead of the maps' own"},
      {"format", "render", "FORMAT[,...]",
       "output formats; without it the extension of --out, or svg", format_names, true},
      {"dpi", "render", "N", "pixels per inch of PNG (300)"},
      {"size", "render", "WxH", "page of W x H pixels of 1/96 inch", nullptr, false, false, "dpi"},
      {"size", "frames", "WxH",
       "frames of W x H pixels (1920x1080); page and sheet too, else the map's own"},
      {"text", "render", "FORM", "text of SVG and PDF as text or as outlines (live)", text_forms},
      {"curved-text", "render", "FORM", "curved text of SVG by glyphs or on a textPath (glyphs)",
       curved_forms},
      {"out", "render", "FILE|DIR/|-", "where to write (output/); - is stdout"},
      {"out", "frames", "DIR/",
       "folder for the frames as PNG (output/, unless a film, page or sheet is asked for)"},
      {"video", "frames", "FILE", "also a film: .webp, .png, .gif, .mp4, .webm (may be repeated)",
       nullptr, false, true},
      {"fps", "frames", "N", "frames a second of films and of the page (25)"},
      {"html", "frames", "FILE", "also a page with the map, a slider and the events"},
      {"sheet", "frames", "FILE", "also all frames as small maps on one page: .svg, .pdf, .png"},
      {"frames", "frames", "A-B", "only these of the run's frames, from 0, inclusive"},
      {"resume", "frames", "", "keep the frames that an interrupted run has written"},
      {"force", "frames", "", "write into a folder that holds frames of another run"},
      {"out", "style convert", "FILE", "where to write; without it, or with -, stdout"},
      {"out", "style catalogue", "FILE", "where to write, as SVG, PNG or PDF (SVG to stdout)"},
      {"dpi", "style catalogue", "N", "pixels per inch of PNG (300)"},
      {"side", "style catalogue", "COLOUR", "colour of a side; without it the style's ink"},
      {"second", "style catalogue", "COLOUR", "colour of a second side, likewise"},
      {"scale", "style convert", "N", "denominator of the scale, as 50000"},
      {"report", "render|frames", "FILE", "write what was drawn, and every label, as JSON"},
      {"deps", "render", "FILE", "write what the outputs were made from as a Makefile fragment"},
      {"placement", "render", "FILE",
       "keep the labels where this file has them, and write where they are"},
      {"timings", "render|frames", "FILE", "write how long each stage took as JSON"},
      {"json", "check|date", "", "print the result as JSON"},
      {"format", "list", "FORM", "how to print (table)", list_forms},
      {"lines", "style eval", "", "a request a line instead of one request"},
      {"jobs", "render|frames|check", "N", "threads; without it one per processor"},
      {"strict", "render|frames|check|style check|style convert", "",
       "warnings make the exit status 1"},
      {"lenient", "render|frames|check|list", "",
       "leave out what is wrong with a warning; draw without missing glyphs and fonts"},
      {"quiet", "render|frames|check", "", "no warnings, no progress"},
      {"progress", "render|frames", "FORM", "progress on stderr; auto is a terminal's (auto)",
       progress_forms},
      {"messages", "render|frames|check|list|style check|style convert", "FORM",
       "messages on stderr (text)", message_forms},
  };
  return table;
}

std::vector<Option const*> options_of(Command const& command) {
  std::vector<Option const*> out;
  for (auto const& option : options()) {
    auto const names = base::split_list(option.commands, '|');
    if (std::ranges::find(names, command.name) != names.end()) out.push_back(&option);
  }
  return out;
}

std::span<ListSubject const> list_subjects() {
  static constexpr ListSubject table[] = {
      {"maps", true, "id,title,style,width_mm,height_mm,projection,when,insets", "maps"},
      {"events", true, "id,kind,when,earliest,latest,side,place,title,source", "events"},
      {"places", true, "id,name,kind,lon,lat,holder,condition,uncertainty_m,source", "places"},
      {"sides", true, "id,name,color", "sides"},
      {"units", true, "id,name,side,parent,echelon,commander,strength,lon,lat", "units"},
      {"movements", true, "id,kind,when,earliest,latest,side,unit,from,to,title,source",
       "movements"},
      {"sources", true, "id,type,author,issued,title", "works that the records cite"},
      {"layers", true, "id,class,data,layer,attribution", "geodata under the records"},
      {"languages", true, "tag,default", "languages of the project"},
      {"styles", false, "name", "styles of the program, and of the project if one is given"},
      {"symbols", false, "id,title,file", "symbols, likewise"},
      {"kinds", false, "id,geometry,time,effect,symbol,sentence", "kinds of events and movements"},
      {"fonts", false, "family", "installed font families"},
      {"formats", false, "id,extension,media_type,sentence", "output formats"},
      {"projections", false, "id,proj,sentence", "named projections"},
      {"properties", false, "name,type,layers,default,sentence", "properties of style layers"},
  };
  return table;
}

Command const* find_command(std::string_view name) {
  return find_row(commands(), name);
}
ListSubject const* find_list_subject(std::string_view name) {
  return find_row(list_subjects(), name);
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (auto const& command : commands()) {
    std::string const word(command.name.substr(0, command.name.find(' ')));
    if (std::ranges::find(names, word) == names.end()) names.push_back(word);
  }
  return names;
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (auto const& format : render::formats()) names.emplace_back(format.id);
  return names;
}

std::vector<std::string> list_subject_names() {
  return names_of(list_subjects());
}
std::vector<std::string> shell_names() {
  return {"bash", "zsh", "fish"};
}
std::vector<std::string> schema_names() {
  return {"project", "style"};
}

int run(PrintJob const& job) {
  print_result(job.text);
  return 0;
}

int run(std::vector<std::string> const& arguments) {
  return std::visit([](auto const& job) { return run(job); }, read_options(arguments));
}

}  // namespace hachure::cli
