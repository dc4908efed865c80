#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "draw/dump.hpp"
#include "draw/polygon.hpp"
#include "draw/text_outline.hpp"
#include "layout/layout.hpp"
#include "render/format.hpp"
#include "scene/build.hpp"
#include "support/raster.hpp"

/// What holds for every page, from the records to the Drawing.
namespace hachure {
namespace {

namespace fs = std::filesystem;

std::string header_of(std::string const& table) {
  if (table == "places") return "id,kind,title:en,title:zh-Hant,lon,lat,side,rank,source";
  return "id,kind,when,side,against,place,rank,title:en,title:zh-Hant,source";
}

/// Rows of a campaign on the Pearl River, made by `random`.
struct Campaign {
  std::vector<std::string> places;
  std::vector<std::string> events;
  std::vector<std::string> movements;

  static Campaign make(unsigned seed, int count) {
    std::mt19937 random(seed);
    auto const at = [&](double low, double high) {
      return std::to_string(low + (high - low) * static_cast<double>(random() % 10000) / 10000);
    };
    std::vector<std::string> const kinds{"fort", "city", "village", "island", "hill"};
    std::vector<std::string> const deeds{"battle", "capture", "skirmish", "destruction", "note"};
    Campaign campaign;
    for (int i = 0; i < count; ++i) {
      auto const n = std::to_string(i);
      campaign.places.push_back("p" + n + "," + kinds[random() % kinds.size()] + ",Place number " +
                                n + ",第" + n + "號砲臺," + at(113.2, 113.5) + "," +
                                at(22.9, 23.2) + "," + (i % 3 ? "qing" : "") + "," +
                                std::to_string(1 + i % 4) + ",wong");
      if (i % 3 == 0) {
        // Days differ, so that the key's numbers do not depend on the rows.
        campaign.events.push_back("e" + n + "," + deeds[random() % deeds.size()] + ",1857-12-" +
                                  (i < 9 ? "0" : "") + std::to_string(i + 1) + ",british,qing,p" +
                                  n + "," + std::to_string(1 + i % 3) + ",Deed number " + n +
                                  ",第" + n + "戰,wong:" + n);
      }
      if (i % 5 == 0) {
        campaign.movements.push_back(
            R"({"type": "Feature", "properties": {"id": "m)" + n +
            R"(", "kind": "advance", "when": "1857-12-)" + (i < 9 ? "0" : "") +
            std::to_string(i + 1) + R"(", "side": ")" + (i % 2 ? "british" : "french") +
            R"(", "title:en": "Column )" + n + R"(", "source": "wong"}, "geometry": )" +
            R"({"type": "LineString", "coordinates": [[)" + at(113.2, 113.5) + "," +
            at(22.9, 23.2) + "],[" + at(113.2, 113.5) + "," + at(22.9, 23.2) + "],[" +
            at(113.2, 113.5) + "," + at(22.9, 23.2) + "]]}}");
      }
    }
    return campaign;
  }

  void shuffle(unsigned seed) {
    std::mt19937 random(seed);
    for (auto* rows : {&places, &events, &movements}) {
      std::shuffle(rows->begin(), rows->end(), random);
    }
  }
};

std::string joined(std::vector<std::string> const& rows, std::string const& separator) {
  std::string text;
  for (auto const& row : rows) text += (text.empty() ? "" : separator) + row;
  return text;
}

constexpr char const* campaign_yaml = R"(hachure: 1
title: {en: A campaign, zh-Hant: 戰役}
languages: [en, zh-Hant]
sides:
  british: {name: {en: British, zh-Hant: 英軍}, color: "#b3202a"}
  french: {name: {en: French, zh-Hant: 法軍}, color: "#1f3f96"}
  qing: {name: {en: Qing, zh-Hant: 清軍}, color: "#c98a1a"}
sources:
- {id: wong, type: book, title: Deadly Dreams, author: [{family: Wong, given: J. Y.}], issued: 1998}
places: {data: places.csv}
events: {data: events.csv}
movements: {data: movements.geojson}
layers:
  land: {data: water.geojson, class: water}
maps:
  river:
    title: {en: The river, zh-Hant: 珠江}
    page: {width: 150mm, height: 150mm}
    view: {bbox: [113.18, 22.88, 113.52, 23.22]}
    when: 1857-12
    furniture: [title, legend, scale-bar, north-arrow, graticule, event-key, sources]
)";

