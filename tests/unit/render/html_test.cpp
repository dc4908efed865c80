#include "render/html.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/message.hpp"
#include "render/html_assets.hpp"
#include "support/sample.hpp"

namespace hachure::render {
namespace {

using namespace draw;

/// Two frames over a sheet: a square that moves, and a plate; one event in each.
HtmlPage page() {
  HtmlPage out;
  out.stage = tests::sample_page();
  out.stage.title = "The Assault";
  out.stage.lang = "en";
  for (int i = 0; i < 2; ++i) {
    HtmlFrame frame;
    frame.label = i == 0 ? "28 December" : "29 December";
    frame.iso = i == 0 ? "1857-12-28" : "1857-12-29T08:40";
    frame.seconds = 0.5;
    Shape square;
    square.path.add_box(Box::of(5 + i, 5, 2, 2));
    square.fill = Fill{{1, 0, 0, 1}, FillRule::nonzero};
    Group record;
    record.id = "events.landing";
    record.role = GroupRole::record;
    record.children.push_back({square});
    frame.moving.children.push_back({record});
    out.frames.push_back(frame);
  }
  HtmlEvent event;
  event.record = "events.landing";
  event.date = "28–29 Dec";
  event.title = "Landing";
  event.side = "British";
  event.color = {1, 0, 0, 1};
  event.last_frame = 1;
  out.events.push_back(event);
  return out;
}

PaintOptions outlines() {
  PaintOptions options;
  options.text = PaintOptions::TextMode::outlines;
  return options;
}

/// What stands between the first `begin` and the next `end`, both left out.
std::string between(std::string const& text, std::string const& begin, std::string const& end) {
  auto const from = text.find(begin);
  if (from == std::string::npos) return "(no " + begin + ")";
  auto const start = from + begin.size();
  return text.substr(start, text.find(end, start) - start);
}

std::size_t count(std::string const& text, std::string const& what) {
  std::size_t n = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

TEST(Html, TheSamePageHasTheSameBytes) {
  EXPECT_EQ(paint_html(page(), outlines()), paint_html(page(), outlines()));
}

TEST(Html, EverySlotIsFilled) {
  auto const html = paint_html(page(), outlines());
  EXPECT_EQ(html.find("{{"), std::string::npos);
  EXPECT_EQ(html.find("aria-label=\"\""), std::string::npos);
}

TEST(Html, MovingPartsAreWrittenOncePerFrameAndTheStageOnce) {
  auto const html = paint_html(page(), outlines());
  EXPECT_EQ(between(html, "<svg class=\"moving\"", "</svg>"),
            " viewBox=\"0 0 100 75\" aria-hidden=\"true\">\n"
            " <g data-record=\"events.landing\">\n"
            "  <path data-f=\"0\" display=\"none\" d=\"M5 5h2v2h-2z\" fill=\"#f00\"/>\n"
            "  <path data-f=\"1\" d=\"M6 5h2v2h-2z\" fill=\"#f00\"/>\n"
            " </g>\n");
  EXPECT_EQ(count(html, "class=\"stage\""), 1U);
}

TEST(Html, FramesAreJson) {
  EXPECT_EQ(between(paint_html(page(), outlines()), "id=\"frames\">", "</script>"),
            "[[\"28 December\",\"1857-12-28\",0.5],\n"
            "[\"29 December\",\"1857-12-29T08:40\",0.5]]");
}

TEST(Html, SliderStandsAtTheLastFrameForReadersWithoutScripts) {
  auto const html = paint_html(page(), outlines());
  EXPECT_EQ(between(html, "<input ", ">"),
            "type=\"range\" id=\"slider\" min=\"0\" max=\"1\" step=\"1\" value=\"1\" "
            "aria-label=\"Date\" aria-valuetext=\"29 December\"");
  EXPECT_EQ(between(html, "<p id=\"date\">", "</p>"),
            "<time datetime=\"1857-12-29T08:40\">29 December</time>");
}

TEST(Html, EventLeadsToItsFirstFrame) {
  EXPECT_EQ(between(paint_html(page(), outlines()), "<ol>\n", "</ol>"),
            "<li class=\"event\" data-first=\"0\" data-last=\"1\" data-event=\"events.landing\">"
            "<svg viewBox=\"0 0 20 20\" role=\"img\" aria-label=\"British\"><circle cx=\"10\" "
            "cy=\"10\" r=\"6\" fill=\"#f00\" stroke=\"currentColor\" stroke-width=\"0.8\"/></svg>"
            "<div><a class=\"go\" href=\"#t=1857-12-28\"><span class=\"when\">28–29 Dec</span> "
            "<span class=\"what\">Landing</span></a></div></li>\n");
}

TEST(Html, ListIsTheKeyOfTheMapsNumbers) {
  auto numbered = page();
  numbered.events[0].number = 7;
  EXPECT_EQ(between(paint_html(numbered, outlines()), "data-event=\"events.landing\">", "<div>"),
            "<svg viewBox=\"0 0 20 20\" role=\"img\" aria-label=\"7, British\"><circle cx=\"10\" "
            "cy=\"10\" r=\"8.6\" fill=\"none\" stroke=\"#f00\" stroke-width=\"2\"/><text x=\"10\" "
            "y=\"14\">7</text></svg>");
}

TEST(Html, TextOfRecordsIsEscapedEverywhere) {
  auto hostile = page();
  std::string const text = "</script><script>alert(1)</script>&\"'<!--";
  hostile.stage.title = hostile.stage.description = hostile.stage.author = text;
  hostile.stage.rights = hostile.stage.keywords = text;
  hostile.frames[1].label = hostile.frames[1].iso = text;
  hostile.frames[1].moving.title = text;
  auto& event = hostile.events[0];
  event.date = event.title = event.side = event.note = event.record = text;
  event.first_frame = 1;
  event.sources = {{text, "https://example.org/?a=\"><script>"}, {text, text}};
  auto const html = paint_html(hostile, outlines());
  EXPECT_EQ(count(html, "<script"), 2U);
  EXPECT_EQ(count(html, "</script"), 2U);
  EXPECT_EQ(html.find("alert(1)<"), std::string::npos);
  EXPECT_EQ(between(html, "id=\"frames\">", "</script>"),
            "[[\"28 December\",\"1857-12-28\",0.5],\n"
            "[\"\\u003c/script\\u003e\\u003cscript\\u003ealert(1)\\u003c/script\\u003e"
            "\\u0026\\\"'\\u003c!--\",\"\\u003c/script\\u003e\\u003cscript\\u003ealert(1)"
            "\\u003c/script\\u003e\\u0026\\\"'\\u003c!--\",0.5]]");
  EXPECT_EQ(between(html, "<a class=\"go\" href=\"", "\""),
            "#t=%3c/script%3e%3cscript%3ealert(1)%3c/script%3e%26%22'%3c!--");
}

TEST(Html, OnlyWebAddressesAreLinked) {
  auto linked = page();
  linked.events[0].sources = {{"Cooke", "HTTPS://example.org/a?b&c"},
                              {"Elgin", "javascript:alert(1)"},
                              {"", "http://example.org"},
                              {"Seymour", ""}};
  EXPECT_EQ(between(paint_html(linked, outlines()), "<ul>", "</ul>"),
            "<li><a rel=\"noopener noreferrer\" href=\"HTTPS://example.org/a?b&amp;c\">Cooke</a>"
            "</li><li>Elgin</li><li><a rel=\"noopener noreferrer\" href=\"http://example.org\">"
            "http://example.org</a></li><li>Seymour</li>");
}

TEST(Html, PolicyAllowsNothingButItsOwnScriptAndStyle) {
  auto const of = [](PaintOptions const& options) {
    auto policy =
        between(paint_html(page(), options), "Content-Security-Policy\" content=\"", "\"");
    // The hashes change with the files: tests/cli looks at them.
    for (auto at = policy.find("'sha256-"); at != std::string::npos; at = policy.find("'sha256-")) {
      policy.replace(at, 53, "HASH");
    }
    return policy;
  };
  EXPECT_EQ(of(outlines()),
            "default-src 'none'; img-src data:; script-src HASH; style-src HASH; base-uri 'none'; "
            "form-action 'none'");
  EXPECT_EQ(of({}),
            "default-src 'none'; img-src data:; script-src HASH; style-src HASH; style-src-attr "
            "'unsafe-inline'; base-uri 'none'; form-action 'none'");
}

TEST(Html, OutlinesNeedNoStyleAttributes) {
  auto const html = paint_html(page(), outlines());
  EXPECT_EQ(html.find(" style=\""), std::string::npos);
  EXPECT_EQ(html.find(" id=\"events.landing\""), std::string::npos);
}

TEST(Html, SpeaksTheLanguageOfThePage) {
  auto other = page();
  other.stage.lang = "zh-Hant-TW";
  auto const html = paint_html(other, outlines());
  EXPECT_NE(html.find("<html lang=\"zh-Hant-TW\" dir=\"ltr\">"), std::string::npos);
  EXPECT_EQ(between(html, "id=\"play\" aria-label=\"", "\""), "播放");
  other.stage.lang = "ar";
  EXPECT_NE(paint_html(other, outlines()).find("<html lang=\"ar\" dir=\"rtl\">"),
            std::string::npos);
}

TEST(Html, EveryWordOfThePageIsInACatalogue) {
  std::string const html(assets().front().text);
  std::size_t words = 0;
  for (auto at = html.find("{{page."); at != std::string::npos; at = html.find("{{page.", at + 1)) {
    auto const id = between(html.substr(at), "{{", "}}");
    ++words;
    EXPECT_NE(base::message(id, "en"), id);
  }
  EXPECT_GT(words, 15U);
}

TEST(Html, ControlsWithoutCatalogueAreEnglishAndSaySo) {
  auto other = page();
  other.stage.lang = "pt-BR";
  auto const html = paint_html(other, outlines());
  EXPECT_NE(html.find("<html lang=\"pt-BR\" dir=\"ltr\">"), std::string::npos);
  EXPECT_NE(html.find("<div id=\"controls\" lang=\"en\" hidden>"), std::string::npos);
  EXPECT_EQ(between(html, "id=\"play\" aria-label=\"", "\""), "Play");
}

TEST(Html, FramesThatAreNotThereAreDefects) {
  auto none = page();
  none.frames.clear();
  none.events.clear();
  auto wrong = page();
  wrong.events[0].last_frame = 2;
  auto const message = [](HtmlPage const& p) -> std::string {
    try {
      paint_html(p, {});
    } catch (base::Error const& error) {
      return error.what();
    }
    return "(no error)";
  };
  EXPECT_EQ(message(none), "a page of frames: there is no frame");
  EXPECT_EQ(message(wrong), "a page of frames: \"events.landing\" names a frame that is not there");
}

}  // namespace
}  // namespace hachure::render
