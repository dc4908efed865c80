#include "style/symbol.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/limits.hpp"
#include "support/raster.hpp"

namespace hachure::style {
namespace {

namespace fs = std::filesystem;

SymbolColors const colors{{1, 0, 0, 1}, {1, 0.8, 0.8, 1}, {0, 0, 1, 1}, {1, 1, 1, 1}, {0, 0, 0, 1}};

/// Symbols of one test, in a folder of its own.
class SymbolTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder);
    fs::create_directories(folder / "second");
  }
  void put(std::string const& name, std::string const& content) {
    std::ofstream(folder / name, std::ios::binary) << content;
  }
  /// Writes a drawing with this inside, and reads it.
  Symbol read(std::string const& inside,
              std::string const& attributes = "viewBox=\"-5 -5 10 10\"") {
    put("s.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" "
        "xmlns:xlink=\"http://www.w3.org/1999/xlink\" " +
            attributes + ">\n" + inside + "</svg>");
    return SymbolCatalogue({folder}).find("s", colors).value();
  }
  std::string refusal(std::string const& inside) {
    return message_of([&] { read(inside); });
  }
  std::string refusal_of_file(std::string const& content) {
    put("s.svg", content);
    return message_of([&] { SymbolCatalogue({folder}).find("s", colors); });
  }
  template <class Call>
  std::string message_of(Call call) {
    try {
      call();
    } catch (base::Error const& error) {
      EXPECT_EQ(error.fault(), base::Fault::input);
      std::string text = error.what();
      auto const prefix = folder.string() + "/";
      if (text.starts_with(prefix)) text.erase(0, prefix.size());
      return text;
    }
    return "no error";
  }

  fs::path folder =
      fs::path(tests::scratch_folder()) /
      (std::string("symbol-") + testing::UnitTest::GetInstance()->current_test_info()->name());
};

std::string const start =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
    "viewBox=\"-5 -5 10 10\">";
std::string const hint = "\n  hint: symbols are static drawings: paths, shapes, gradients, groups";

TEST_F(SymbolTest, CopiesWhatIsDrawn) {
  EXPECT_EQ(read("<g id=\"a\" transform=\"scale(2)\"><path d=\"M0 0 1 1\" stroke-width=\".5\"/></g>"
                 "<!-- note --><circle r=\"2\"/>\n")
                .picture->svg,
            start +
                "<g id=\"a\" transform=\"scale(2)\"><path d=\"M0 0 1 1\" stroke-width=\".5\"/></g>"
                "<circle r=\"2\"/></svg>");
}

TEST_F(SymbolTest, ClassesBecomeColours) {
  auto const svg = read(
                       "<path class=\"side ink-stroke\" fill=\"#123456\" d=\"M0 0\"/>"
                       "<path class=\"side-light\"/><path class=\"second\"/><path class=\"paper\"/>"
                       "<path class=\"ink\"/><path class=\"side-stroke\"/><path class=\"other\"/>")
                       .picture->svg;
  EXPECT_EQ(svg, start +
                     "<path d=\"M0 0\" fill=\"#ff0000\" stroke=\"#000000\"/>"
                     "<path fill=\"#ffcccc\"/><path fill=\"#0000ff\"/><path fill=\"#ffffff\"/>"
                     "<path fill=\"#000000\"/><path stroke=\"#ff0000\"/><path/></svg>");
}

TEST_F(SymbolTest, EachColourIsItsOwnSymbol) {
  put("s.svg", start + "<path class=\"side\"/></svg>");
  SymbolCatalogue catalogue({folder});
  auto other = colors;
  other.side = {0, 1, 0, 1};
  EXPECT_EQ(catalogue.find("s", colors)->picture, catalogue.find("s", colors)->picture);
  EXPECT_NE(catalogue.find("s", colors)->picture->svg, catalogue.find("s", other)->picture->svg);
}