constexpr char const* water = R"({"type": "FeatureCollection", "name": "water", "features": [
{"type": "Feature", "properties": {"id": "w1", "name": "Pearl River"}, "geometry": {"type": "Polygon",
"coordinates": [[[113.1, 23.05], [113.6, 23.08], [113.6, 23.10], [113.1, 23.07], [113.1, 23.05]]]}},
{"type": "Feature", "properties": {"id": "w2", "name": "Reach"}, "geometry": {"type": "Polygon",
"coordinates": [[[113.3, 22.8], [113.33, 22.8], [113.36, 23.06], [113.34, 23.06], [113.3, 22.8]]]}}
]})";

/// A project of a campaign in a folder of its own, laid out.
class Page {
 public:
  explicit Page(Campaign const& campaign, std::string const& lang = "en") {
    static int number = 0;
    folder_ = fs::path(tests::scratch_folder()) / ("page" + std::to_string(number++));
    fs::create_directories(folder_);
    put("campaign.yaml", campaign_yaml);
    put("places.csv", header_of("places") + "\n" + joined(campaign.places, "\n") + "\n");
    put("events.csv", header_of("events") + "\n" + joined(campaign.events, "\n") + "\n");
    put("movements.geojson", R"({"type": "FeatureCollection", "features": [)" +
                                 joined(campaign.movements, ",\n") + "]}");
    put("water.geojson", water);
    inputs = scene::read_inputs(folder_, fs::path(PROJECT_DIR) / "styles", {}, diagnostics);
    scene::BuildOptions options;
    options.lang = lang;
    scene = scene::build_scene(inputs, inputs.project.maps.at(0), options, diagnostics);
    layout::Shaper const shaper;
    layout = layout::lay_out(scene, shaper, diagnostics);
  }

  std::string errors() const {
    std::string text;
    for (auto const& problem : diagnostics.problems()) {
      if (problem.severity == base::Problem::Severity::error) {
        text += base::to_string(problem) + "\n";
      }
    }
    return text;
  }

  base::Diagnostics diagnostics;
  scene::Inputs inputs;
  scene::Scene scene;
  layout::PageLayout layout;

 private:
  void put(std::string const& name, std::string const& content) {
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }
  fs::path folder_;
};

class PageProperty : public testing::TestWithParam<unsigned> {
 protected:
  void SetUp() override {
    layout::Shaper const shaper;
    if (!shaper.has_font("Noto Sans") || !shaper.has_font("Noto Sans CJK TC")) {
      GTEST_SKIP() << "Noto Sans and Noto Sans CJK are not installed";
    }
  }
};

/// The first line in which two texts differ.
std::string first_difference(std::string const& a, std::string const& b) {
  std::size_t at = 0;
  while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
  if (at == a.size() && at == b.size()) return {};
  auto const line = [&](std::string const& text) {
    auto const begin = text.rfind('\n', at == 0 ? 0 : at - 1);
    auto const from = begin == std::string::npos ? 0 : begin + 1;
    return text.substr(from, std::min<std::size_t>(200, text.find('\n', from) - from));
  };
  return line(a) + "\n" + line(b);
}

TEST_P(PageProperty, PlacedAndUnplacedAreAllThatWereRequested) {
  Page const page(Campaign::make(GetParam(), 30));
  EXPECT_EQ(page.errors(), "");
  EXPECT_EQ(page.layout.labels.size(), page.scene.labels.size());
  std::set<std::string> const reasons{"placed",         "no-room",       "off-page",
                                      "lower-priority", "missing-glyph", "merged"};
  std::size_t placed = 0;
  for (auto const& label : page.layout.labels) {
    EXPECT_TRUE(reasons.contains(label.reason)) << label.reason;
    EXPECT_EQ(label.placed, label.reason == "placed") << label.text;
    EXPECT_EQ(label.placed, label.outline.size() >= 3) << label.text;
    if (label.placed) ++placed;
  }
  EXPECT_GT(placed, page.layout.labels.size() / 2);
  std::multiset<std::string> requested;
  std::multiset<std::string> answered;
  for (auto const& request : page.scene.labels) requested.insert(request.record);
  for (auto const& label : page.layout.labels) answered.insert(label.record);
  EXPECT_EQ(requested, answered);
}

