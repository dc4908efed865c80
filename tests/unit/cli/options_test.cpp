#include "cli/options.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "cli/commands.hpp"

namespace hachure::cli {
namespace {

template <typename T>
T read(std::vector<std::string> const& arguments) {
  return std::get<T>(read_options(arguments));
}

/// The whole text of the error of a command line that is refused as usage.
std::string refusal(std::vector<std::string> const& arguments) {
  try {
    read_options(arguments);
  } catch (base::Error const& error) {
    EXPECT_EQ(error.fault(), base::Fault::usage);
    return error.what();
  }
  return "not refused";
}

TEST(Options, RenderHasDefaults) {
  auto const job = read<RenderJob>({"render", "campaign"});
  EXPECT_EQ(job.project, "campaign");
  EXPECT_TRUE(job.maps.empty());
  EXPECT_FALSE(job.at);
  EXPECT_FALSE(job.during);
  EXPECT_TRUE(job.languages.empty());
  ASSERT_EQ(job.formats.size(), 1u);
  EXPECT_EQ(job.formats[0]->id, "svg");
  EXPECT_EQ(job.paint.dpi, 300);
  EXPECT_EQ(job.paint.text, render::PaintOptions::TextMode::live);
  EXPECT_EQ(job.paint.software, version_text());
  EXPECT_EQ(job.out, "output/");
  EXPECT_EQ(job.jobs, 0);
  EXPECT_FALSE(job.messages.strict);
  EXPECT_EQ(job.messages.progress, MessageOptions::Progress::automatic);
}

TEST(Options, RenderTakesEverything) {
  auto const job = read<RenderJob>({"render",
                                    "--map",
                                    "a",
                                    "--map",
                                    "b",
                                    "campaign",
                                    "--lang=en,zh-Hant",
                                    "--format",
                                    "png,pdf",
                                    "--dpi",
                                    "600",
                                    "--text",
                                    "outlines",
                                    "--curved-text",
                                    "textpath",
                                    "--out",
                                    "maps/",
                                    "--jobs",
                                    "3",
                                    "--report",
                                    "r.json",
                                    "--deps",
                                    "d.mk",
                                    "--strict",
                                    "--lenient",
                                    "--quiet",
                                    "--progress",
                                    "json",
                                    "--style",
                                    "other.yaml",
                                    "--messages",
                                    "json",
                                    "--during",
                                    "1857-12-28/1857-12-29"});
  EXPECT_EQ(job.maps, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(job.languages, (std::vector<std::string>{"en", "zh-Hant"}));
  ASSERT_EQ(job.formats.size(), 2u);
  EXPECT_EQ(job.formats[1]->id, "pdf");
  EXPECT_EQ(job.paint.dpi, 600);
  EXPECT_EQ(job.paint.text, render::PaintOptions::TextMode::outlines);
  EXPECT_EQ(job.paint.curved_text, render::PaintOptions::CurvedText::textpath);
  EXPECT_EQ(job.out, "maps/");
  EXPECT_EQ(job.jobs, 3);
  EXPECT_EQ(job.report, "r.json");
  EXPECT_EQ(job.deps, "d.mk");
  EXPECT_EQ(job.style, "other.yaml");
  EXPECT_TRUE(job.messages.strict && job.messages.lenient && job.messages.quiet);
  EXPECT_TRUE(job.messages.json);
  EXPECT_EQ(job.messages.progress, MessageOptions::Progress::json);
  EXPECT_EQ(job.during->earliest, record::Instant::from_civil(1857, 12, 28));
}

TEST(Options, AtIsTheEndOfWhatTheDateNames) {
  EXPECT_EQ(read<RenderJob>({"render", "c", "--at", "1857-12-28"}).at,
            record::Instant::from_civil(1857, 12, 28, 23, 59, 59));
  EXPECT_EQ(read<RenderJob>({"render", "c", "--at", "1857-12-28T09:00:00"}).at,
            record::Instant::from_civil(1857, 12, 28, 9, 0, 0));
  EXPECT_EQ(read<ListJob>({"list", "places", "c", "--at", "1857-02"}).at,
            record::Instant::from_civil(1857, 2, 28, 23, 59, 59));
}

TEST(Options, NegativeYearsAreValues) {
  EXPECT_EQ(read<DateJob>({"date", "-0044", "--json", "1857", "-"}).texts,
            (std::vector<std::string>{"-0044", "1857", "-"}));
  EXPECT_EQ(read<ListJob>({"list", "places", "c", "--at", "-0044-03-15"}).at,
            record::Instant::from_civil(-44, 3, 15, 23, 59, 59));
}

TEST(Options, FormatFollowsTheExtensionOfOut) {
  EXPECT_EQ(read<RenderJob>({"render", "c", "--out", "map.pdf"}).formats[0]->id, "pdf");
  EXPECT_EQ(read<RenderJob>({"render", "c", "--out", "-"}).formats[0]->id, "svg");
  EXPECT_EQ(read<RenderJob>({"render", "c", "--out", "a.b/"}).formats[0]->id, "svg");
  EXPECT_EQ(refusal({"render", "c", "--out", "map.gif"}),
            "--out: \"gif\" is not a format\n  hint: one of: svg, png, pdf");
  EXPECT_EQ(refusal({"render", "c", "--out", "map.png", "--format", "svg"}),
            "--out: \"map.png\" is not the name of a file of --format svg");
}

TEST(Options, SizeIsPixels) {
  EXPECT_EQ(read<RenderJob>({"render", "c", "--size", "1920x1080"}).size_px, std::pair(1920, 1080));
  for (std::string const text : {"1920", "x", "1920x", "0x10", "10x40000", "1e3x10"}) {
    EXPECT_EQ(refusal({"render", "c", "--size", text}),
              "--size: \"" + text +
                  "\" is not WxH with two whole numbers from 1 to 32767\n"
                  "  hint: as in --size 1920x1080");
  }
}

TEST(Options, RefusalsSayWhatAndOfferTheNearest) {
  std::pair<std::vector<std::string>, std::string> const cases[] = {
      {{"rendr"}, "\"rendr\" is not a command\n  hint: did you mean \"render\"?"},
      {{"--verbose", "render"},
       "\"--verbose\" is not an option here\n  hint: the command comes first: see hachure --help"},
      {{"render"}, "hachure render needs PROJECT\n  hint: usage: hachure render PROJECT"},
      {{"render", "a", "b"},
       "\"b\" is one argument too many\n  hint: usage: hachure render PROJECT"},
      {{"render", "c", "--frmat", "svg"},
       "\"--frmat\" is not an option of hachure render\n  hint: did you mean \"--format\"?"},
      {{"check", "c", "--dpi", "3"},
       "\"--dpi\" is not an option of hachure check\n  hint: see hachure check --help"},
      {{"render", "c", "--format", "svgg"},
       "--format: \"svgg\" is not one of its values\n  hint: did you mean \"svg\"?"},
      {{"render", "c", "--dpi", "nan"}, "--dpi: \"nan\" is not a number from 10 to 4800"},
      {{"render", "c", "--dpi"}, "--dpi has no value\n  hint: see hachure render --help"},
      {{"render", "c", "--dpi", "90", "--dpi", "80"}, "--dpi: is given twice"},
      {{"render", "c", "--size", "9x9", "--dpi", "80"}, "--size: is not given together with --dpi"},
      {{"render", "c", "--at", "1857-13-28"},
       "--at: \"1857-13-28\" is not a date: month 13\n  hint: write 1857, 1857-12 or 1857-12-28"},
      {{"render", "c", "--at", "1857/1858"},
       "--at: \"1857/1858\" is not one date\n  hint: one day or one time of a day, as 1857-12-28"},
      {{"render", "c", "--at", "1857", "--during", "1857"},
       "--at: is not given together with --during"},
      {{"render", "c", "--lang", "english!"},
       "--lang: \"english!\" is not a language tag\n  hint: as in en, zh-Hant, pt-BR"},
      {{"render", "c", "--jobs", "0"}, "--jobs: \"0\" is not a whole number from 1 to 256"},
      {{"render", "c", "--out", "-", "--report", "-"},
       "- is given twice: stdout takes one of --out, --report, --deps, --timings"},
      {{"list", "plces"},
       "\"plces\" is nothing that can be listed\n  hint: did you mean \"places\"?"},
      {{"list", "places"},
       "hachure list places needs a PROJECT\n  hint: usage: hachure list places PROJECT"},
      {{"list", "sides", "c", "--format", "geojson"},
       "--format: sides have no positions for geojson\n  hint: one of: table, csv, json"},
      {{"style"},
       "hachure style needs a second word\n  hint: one of: eval, check, convert, catalogue"},
      {{"style", "chek", "f"},
       "\"chek\" is not a command of hachure style\n  hint: did you mean \"check\"?"},
      {{"schema", "styl"}, "\"styl\" is not one of the choices\n  hint: did you mean \"style\"?"},
  };
  for (auto const& [arguments, text] : cases) EXPECT_EQ(refusal(arguments), text);
}

TEST(Options, HelpAndVersionArePrinted) {
  EXPECT_EQ(read<PrintJob>({"--help"}).text, help());
  EXPECT_EQ(read<PrintJob>({"render", "--help"}).text, help(*find_command("render")));
  EXPECT_EQ(read<PrintJob>({"style", "eval", "-h"}).text, help(*find_command("style eval")));
  EXPECT_EQ(read<PrintJob>({"--version"}).text, version_text() + "\n");
}

TEST(Options, EveryCommandOfTheTableIsRead) {
  for (auto const& command : commands()) {
    std::vector<std::string> words;
    for (std::string_view rest = command.name; !rest.empty();) {
      auto const blank = rest.find(' ');
      words.emplace_back(rest.substr(0, blank));
      rest = blank == std::string_view::npos ? std::string_view() : rest.substr(blank + 1);
    }
    if (command.least > 0) words.emplace_back(command.name == "list" ? "kinds" : "x");
    if (command.name == "completions") words.back() = "bash";
    if (command.name == "style convert") words.insert(words.end(), {"--scale", "50000"});
    EXPECT_NO_THROW(read_options(words)) << command.name;
  }
}

TEST(Options, EveryOptionBelongsToCommands) {
  for (auto const& option : options()) {
    bool used = false;
    for (auto const& command : commands()) {
      for (auto const* of_command : options_of(command)) used = used || of_command == &option;
    }
    EXPECT_TRUE(used) << option.name;
    EXPECT_FALSE(option.sentence.empty()) << option.name;
  }
}

}  // namespace
}  // namespace hachure::cli
