#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "draw/color.hpp"
#include "record/edtf.hpp"
#include "render/format.hpp"

/// What a command line asks for, typed and checked, one struct per command. Nothing here has been
/// looked up on the disk.
namespace hachure::cli {

/// What a run says on stderr, and how strict it is.
struct MessageOptions {
  enum class Progress { automatic, json, none };

  bool json = false;     ///< `--messages json`: one object per line
  bool quiet = false;    ///< no warnings, no progress
  bool strict = false;   ///< warnings make the exit status 1
  bool lenient = false;  ///< wrong records, missing glyphs and fonts are warnings
  Progress progress = Progress::automatic;
};

/// `hachure render`
struct RenderJob {
  std::filesystem::path project;
  std::vector<std::string> maps;  ///< empty: all
  std::optional<record::Instant> at;
  std::optional<record::Bounds> during;
  std::vector<std::string> languages;          ///< empty: the project's first
  std::string style;                           ///< empty: the map's own
  std::vector<render::Format const*> formats;  ///< at least one
  std::optional<std::pair<int, int>> size_px;
  render::PaintOptions paint;
  std::string out = "output/";  ///< file, folder or `-`
  int jobs = 0;                 ///< 0: as many as there are processors
  std::string report;           ///< files; empty: not asked for
  std::string deps;
  std::string placement;  ///< read if it exists, then written
  std::string timings;
  MessageOptions messages;
};

/// Size in pixels as `1920x1080`, or nothing.
std::optional<std::pair<int, int>> parse_size(std::string const& text);

/// `hachure frames`
struct FramesJob {
  std::filesystem::path project;
  std::string map;       ///< empty: that of the sequence
  std::string sequence;  ///< empty: none named
  std::string from;      ///< dates as written; empty: not given
  std::string to;
  std::string step;
  std::optional<int> count;
  std::vector<std::string> dates;
  bool events = false;
  std::string lang;  ///< empty: the project's first
  std::string style;
  std::optional<std::pair<int, int>> size_px;
  std::string out;  ///< folder; empty: none asked for
  std::vector<std::string> videos;
  double frames_per_second = 25;
  std::string html;
  std::string sheet;
  std::optional<std::pair<int, int>> range;  ///< frames A-B, inclusive
  bool resume = false;
  bool force = false;
  int jobs = 0;
  std::string report;
  std::string timings;
  std::string software;
  MessageOptions messages;
};

/// `hachure check`
struct CheckJob {
  std::filesystem::path project;
  bool json = false;
  int jobs = 0;
  MessageOptions messages;
};

/// How a list is printed.
enum class ListFormat { table, csv, json, geojson };

/// `hachure list`
struct ListJob {
  std::string subject;            ///< a row of the table of subjects
  std::filesystem::path project;  ///< empty: none given
  std::optional<record::Instant> at;
  ListFormat format = ListFormat::table;
  MessageOptions messages;
};

/// `hachure date`
struct DateJob {
  std::vector<std::string> texts;  ///< `-` stands for the lines of stdin
  std::string lang;                ///< also say the date in this language; empty: do not
  bool json = false;
};

/// `hachure style eval`
struct StyleEvalJob {
  bool lines = false;  ///< a request a line, instead of one request
};

/// `hachure style check`
struct StyleCheckJob {
  std::string file;
  MessageOptions messages;
};

/// `hachure style convert`
struct StyleConvertJob {
  std::string file;
  double scale = 0;  ///< denominator
  std::string out;   ///< file or `-`; empty: stdout
  MessageOptions messages;
};

/// `hachure style catalogue`
struct StyleCatalogueJob {
  std::string style = "modern";
  std::optional<draw::Color> side;    ///< of the samples; absent: the style's ink
  std::optional<draw::Color> second;  ///< likewise
  std::string out;                    ///< file or `-`; empty: stdout
  render::Format const* format = nullptr;
  render::PaintOptions paint;
};

/// `hachure new`
struct NewJob {
  std::filesystem::path folder;
};

/// `hachure schema`
struct SchemaJob {
  std::string of = "project";  ///< or `style`
};

/// `hachure completions`
struct CompletionsJob {
  std::string shell;  ///< bash, zsh or fish
};

/// `--help` or `--version`: the text to print.
struct PrintJob {
  std::string text;
};

using Job =
    std::variant<RenderJob, FramesJob, CheckJob, ListJob, DateJob, StyleEvalJob, StyleCheckJob,
                 StyleConvertJob, StyleCatalogueJob, NewJob, SchemaJob, CompletionsJob, PrintJob>;

}  // namespace hachure::cli
