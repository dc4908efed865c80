#include "cli/options.hpp"

#include <algorithm>
#include <map>

#include "base/diagnostics.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "record/columns.hpp"
#include "style/color.hpp"

namespace hachure::cli {

namespace {

record::Edtf date_of(std::string_view option, std::string const& text) {
  try {
    return record::parse_edtf(text);
  } catch (base::Error const& error) {
    refuse_value(option, error.message(), error.hint());
  }
}

/// The end of what a date means: `--at 1857-12-28` is the last second of that day.
std::optional<record::Instant> instant_of(CommandLine const& parsed) {
  if (!parsed.has("at")) return {};
  auto const text = parsed.value("at");
  auto const date = date_of("at", text);
  auto const latest = record::outer(date).latest;
  if (date.kind() != record::Edtf::Kind::date || !latest.is_finite()) {
    refuse_value("at", in_quotes(text) + " is not one date",
                 "one day or one time of a day, as 1857-12-28");
  }
  return latest;
}

std::optional<record::Bounds> bounds_of(CommandLine const& parsed) {
  if (!parsed.has("during")) return {};
  return record::outer(date_of("during", parsed.value("during")));
}

int whole_number(CommandLine const& parsed, std::string_view option, int least, int most,
                 int otherwise) {
  if (!parsed.has(option)) return otherwise;
  auto const text = parsed.value(option);
  auto const number = base::parse_integer(text);
  if (!number || *number < least || *number > most) {
    refuse_value(option, in_quotes(text) + " is not a whole number from " + std::to_string(least) +
                             " to " + std::to_string(most));
  }
  return static_cast<int>(*number);
}

double dots_per_inch(CommandLine const& parsed) {
  if (!parsed.has("dpi")) return render::PaintOptions().dpi;
  auto const text = parsed.value("dpi");
  auto const number = base::parse_number(text);
  if (!number || *number < 10 || *number > 4800) {
    refuse_value("dpi", in_quotes(text) + " is not a number from 10 to 4800");
  }
  return *number;
}

std::optional<std::pair<int, int>> size_of(CommandLine const& parsed) {
  if (!parsed.has("size")) return {};
  auto const text = parsed.value("size");
  auto const size = parse_size(text);
  if (!size) {
    refuse_value("size",
                 in_quotes(text) + " is not WxH with two whole numbers from 1 to " +
                     std::to_string(base::limits::max_pixels_side),
                 "as in --size 1920x1080");
  }
  return size;
}

/// Shape of a BCP-47 tag (RFC 5646): letters and digits in groups of 1 to 8, the first of letters.
void check_tag(std::string const& tag) {
  bool good = !tag.empty();
  std::size_t group = 0;
  bool first = true;
  for (char const c : tag + "-") {
    bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c == '-') {
      good = good && group >= (first ? 2u : 1u) && group <= 8;
      group = 0;
      first = false;
    } else {
      good = good && (letter || (!first && c >= '0' && c <= '9'));
      ++group;
    }
  }
  if (!good)
    refuse_value("lang", in_quotes(tag) + " is not a language tag", "as in en, zh-Hant, pt-BR");
}

/// Formats asked for, or the one that `out` names by its extension, or SVG.
std::vector<render::Format const*> formats_of(CommandLine const& parsed, std::string const& out) {
  std::vector<render::Format const*> formats;
  for (auto const& name : parsed.values("format")) formats.push_back(render::find_format(name));
  auto const extension = std::filesystem::path(out).extension().string();
  render::Format const* named = nullptr;
  for (auto const& format : render::formats()) {
    if (extension == "." + std::string(format.extension)) named = &format;
  }
  if (formats.empty()) {
    if (named == nullptr && !extension.empty() && extension != ".") {
      refuse_value("out", in_quotes(extension.substr(1)) + " is not a format",
                   base::hint_of(extension.substr(1), format_names()));
    }
    formats.push_back(named != nullptr ? named : render::find_format("svg"));
  } else if (named != nullptr && std::ranges::find(formats, named) == formats.end()) {
    refuse_value("out", in_quotes(out) + " is not the name of a file of --format " +
                            std::string(formats.front()->id));
  }
  return formats;
}

MessageOptions messages_of(CommandLine const& parsed) {
  MessageOptions messages;
  messages.json = parsed.value("messages") == "json";
  messages.quiet = parsed.has("quiet");
  messages.strict = parsed.has("strict");
  messages.lenient = parsed.has("lenient");
  auto const progress = parsed.value("progress");
  if (progress == "json") messages.progress = MessageOptions::Progress::json;
  if (progress == "none") messages.progress = MessageOptions::Progress::none;
  return messages;
}

Job render_job(CommandLine const& parsed) {
  RenderJob job;
  job.project = parsed.arguments.front();
  job.maps = parsed.values("map");
  job.at = instant_of(parsed);
  job.during = bounds_of(parsed);
  job.languages = parsed.values("lang");
  for (auto& tag : job.languages) {
    check_tag(tag);
    // Tags compare without case (RFC 5646, 2.1.1); the project's are in the customary one.
    if (auto const customary = record::parse_language_tag(tag)) tag = *customary;
  }
  job.style = parsed.value("style");
  if (parsed.has("out")) job.out = parsed.value("out");
  job.formats = formats_of(parsed, job.out);
  job.size_px = size_of(parsed);
  job.paint.dpi = dots_per_inch(parsed);
  job.paint.size_px = job.size_px;
  if (parsed.value("text") == "outlines") {
    job.paint.text = render::PaintOptions::TextMode::outlines;
  }
  if (parsed.value("curved-text") == "textpath") {
    job.paint.curved_text = render::PaintOptions::CurvedText::textpath;
  }
  job.paint.software = version_text();
  job.jobs = whole_number(parsed, "jobs", 1, 256, 0);
  job.report = parsed.value("report");
  job.deps = parsed.value("deps");
  job.placement = parsed.value("placement");
  if (job.placement == "-") refuse_value("placement", "is read and written: it must be a file");
  job.timings = parsed.value("timings");
  job.messages = messages_of(parsed);
  int on_stdout = 0;
  for (auto const& file : {job.out, job.report, job.deps, job.timings}) on_stdout += file == "-";
  if (on_stdout > 1)
    refuse("- is given twice: stdout takes one of --out, --report, --deps, --timings");
  return job;
}

/// `A-B`, whole numbers from 0.
std::optional<std::pair<int, int>> range_of(CommandLine const& parsed) {
  if (!parsed.has("frames")) return {};
  auto const text = parsed.value("frames");
  auto const dash = text.find('-');
  auto const first = base::parse_integer(text.substr(0, dash));
  auto const last = dash == std::string::npos ? first : base::parse_integer(text.substr(dash + 1));
  auto const most = static_cast<std::int64_t>(base::limits::max_frames);
  if (!first || !last || *first < 0 || *last < *first || *last >= most) {
    refuse_value("frames", in_quotes(text) + " is not A-B with two frame numbers from 0 on",
                 "as in --frames 0-99");
  }
  return std::pair(static_cast<int>(*first), static_cast<int>(*last));
}

Job frames_job(CommandLine const& parsed) {
  FramesJob job;
  job.project = parsed.arguments.front();
  job.map = parsed.value("map");
  job.sequence = parsed.value("sequence");
  job.from = parsed.value("from");
  job.to = parsed.value("to");
  job.step = parsed.value("step");
  if (parsed.has("count")) job.count = whole_number(parsed, "count", 1, 1'000'000, 1);
  job.dates = parsed.values("dates");
  job.events = parsed.has("events");
  int ways = 0;
  for (auto const* way : {"step", "count", "dates", "events"}) ways += parsed.has(way);
  if (ways > 1) refuse("only one of --step, --count, --dates and --events says which frames");
  job.lang = parsed.value("lang");
  if (parsed.has("lang")) {
    check_tag(job.lang);
    if (auto const customary = record::parse_language_tag(job.lang)) job.lang = *customary;
  }
  job.style = parsed.value("style");
  job.size_px = size_of(parsed);
  job.out = parsed.value("out");
  if (job.out == "-") refuse_value("out", "frames are many files", "a folder, as in --out DIR/");
  job.videos = parsed.values("video");
  if (parsed.has("fps")) {
    auto const text = parsed.value("fps");
    auto const number = base::parse_number(text);
    if (!number || *number < 0.01 || *number > 240) {
      refuse_value("fps", in_quotes(text) + " is not a number from 0.01 to 240");
    }
    job.frames_per_second = *number;
  }
  job.html = parsed.value("html");
  job.sheet = parsed.value("sheet");
  job.range = range_of(parsed);
  job.resume = parsed.has("resume");
  job.force = parsed.has("force");
  if (job.resume && job.force) refuse("--resume keeps frames and --force writes them anew");
  job.jobs = whole_number(parsed, "jobs", 1, 256, 0);
  job.report = parsed.value("report");
  job.timings = parsed.value("timings");
  job.software = version_text();
  job.messages = messages_of(parsed);
  return job;
}

Job check_job(CommandLine const& parsed) {
  CheckJob job;
  job.project = parsed.arguments.front();
  job.json = parsed.has("json");
  job.jobs = whole_number(parsed, "jobs", 1, 256, 0);
  job.messages = messages_of(parsed);
  return job;
}

Job list_job(CommandLine const& parsed) {
  ListJob job;
  job.subject = parsed.arguments.front();
  auto const* subject = find_list_subject(job.subject);
  if (subject == nullptr) {
    refuse(in_quotes(job.subject) + " is nothing that can be listed",
           base::hint_of(job.subject, list_subject_names()));
  }
  if (parsed.arguments.size() > 1) job.project = parsed.arguments[1];
  if (subject->needs_project && job.project.empty()) {
    refuse("hachure list " + job.subject + " needs a PROJECT",
           "usage: hachure list " + job.subject + " PROJECT");
  }
  job.at = instant_of(parsed);
  auto const format = parsed.value("format");
  if (format == "csv") job.format = ListFormat::csv;
  if (format == "json") job.format = ListFormat::json;
  if (format == "geojson") job.format = ListFormat::geojson;
  bool const has_positions = std::ranges::any_of(base::split_list(subject->fields, ','),
                                                 [](std::string const& f) { return f == "lon"; });
  if (job.format == ListFormat::geojson && !has_positions && job.subject != "events" &&
      job.subject != "movements") {
    refuse_value("format", job.subject + " have no positions for geojson",
                 "one of: table, csv, json");
  }
  job.messages = messages_of(parsed);
  return job;
}

Job date_job(CommandLine const& parsed) {
  DateJob job;
  job.texts = parsed.arguments;
  job.lang = parsed.value("lang");
  if (parsed.has("lang")) check_tag(job.lang);
  job.json = parsed.has("json");
  return job;
}

/// The argument, which must be one of `known`; the first of them when there is none.
std::string choice_of(CommandLine const& parsed, Words const& known) {
  if (parsed.arguments.empty()) return known.front();
  auto const& word = parsed.arguments.front();
  if (std::ranges::find(known, word) == known.end()) {
    refuse(in_quotes(word) + " is not one of the choices", base::hint_of(word, known));
  }
  return word;
}

std::optional<draw::Color> color_of(CommandLine const& parsed, std::string_view option) {
  if (!parsed.has(option)) return {};
  auto const text = parsed.value(option);
  auto const color = style::parse_color(text);
  if (!color) {
    refuse_value(option, in_quotes(text) + " is not a colour", "as \"#a8232b\" or a CSS name");
  }
  return color;
}

Job style_catalogue_job(CommandLine const& parsed) {
  StyleCatalogueJob job;
  if (!parsed.arguments.empty()) job.style = parsed.arguments[0];
  job.side = color_of(parsed, "side");
  job.second = color_of(parsed, "second");
  job.out = parsed.value("out");
  auto const extension = std::filesystem::path(job.out).extension().string();
  job.format = render::find_format(extension.empty() ? "svg" : base::to_lower(extension.substr(1)));
  if (job.format == nullptr) {
    refuse_value("out", in_quotes(job.out) + " has the extension of no format",
                 "one of: .svg, .png, .pdf");
  }
  job.paint.dpi = dots_per_inch(parsed);
  job.paint.software = version_text();
  return job;
}

Job style_convert_job(CommandLine const& parsed) {
  StyleConvertJob job;
  job.file = parsed.arguments[0];
  job.out = parsed.value("out");
  job.messages = messages_of(parsed);
  if (!parsed.has("scale")) {
    refuse("hachure style convert needs --scale", "the denominator of the map, as --scale 50000");
  }
  auto const text = parsed.value("scale");
  auto const number = base::parse_number(text);
  if (!number || *number < 1 || *number > 1e9) {
    refuse_value("scale", in_quotes(text) + " is not a number from 1 to 1000000000");
  }
  job.scale = *number;
  return job;
}

Job job_of(Command const& command, CommandLine const& parsed) {
  using Maker = Job (*)(CommandLine const&);
  static std::map<std::string_view, Maker> const makers{
      {"render", render_job},
      {"frames", frames_job},
      {"check", check_job},
      {"list", list_job},
      {"date", date_job},
      {"style eval", [](CommandLine const& p) -> Job { return StyleEvalJob{p.has("lines")}; }},
      {"style check",
       [](CommandLine const& p) -> Job {
         return StyleCheckJob{p.arguments[0], messages_of(p)};
       }},
      {"style convert", style_convert_job},
      {"style catalogue", style_catalogue_job},
      {"new", [](CommandLine const& p) -> Job { return NewJob{p.arguments[0]}; }},
      {"schema",
       [](CommandLine const& p) -> Job { return SchemaJob{choice_of(p, schema_names())}; }},
      {"completions",
       [](CommandLine const& p) -> Job { return CompletionsJob{choice_of(p, shell_names())}; }},
  };
  return makers.at(command.name)(parsed);
}

bool asks_for_help(std::string const& word) {
  return word == "--help" || word == "-h";
}

/// Help of all commands of two words that begin with `word`.
std::string group_help(std::string const& word) {
  std::string text;
  for (auto const& command : commands()) {
    if (!command.name.starts_with(word + " ")) continue;
    text += (text.empty() ? "" : "\n") + help(command);
  }
  return text;
}

/// The command named by the first words, which are taken off.
Command const* take_command(Words& words) {
  auto const* command = find_command(words.front());
  if (command == nullptr && words.size() > 1) {
    command = find_command(words[0] + " " + words[1]);
    if (command != nullptr) words.erase(words.begin());
  }
  if (command != nullptr) words.erase(words.begin());
  return command;
}

[[noreturn]] void refuse_command(Words const& words) {
  auto const names = command_names();
  auto const& word = words.front();
  if (word.starts_with("-")) {
    refuse(in_quotes(word) + " is not an option here",
           "the command comes first: see hachure --help");
  }
  if (std::ranges::find(names, word) == names.end()) {
    refuse(in_quotes(word) + " is not a command", base::hint_of(word, names));
  }
  Words seconds;  // of a command of two words
  for (auto const& command : commands()) {
    if (command.name.starts_with(word + " ")) {
      seconds.emplace_back(command.name.substr(word.size() + 1));
    }
  }
  if (words.size() < 2)
    refuse("hachure " + word + " needs a second word", base::hint_of("", seconds));
  refuse(in_quotes(words[1]) + " is not a command of hachure " + word,
         base::hint_of(words[1], seconds));
}

}  // namespace

