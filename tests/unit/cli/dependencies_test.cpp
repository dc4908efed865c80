#include "cli/dependencies.hpp"

#include <gtest/gtest.h>

namespace hachure::cli {
namespace {

TEST(Dependencies, AFragmentThatMakeReads) {
  EXPECT_EQ(make_fragment({"output/a.svg", "output/b c.svg"}, {"campaign.yaml", "$x#.csv"}),
            "output/a.svg \\\n"
            "output/b\\ c.svg: \\\n"
            "  campaign.yaml \\\n"
            "  $$x\\#.csv\n"
            "\n"
            "campaign.yaml:\n"
            "\n"
            "$$x\\#.csv:\n");
}

}  // namespace
}  // namespace hachure::cli
