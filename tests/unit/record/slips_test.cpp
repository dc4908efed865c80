// Slips of the hand that a reader of a historian's tables meets: what is said, or what is read.

#include <gtest/gtest.h>

#include "record/row.hpp"
#include "unit/record/project_folder.hpp"

namespace hachure::record {
namespace {

std::string const head =
    "hachure: 1\n"
    "sides: {blue: {name: Blue}}\n"
    "places: places.csv\n"
    "events: events.csv\n"
    "maps: {a: {view: {center: [-71, 42], scale: 20000}}}\n";

std::string const towns =
    "id,name,lon,lat\nboston,Boston,-71.06,42.36\nconcord,Concord,-71.35,42.46\n"
    "lexington,Lexington,-71.23,42.45\n";

TEST(Slips, ASwappedPositionIsAWarning) {
  EXPECT_EQ(problems_of({{"campaign.yaml", head},
                         {"places.csv", towns + "salem,Salem,42.52,-70.9\n"},
                         {"events.csv", "id,kind,place\n"}}),
            "places.csv:5: lon: warning: 42.52, -70.9 lies far from the other places: swapped?\n"
            "  hint: write lon -70.9, lat 42.52");
}

TEST(Slips, APlaceFarAwayIsNoSlip) {
  EXPECT_EQ(problems_of({{"campaign.yaml", head},
                         {"places.csv", towns + "london,London,-0.13,51.5\n"},
                         {"events.csv", "id,kind,place\n"}}),
            "");
}

TEST(Slips, PlacesOnBothSidesOfTheAntimeridianAreNear) {
  EXPECT_EQ(problems_of({{"campaign.yaml", head},
                         {"places.csv",
                          "id,name,lon,lat\na,A,179.9,-17\nb,B,-179.9,-17\nc,C,178,-18\n"
                          "d,D,-178.8,-18\n"},
                         {"events.csv", "id,kind,place\n"}}),
            "");
}

TEST(Slips, ATabBeforeAKeyIsNamed) {
  EXPECT_EQ(problems_of_yaml("sides:\n  a: {name: A}\n\tb: {name: B}\n"),
            "campaign.yaml:4: is not YAML: end of map not found\n"
            "  hint: line 4 begins with a tab: indent with spaces");
}

TEST(Slips, EventsOfATableWithoutRanksAreDrawn) {
  ProjectFolder folder({{"campaign.yaml", head},
                        {"places.csv", towns},
                        {"events.csv", "id,kind,place\nfight,battle,concord\n"}});
  auto const project = folder.read();
  ASSERT_EQ(folder.problems(), "");
  EXPECT_EQ(project.records.events.at(0).rank, 2);
  EXPECT_EQ(project.records.places.at(0).rank, 3);
}

TEST(Slips, AnEmptyRankIsTheThird) {
  ProjectFolder folder({{"campaign.yaml", head},
                        {"places.csv", towns},
                        {"events.csv", "id,kind,place,rank\nfight,battle,concord,\n"}});
  auto const project = folder.read();
  ASSERT_EQ(folder.problems(), "");
  EXPECT_EQ(project.records.events.at(0).rank, 3);
}

/// The date that a cell of the column `when` means in a row of this origin, or what is wrong.
std::string date_of_cell(std::string const& cell, base::Origin const& origin) {
  geo::Table table;
  table.columns = {"when"};
  table.rows.push_back({{cell}, {}, origin});
  ColumnMap columns;
  columns.fields["when"] = 0;
  std::map<std::string, std::string> const defaults;
  base::Diagnostics problems;
  auto const date = RowReader(table, table.rows[0], columns, defaults, problems).date();
  return date ? print(*date) : problems.problems().at(0).message;
}

TEST(Slips, ADateCellOfASpreadsheetIsADate) {
  base::Origin const sheet{.file = "e.xlsx", .line = 0, .place = "!Sheet1:2", .field = {}};
  EXPECT_EQ(date_of_cell("1914/08/04", sheet), "1914-08-04");
  EXPECT_EQ(date_of_cell("1914/08/04 11:00:00", sheet), "1914-08-04T11:00:00");
  EXPECT_EQ(date_of_cell("1914/08/04 11:00:00+00", sheet), "1914-08-04T11:00:00Z");
  EXPECT_EQ(date_of_cell("1914-08~", sheet), "1914-08~");
  EXPECT_EQ(date_of_cell("1914/8/4", sheet), "\"1914/8/4\" is not a date: more than one /");
  base::Origin const text{.file = "e.csv", .line = 2, .place = {}, .field = {}};
  EXPECT_EQ(date_of_cell("1914/08/04", text), "\"1914/08/04\" is not a date: more than one /");
}

}  // namespace
}  // namespace hachure::record