std::optional<std::pair<int, int>> parse_size(std::string const& text) {
  auto const x = text.find('x');
  if (x == std::string::npos) return {};
  auto const width = base::parse_integer(text.substr(0, x));
  auto const height = base::parse_integer(text.substr(x + 1));
  auto const fits = [](std::optional<std::int64_t> const& side) {
    return side && *side >= 1 && *side <= base::limits::max_pixels_side;
  };
  if (!fits(width) || !fits(height)) return {};
  return std::pair(static_cast<int>(*width), static_cast<int>(*height));
}

Job read_options(std::vector<std::string> const& arguments) {
  auto words = arguments;
  if (words.empty()) refuse("which command?\n\n" + help());
  if (asks_for_help(words.front())) return PrintJob{help()};
  if (words.front() == "--version") return PrintJob{version_text() + "\n"};
  if (words.size() > 1 && asks_for_help(words[1]) && find_command(words.front()) == nullptr) {
    if (auto text = group_help(words.front()); !text.empty()) return PrintJob{std::move(text)};
  }
  auto const* command = take_command(words);
  if (command == nullptr) refuse_command(words);
  auto const parsed = parse_words(*command, std::move(words));
  return parsed ? job_of(*command, *parsed) : Job(PrintJob{help(*command)});
}

}  // namespace hachure::cli
