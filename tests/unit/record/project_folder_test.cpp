#include "unit/record/project_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace hachure::record {

ProjectFolder::ProjectFolder(std::map<std::string, std::string> const& files) {
  static int number = 0;
  auto const* test = testing::UnitTest::GetInstance()->current_test_info();
  path_ = std::filesystem::path(testing::TempDir()) /
          (std::string("hachure-") + test->test_suite_name() + "-" + test->name() + "-" +
           std::to_string(++number));
  std::filesystem::remove_all(path_);
  std::filesystem::create_directories(path_);
  for (auto const& [name, content] : files) {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << content;
  }
}

ProjectFolder::~ProjectFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Project ProjectFolder::read(bool lenient) {
  diagnostics_ = {};
  return read_project(path_, {.lenient = lenient}, diagnostics_);
}

std::string ProjectFolder::problems() const {
  std::string text;
  for (auto const& problem : diagnostics_.problems()) {
    text += (text.empty() ? "" : "\n") + base::to_string(problem);
  }
  auto const prefix = path_.string() + "/";
  for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) {
    text.erase(at, prefix.size());
  }
  return text;
}

std::string problems_of(std::map<std::string, std::string> const& files, bool lenient) {
  ProjectFolder folder(files);
  folder.read(lenient);
  return folder.problems();
}

std::string problems_of_yaml(std::string const& yaml) {
  return problems_of({{"campaign.yaml", "hachure: 1\n" + yaml}});
}

namespace {

TEST(ProjectFolder, ProblemsDoNotNameTheFolder) {
  EXPECT_EQ(problems_of({{"campaign.yaml", "hachure: 1\nplaces: x.csv\n"}}),
            "campaign.yaml:2: places: \"x.csv\": no such file\n"
            "  hint: paths are relative to the project's folder");
}

}  // namespace

}  // namespace hachure::record
