#include "cli/messages.hpp"

#include <gtest/gtest.h>

namespace hachure::cli {
namespace {

base::Origin at(std::string file, int line) {
  return {.file = std::move(file), .line = line, .place = {}, .field = "when"};
}

TEST(Messages, AProblemAsJson) {
  base::Diagnostics problems;
  problems.error(at("events.csv", 14), "\"1857-13-28\" is not a date: month 13", "a \"hint\"");
  EXPECT_EQ(to_json(problems.problems()[0]),
            R"({"severity":"error","file":"events.csv","line":14,"field":"when",)"
            R"("message":"\"1857-13-28\" is not a date: month 13","hint":"a \"hint\""})");
}

TEST(Messages, BytesThatAreNotTextAreReplaced) {
  base::Diagnostics problems;
  problems.warn({}, "\xff");
  EXPECT_EQ(to_json(problems.problems()[0]),
            "{\"severity\":\"warning\",\"file\":\"\",\"line\":0,\"field\":\"\","
            "\"message\":\"\xEF\xBF\xBD\",\"hint\":\"\"}");
}

TEST(Messages, EachProblemIsSaidOnce) {
  base::Diagnostics problems;
  problems.error(at("a.csv", 1), "wrong");
  problems.warn(at("a.csv", 2), "odd");
  problems.error(at("a.csv", 1), "wrong");
  EXPECT_EQ(settled(problems, false).problems().size(), 2u);
}

TEST(Messages, LenientForgivesTheEnvironmentOnly) {
  base::Diagnostics problems;
  problems.error({}, "no font", {}, base::Fault::environment);
  EXPECT_EQ(exit_status(settled(problems, false), {}), 3);
  EXPECT_EQ(exit_status(settled(problems, true), {}), 0);
  problems.error({}, "no date");
  EXPECT_EQ(exit_status(settled(problems, true), {}), 1);
}

TEST(Messages, TheGravestProblemDecidesTheExitStatus) {
  base::Diagnostics problems;
  EXPECT_EQ(exit_status(problems, {}), 0);
  problems.warn({}, "odd");
  MessageOptions strict;
  strict.strict = true;
  EXPECT_EQ(exit_status(problems, {}), 0);
  EXPECT_EQ(exit_status(problems, strict), 1);
  problems.error({}, "wrong");
  EXPECT_EQ(exit_status(problems, {}), 1);
  problems.error({}, "full disk", {}, base::Fault::environment);
  problems.error({}, "two outputs", {}, base::Fault::usage);
  EXPECT_EQ(exit_status(problems, {}), 3);
}

}  // namespace
}  // namespace hachure::cli