TEST_P(PageProperty, NoTwoPlacedLabelsOverlap) {
  for (auto const* lang : {"en", "zh-Hant"}) {
    Page const page(Campaign::make(GetParam(), 60), lang);
    auto const& labels = page.layout.labels;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      if (!labels[i].placed) continue;
      draw::Path a;
      a.add_polyline(labels[i].outline, true);
      for (std::size_t j = 0; j < i; ++j) {
        if (!labels[j].placed || !labels[i].box.overlaps(labels[j].box)) continue;
        draw::Path b;
        b.add_polyline(labels[j].outline, true);
        EXPECT_LT(draw::area_mm2(draw::intersection(a, b)), 1e-6)
            << labels[i].text << " on " << labels[j].text;
      }
    }
  }
}

/// All texts of the labels of a page with the ids of their records.
void collect_label_texts(draw::Group const& group, bool in_names,
                         std::vector<draw::Text const*>& texts) {
  bool const names = in_names || group.id.starts_with("names.");
  for (auto const& child : group.children) {
    if (auto const* inner = std::get_if<draw::Group>(&child.value)) {
      collect_label_texts(*inner, names, texts);
    }
    auto const* text = std::get_if<draw::Text>(&child.value);
    if (names && text != nullptr) texts.push_back(text);
  }
}

TEST_P(PageProperty, NoInkOfTwoLabelsMeets) {
  for (auto const* lang : {"en", "zh-Hant"}) {
    Page const page(Campaign::make(GetParam(), 60), lang);
    std::vector<draw::Text const*> texts;
    collect_label_texts(page.layout.drawing.root, false, texts);
    EXPECT_GT(texts.size(), 20u);
    std::vector<draw::Path> inks;
    std::vector<draw::Box> boxes;
    for (auto const* text : texts) {
      inks.push_back(draw::outline_of(*text));
      draw::Box box;
      for (auto const& contour : inks.back().flattened(0.01)) {
        for (auto const& p : contour) box.add(p);
      }
      boxes.push_back(box);
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (!boxes[i].overlaps(boxes[j])) continue;
        EXPECT_LT(draw::area_mm2(draw::intersection(inks[i], inks[j])), 1e-6)
            << texts[i]->text << " on " << texts[j]->text;
      }
    }
  }
}

TEST_P(PageProperty, LabelsStandInTheFrame) {
  Page const page(Campaign::make(GetParam(), 40));
  for (auto const& label : page.layout.labels) {
    EXPECT_TRUE(!label.placed || page.scene.frame.contains(label.box)) << label.text;
  }
}

TEST_P(PageProperty, OrderOfTheRowsChangesNothing) {
  auto campaign = Campaign::make(GetParam(), 24);
  auto const drawing = draw::dump(Page(campaign).layout.drawing);
  campaign.shuffle(GetParam() + 100);
  auto const shuffled = draw::dump(Page(campaign).layout.drawing);
  EXPECT_EQ(first_difference(drawing, shuffled), "");
}

TEST_P(PageProperty, TheSameTwice) {
  auto const campaign = Campaign::make(GetParam(), 24);
  Page const once(campaign);
  Page const twice(campaign);
  EXPECT_EQ(first_difference(draw::dump(once.layout.drawing), draw::dump(twice.layout.drawing)),
            "");
}

TEST_P(PageProperty, ResolutionChangesNoVector) {
  Page const page(Campaign::make(GetParam(), 16));
  auto const before = draw::dump(page.layout.drawing);
  for (auto const* id : {"svg", "pdf"}) {
    auto const* format = render::find_format(id);
    ASSERT_NE(format, nullptr);
    render::PaintOptions options;
    options.dpi = 72;
    auto const coarse = format->paint(page.layout.drawing, options);
    options.dpi = 600;
    EXPECT_TRUE(format->paint(page.layout.drawing, options) == coarse) << id;
  }
  render::PaintOptions options;
  options.dpi = 50;
  render::find_format("png")->paint(page.layout.drawing, options);
  EXPECT_EQ(first_difference(before, draw::dump(page.layout.drawing)), "");
}

INSTANTIATE_TEST_SUITE_P(Seeds, PageProperty, testing::Values(1u, 2u, 3u));

}  // namespace
}  // namespace hachure