TEST_F(SymbolTest, CuesOfSidesFillTheirAreasInOneInk) {
  auto const drawn = [&](SymbolCue side, SymbolCue second) {
    put("s.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-12 -12 24 24\">"
        "<rect class=\"side\" x=\"-4\" y=\"-8\" width=\"8\" height=\"16\"/>"
        "<circle class=\"second paper-stroke\" r=\"2\" stroke-width=\"0.5\"/></svg>");
    auto cued = colors;
    cued.side_cue = side;
    cued.second_cue = second;
    auto svg = SymbolCatalogue({folder}).find("s", cued)->picture->svg;
    svg.erase(0, svg.find('>') + 1);
    return svg.substr(0, svg.find("</svg>"));
  };
  EXPECT_EQ(drawn(SymbolCue::solid, SymbolCue::solid),
            "<rect x=\"-4\" y=\"-8\" width=\"8\" height=\"16\" fill=\"#ff0000\"/>"
            "<circle r=\"2\" stroke-width=\"0.5\" fill=\"#0000ff\" stroke=\"#ffffff\"/>");
  std::string const paper = "<rect x=\"-4\" y=\"-8\" width=\"8\" height=\"16\" fill=\"#ffffff\"/>";
  std::string const outline =
      "<rect x=\"-4\" y=\"-8\" width=\"8\" height=\"16\" fill=\"none\" stroke=\"#ff0000\" "
      "stroke-linejoin=\"round\" stroke-width=\"1.1\"/>";
  std::string const core =
      "<circle r=\"2\" stroke-width=\"0.5\" fill=\"#0000ff\" stroke=\"#ffffff\"/>";
  std::string const cut =
      "<clipPath id=\"cue1\"><rect x=\"-4\" y=\"-8\" width=\"8\" height=\"16\"/></clipPath>"
      "<path clip-path=\"url(#cue1)\" ";
  EXPECT_EQ(drawn(SymbolCue::hollow, SymbolCue::solid), paper + outline + core);
  EXPECT_EQ(
      drawn(SymbolCue::line, SymbolCue::solid),
      paper + cut + "fill=\"#ff0000\" d=\"M-12 -12 L0 -12 L0 12 L-12 12 Z\"/>" + outline + core);
  auto const hatched = drawn(SymbolCue::hatched, SymbolCue::solid);
  EXPECT_TRUE(hatched.starts_with(paper + cut +
                                  "fill=\"none\" stroke=\"#ff0000\" stroke-width=\"0.75\" "
                                  "d=\"M-12 -9.313 L-9.313 -12 M-12 -6.626"))
      << hatched;
  EXPECT_TRUE(hatched.ends_with(outline + core)) << hatched;
  // The second side's area keeps the stroke that its file gives it.
  EXPECT_EQ(drawn(SymbolCue::solid, SymbolCue::hollow),
            "<rect x=\"-4\" y=\"-8\" width=\"8\" height=\"16\" fill=\"#ff0000\"/>"
            "<circle r=\"2\" fill=\"#ffffff\"/>"
            "<circle r=\"2\" stroke-width=\"0.5\" stroke=\"#ffffff\" fill=\"none\"/>");
  EXPECT_EQ(symbol_cue("hatched"), SymbolCue::hatched);
  EXPECT_EQ(symbol_cue(""), SymbolCue::solid);
}

TEST_F(SymbolTest, ViewBoxAnchorHeadingAndTitle) {
  auto const plain = read("<title>Fort</title><desc>of stone</desc>");
  EXPECT_EQ(plain.picture->view_box, draw::Box::of(-5, -5, 10, 10));
  EXPECT_EQ(plain.anchor, (draw::Point{0, 0}));
  EXPECT_EQ(plain.heading_deg, std::nullopt);
  EXPECT_EQ(plain.title, "Fort");
  EXPECT_EQ(plain.picture->svg, start + "</svg>");
  EXPECT_EQ(read("", "viewBox=\"0 0 24 24\"").anchor, (draw::Point{12, 12}));
  EXPECT_EQ(read("", "viewBox=\"5,5,10,20\"").anchor, (draw::Point{10, 15}));
  auto const ship = read("", "viewBox=\"0 0 24 24\" data-anchor=\"12 20\" data-heading=\"90\"");
  EXPECT_EQ(ship.anchor, (draw::Point{12, 20}));
  EXPECT_EQ(ship.heading_deg, 90.0);
}

