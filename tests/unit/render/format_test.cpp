#include "render/format.hpp"

#include <gtest/gtest.h>

#include "support/sample.hpp"

namespace hachure::render {
namespace {

TEST(Format, TableListsWhatCanBeFound) {
  std::string ids;
  for (auto const& format : formats()) {
    ids += std::string(format.id) + " ";
    EXPECT_EQ(find_format(format.id), &format);
    EXPECT_FALSE(format.sentence.empty());
  }
  EXPECT_EQ(ids, "svg png pdf ");
  EXPECT_EQ(find_format("gif"), nullptr);
}

TEST(Format, FilesBeginAsTheirMediaTypeSays) {
  auto const page = tests::sample_page();
  EXPECT_EQ(find_format("svg")->paint(page, {}).substr(0, 5), "<?xml");
  EXPECT_EQ(find_format("png")->paint(page, {}).substr(1, 3), "PNG");
  EXPECT_EQ(find_format("pdf")->paint(page, {}).substr(0, 5), "%PDF-");
}

}  // namespace
}  // namespace hachure::render
