#include "base/diagnostics.hpp"

#include <gtest/gtest.h>

#include "base/limits.hpp"

namespace hachure::base {
namespace {

Origin at(std::string const& file, int line, std::string const& field = {}) {
  return {.file = file, .line = line, .place = {}, .field = field};
}

std::string raised(Diagnostics const& diagnostics, Fault* fault = nullptr) {
  try {
    diagnostics.raise_errors();
  } catch (Error const& error) {
    if (fault) *fault = error.fault();
    return error.what();
  }
  return "no error";
}

TEST(Origin, EveryForm) {
  EXPECT_EQ(to_string(Origin{}), "");
  EXPECT_EQ(to_string(at("events.csv", 0)), "events.csv");
  EXPECT_EQ(to_string(at("events.csv", 14)), "events.csv:14");
  EXPECT_EQ(to_string(at("events.csv", 14, "when")), "events.csv:14: when");
  EXPECT_EQ(to_string(at("", 0, "when")), "when");
  EXPECT_EQ(to_string(Origin{"b.xlsx", 0, "!Sheet1:3", "when"}), "b.xlsx!Sheet1:3: when");
  EXPECT_EQ(to_string(Origin{"base.gpkg", 0, "#sea:7", ""}), "base.gpkg#sea:7");
}

TEST(Error, TextHasOriginMessageAndHint) {
  Error const error(Fault::input, at("events.csv", 14, "when"),
                    "\"1857-13-28\" is not a date: month 13", "months are 01 to 12");
  EXPECT_STREQ(error.what(),
               "events.csv:14: when: \"1857-13-28\" is not a date: month 13\n"
               "  hint: months are 01 to 12");
  EXPECT_EQ(error.message(), "\"1857-13-28\" is not a date: month 13");
  EXPECT_EQ(error.hint(), "months are 01 to 12");
}

TEST(Error, ExitStatusOfEachFault) {
  EXPECT_EQ(exit_status(Fault::input), 1);
  EXPECT_EQ(exit_status(Fault::usage), 2);
  EXPECT_EQ(exit_status(Fault::environment), 3);
  EXPECT_EQ(exit_status(Fault::defect), 4);
}

TEST(Problem, WarningsSaySo) {
  Problem problem{Problem::Severity::warning, Fault::input, at("a.csv", 2), "is empty", "fill it"};
  EXPECT_EQ(to_string(problem), "a.csv:2: warning: is empty\n  hint: fill it");
  problem.severity = Problem::Severity::error;
  EXPECT_EQ(to_string(problem), "a.csv:2: is empty\n  hint: fill it");
}

TEST(Diagnostics, KeepTheOrderFound) {
  Diagnostics a;
  a.warn(at("a.csv", 1), "one");
  Diagnostics b;
  b.error(at("b.csv", 2), "two");
  b.add(Error(Fault::environment, {}, "three", "four"));
  a.append(b);
  ASSERT_EQ(a.problems().size(), 3u);
  EXPECT_EQ(to_string(a.problems()[0]), "a.csv:1: warning: one");
  EXPECT_EQ(to_string(a.problems()[1]), "b.csv:2: two");
  EXPECT_EQ(to_string(a.problems()[2]), "three\n  hint: four");
  EXPECT_EQ(a.problems()[2].fault, Fault::environment);
  EXPECT_TRUE(a.has_errors());
  EXPECT_TRUE(a.has_warnings());
}

TEST(RaiseErrors, WarningsAloneRaiseNothing) {
  Diagnostics diagnostics;
  diagnostics.warn(at("a.csv", 1), "one");
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_EQ(raised(diagnostics), "no error");
}

TEST(RaiseErrors, HasAllErrorsAndTheGravestFault) {
  Diagnostics diagnostics;
  diagnostics.error(at("a.csv", 2, "when"), "no date", "write one");
  diagnostics.warn(at("a.csv", 3), "not shown");
  diagnostics.error({}, "no font", {}, Fault::environment);
  diagnostics.error({}, "two outputs", {}, Fault::usage);
  Fault fault{};
  EXPECT_EQ(raised(diagnostics, &fault),
            "a.csv:2: when: no date\n  hint: write one\nno font\ntwo outputs");
  EXPECT_EQ(fault, Fault::environment);
}

TEST(RaiseErrors, CountsWhatItDoesNotShow) {
  Diagnostics diagnostics;
  std::string expected;
  for (std::size_t i = 0; i < limits::max_problems + 3; ++i) {
    diagnostics.error(at("a.csv", static_cast<int>(i + 1)), "wrong");
    if (i < limits::max_problems) expected += "a.csv:" + std::to_string(i + 1) + ": wrong\n";
  }
  EXPECT_EQ(raised(diagnostics), expected + "3 more problems not shown");
}

std::vector<std::string> const words{"march", "advance", "attack", "capture", "when"};

TEST(NearMiss, OneSlip) {
  EXPECT_EQ(near_miss("attak", words), "attack");     // left out
  EXPECT_EQ(near_miss("attackk", words), "attack");   // one too many
  EXPECT_EQ(near_miss("captire", words), "capture");  // another
  EXPECT_EQ(near_miss("macrh", words), "march");      // two exchanged count once
  EXPECT_EQ(near_miss("whne", words), "when");
}

TEST(NearMiss, WithinAThirdOfTheLength) {
  EXPECT_EQ(near_miss("captrues", words), "capture");
  EXPECT_EQ(near_miss("cipture!!", words), "capture");  // three of nine
  EXPECT_EQ(near_miss("ciptires", words), "");          // three of eight
  EXPECT_EQ(near_miss("siege", words), "");
}

TEST(NearMiss, TheNearestWinsThenTheFirst) {
  EXPECT_EQ(near_miss("name", {"game", "names", "name"}), "name");
  EXPECT_EQ(near_miss("nbme", {"name", "nome"}), "name");
}

TEST(NearMiss, NothingForWordsThatHoldNothing) {
  EXPECT_EQ(near_miss("", {"a", "at"}), "");
  EXPECT_EQ(near_miss("x", {"y", "z"}), "");  // a letter is no slip for another
  EXPECT_EQ(near_miss("attack", {}), "");
}

TEST(NearMiss, HugeWordsAreNotCompared) {
  std::string const huge(limits::max_key_length + 1, 'a');
  EXPECT_EQ(near_miss(huge, {huge}), "");
  std::string const monstrous(std::size_t{1} << 26, 'a');
  EXPECT_EQ(near_miss("attak", {monstrous, "attack"}), "attack");
}

TEST(HintOf, NearMissOrTheList) {
  EXPECT_EQ(hint_of("attak", words), "did you mean \"attack\"?");
  EXPECT_EQ(hint_of("siege", words), "one of: march, advance, attack, capture, when");
  EXPECT_EQ(hint_of("siege", {}), "");
}

TEST(HintOf, AtMostTwelve) {
  std::vector<std::string> many;
  for (char c = 'a'; c < 'a' + 13; ++c) many.push_back(std::string(3, c));
  EXPECT_EQ(hint_of("zzzzzz", many),
            "one of: aaa, bbb, ccc, ddd, eee, fff, ggg, hhh, iii, jjj, kkk, lll, ...");
  many.pop_back();
  EXPECT_EQ(hint_of("zzzzzz", many),
            "one of: aaa, bbb, ccc, ddd, eee, fff, ggg, hhh, iii, jjj, kkk, lll");
}

}  // namespace
}  // namespace hachure::base