TEST_F(SymbolTest, EditorsNotesAreLeftOut) {
  EXPECT_EQ(
      refusal_of_file("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\" "
                      "xmlns:sodipodi=\"urn:s\" xmlns:inkscape=\"urn:i\" "
                      "inkscape:version=\"1\"><sodipodi:namedview inkscape:zoom=\"3\"/>"
                      "<metadata><x/></metadata><path inkscape:label=\"a\" d=\"M0 0\"/></svg>"),
      "no error");
  EXPECT_EQ(
      SymbolCatalogue({folder}).find("s", colors)->picture->svg,
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
      "viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>");
}

TEST_F(SymbolTest, ValuesAreEscaped) {
  EXPECT_EQ(read("<path d='M0 0' id='a&quot;&lt;&amp;b'/>").picture->svg,
            start + "<path d=\"M0 0\" id=\"a&quot;&lt;&amp;b\"/></svg>");
}

TEST_F(SymbolTest, OwnReferencesStay) {
  EXPECT_EQ(read("<defs><path id=\"a\"/></defs><use href=\"#a\"/><use xlink:href=\"#a\"/>"
                 "<path fill=\"url(#a)\"/>")
                .picture->svg,
            start +
                "<defs><path id=\"a\"/></defs><use href=\"#a\"/><use xlink:href=\"#a\"/>"
                "<path fill=\"url(#a)\"/></svg>");
}

TEST_F(SymbolTest, RefusesScript) {
  EXPECT_EQ(refusal("<script>alert(1)</script>"),
            "s.svg:2: symbol holds an element <script>" + hint);
  EXPECT_EQ(refusal("<g>\n<script href=\"#a\"/></g>"),
            "s.svg:3: symbol holds an element <script>" + hint);
  EXPECT_EQ(refusal("<path style=\"fill:JavaScript:alert(1)\"/>"),
            "s.svg:2: symbol holds a script" + hint);
}

TEST_F(SymbolTest, RefusesEventAttributes) {
  EXPECT_EQ(refusal("<path onclick=\"alert(1)\"/>"),
            "s.svg:2: symbol holds an event attribute onclick" + hint);
  EXPECT_EQ(refusal("<g onload=\"x\"/>"), "s.svg:2: symbol holds an event attribute onload" + hint);
}

TEST_F(SymbolTest, RefusesOutsideReferences) {
  EXPECT_EQ(refusal("<use href=\"http://example.com/x.svg#a\"/>"),
            "s.svg:2: symbol holds a reference to \"http://example.com/x.svg#a\"" + hint);
  EXPECT_EQ(refusal("<use xlink:href=\"other.svg#a\"/>"),
            "s.svg:2: symbol holds a reference to \"other.svg#a\"" + hint);
  EXPECT_EQ(refusal("<path fill=\"url(http://example.com/#a)\"/>"),
            "s.svg:2: symbol holds a reference to \"url(http://example.com/#a)\"" + hint);
  EXPECT_EQ(refusal("<path style=\"fill: URL( 'file:///x' )\"/>"),
            "s.svg:2: symbol holds a reference to \"fill: URL( 'file:///x' )\"" + hint);
}

TEST_F(SymbolTest, RefusesTheSecondReferenceToo) {
  EXPECT_EQ(refusal("<path style=\"fill:url(#a);stroke:url(http://example.com/x)\"/>"),
            "s.svg:2: symbol holds a reference to "
            "\"fill:url(#a);stroke:url(http://example.com/x)\"" +
                hint);
}

TEST_F(SymbolTest, RefusesForeignContent) {
  for (auto const* element : {"image", "foreignObject", "style", "text", "animate", "a", "filter",
                              "iframe", "set", "audio"}) {
    EXPECT_EQ(refusal(std::string("<") + element + "/>"),
              std::string("s.svg:2: symbol holds an element <") + element + ">" + hint);
  }
}

TEST_F(SymbolTest, RefusesADocumentType) {
  std::string const expected =
      "s.svg: has a document type with declarations\n  hint: save it as plain SVG";
  EXPECT_EQ(refusal_of_file("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg viewBox=\"0 0 1 1\">"
                            "<path d=\"&a;\"/></svg>"),
            expected);
  // Entities within entities would fill the memory.
  std::string bomb = "<!DOCTYPE svg [<!ENTITY a0 \"aaaaaaaaaa\">";
  for (int i = 1; i < 12; ++i) {
    bomb += "<!ENTITY a" + std::to_string(i) + " \"";
    for (int k = 0; k < 10; ++k) bomb += "&a" + std::to_string(i - 1) + ";";
    bomb += "\">";
  }
  EXPECT_NE(refusal_of_file(bomb + "]><svg viewBox=\"0 0 1 1\"><path d=\"&a11;\"/></svg>"),
            "no error");
  EXPECT_NE(refusal_of_file("<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>"
                            "<svg viewBox=\"0 0 1 1\"><title>&a;</title></svg>"),
            "no error");
}

TEST_F(SymbolTest, RefusesWhatIsNoDrawing) {
  EXPECT_EQ(refusal_of_file("hello"), "s.svg: is not an SVG drawing");
  EXPECT_EQ(refusal_of_file(""), "s.svg: is not an SVG drawing");
  EXPECT_EQ(refusal_of_file("<html/>"), "s.svg: is not an SVG drawing");
  EXPECT_EQ(refusal_of_file("<svg viewBox=\"0 0 1 1\"><path></svg>"),
            "s.svg: is not an SVG drawing");
  std::string const no_box =
      "s.svg: has no viewBox\n  hint: give the root viewBox=\"-12 -12 24 24\"";
  EXPECT_EQ(refusal_of_file("<svg width=\"10\"/>"), no_box);
  EXPECT_EQ(refusal_of_file("<svg viewBox=\"0 0 0 10\"/>"), no_box);
  EXPECT_EQ(refusal_of_file("<svg viewBox=\"0 0 10\"/>"), no_box);
}

TEST_F(SymbolTest, RefusesAHugeFile) {
  EXPECT_EQ(refusal_of_file(std::string(base::limits::max_symbol_bytes + 1, ' ')),
            "s.svg: is 1048577 bytes; the limit is 1048576");
}

TEST_F(SymbolTest, FirstFolderWins) {
  put("a.svg", start + "<circle/></svg>");
  put("second/a.svg", start + "<rect/></svg>");
  put("second/b.svg", start + "</svg>");
  put("second/notes.txt", "");
  SymbolCatalogue catalogue({folder, folder / "second", folder / "none"});
  EXPECT_EQ(catalogue.ids(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(catalogue.file_of("a"), folder / "a.svg");
  EXPECT_EQ(catalogue.file_of("b"), folder / "second/b.svg");
  EXPECT_NE(catalogue.find("a", colors)->picture->svg.find("circle"), std::string::npos);
}

TEST_F(SymbolTest, IdsNeverLeaveTheFolder) {
  put("a.svg", start + "</svg>");
  SymbolCatalogue catalogue({folder / "second"});
  for (auto const* id : {"../a", "..", "", "a/b", "/etc/passwd", "a.svg", "a b", "é"}) {
    EXPECT_EQ(catalogue.file_of(id), fs::path()) << id;
    EXPECT_FALSE(catalogue.find(id, colors)) << id;
  }
}

TEST(ShippedSymbols, AllAreSound) {
  SymbolCatalogue catalogue({fs::path(PROJECT_DIR) / "styles" / "symbols"});
  auto const ids = catalogue.ids();
  EXPECT_FALSE(ids.empty());
  for (auto const& id : ids) {
    EXPECT_NO_THROW({
      auto const symbol = catalogue.find(id, colors);
      EXPECT_TRUE(symbol && !symbol->title.empty()) << id << " has no title";
      EXPECT_TRUE(symbol->picture->view_box.contains(symbol->anchor)) << id;
      EXPECT_EQ(symbol->picture->svg.find("class="), std::string::npos) << id;
    }) << id;
  }
}

}  // namespace
}  // namespace hachure::style
