// Places the labels of a published test instance and prints the placement.
//   label_instances graph FILE.dat   [--drop] [--steps N] [--seed N]
//   label_instances geom  POINTS.csv [--drop] [--steps N] [--seed N] [--positions 4|8]
// graph: Lorena's format: points, candidates per point, then per candidate the number of its
//        neighbours and the neighbours, from 1. Prints per point the chosen candidate from 1, or 0.
// geom:  columns id, x, y, label_w, label_h; labels at the four corners of their points (8: beside
//        and above them, too). Prints id,x0,y0,x1,y1 of the labels placed.
// Every point is labelled, as few labels as possible overlapping; with --drop none overlaps and as
// few as possible are left out. Cost and proof go to standard error.

#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/number.hpp"
#include "layout/solver.hpp"
#include "layout/solver_conflicts.hpp"

namespace {

using namespace hachure;

constexpr std::uintmax_t max_bytes = 1u << 30;

struct Options {
  std::string kind;
  std::string file;
  bool drop = false;
  int positions = 4;
  layout::Budget budget;
};

[[noreturn]] void refuse(std::string const& what) {
  throw base::Error(base::Fault::usage, {}, what);
}

long long integer_of(std::string_view text) {
  auto const value = base::parse_integer(text);
  if (!value) refuse(fmt::format("\"{}\" is not an integer", text));
  return *value;
}

Options parse(std::span<char*> args) {
  Options options;
  std::vector<std::string> words;
  for (std::size_t k = 1; k < args.size(); ++k) {
    std::string const word = args[k];
    bool const has_value = k + 1 < args.size();
    if (word == "--drop") {
      options.drop = true;
    } else if (word == "--steps" && has_value) {
      options.budget.steps = integer_of(args[++k]);
    } else if (word == "--seed" && has_value) {
      options.budget.seed = static_cast<std::uint64_t>(integer_of(args[++k]));
    } else if (word == "--positions" && has_value) {
      options.positions = static_cast<int>(integer_of(args[++k]));
    } else {
      words.push_back(word);
    }
  }
  bool const known = words.size() == 2 && (words[0] == "graph" || words[0] == "geom");
  if (!known || (options.positions != 4 && options.positions != 8)) {
    refuse("usage: label_instances graph FILE.dat | geom POINTS.csv [--drop] [--steps N]");
  }
  options.kind = words[0];
  options.file = words[1];
  return options;
}

std::vector<int> integers_of(std::string_view text) {
  std::vector<int> numbers;
  std::size_t begin = 0;
  while ((begin = text.find_first_not_of(" \t\r\n", begin)) != std::string_view::npos) {
    std::size_t const end = std::min(text.find_first_of(" \t\r\n", begin), text.size());
    numbers.push_back(static_cast<int>(integer_of(text.substr(begin, end - begin))));
    begin = end;
  }
  return numbers;
}

layout::Problem empty_problem(std::size_t labels, int candidates, bool drop) {
  layout::Problem problem;
  problem.rule = drop ? layout::Rule::no_overlap : layout::Rule::place_all;
  layout::LabelVariables label;
  label.candidates.resize(static_cast<std::size_t>(candidates));
  problem.labels.assign(labels, label);
  return problem;
}

void run_graph(Options const& options) {
  std::vector<int> const numbers = integers_of(base::read_file(options.file, max_bytes));
  std::size_t next = 0;
  auto const take = [&] {
    if (next == numbers.size()) refuse("the file ends early");
    return numbers[next++];
  };
  int const n = take();
  int const c = take();
  layout::Problem problem = empty_problem(static_cast<std::size_t>(n), c, options.drop);
  for (int v = 0; v < n * c; ++v) {
    for (int degree = take(); degree > 0; --degree) problem.conflicts.push_back({v, take() - 1});
  }
  layout::Solution const solution = layout::solve(problem, options.budget);
  for (int k : solution.choice) fmt::print("{}\n", k + 1);
  fmt::print(stderr, "cost {}\n", solution.cost);
}

struct PointLabel {
  std::string id;
  double x, y, width, height;
};

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  for (;;) {
    std::size_t const comma = line.find(',');
    cells.emplace_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return cells;
    line.remove_prefix(comma + 1);
  }
}

std::vector<PointLabel> read_points(std::string const& file) {
  std::string const text = base::read_file(file, max_bytes);
  std::vector<PointLabel> points;
  std::map<std::string, std::size_t> column;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t const end = std::min(text.find_first_of("\r\n", begin), text.size());
    std::vector<std::string> const cells =
        cells_of(std::string_view(text).substr(begin, end - begin));
    begin = end + 1;
    if (cells.size() < 5) continue;
    if (column.empty()) {
      for (std::size_t k = 0; k < cells.size(); ++k) column[cells[k]] = k;
      continue;
    }
    auto const number = [&](char const* name) {
      auto const value = base::parse_number(cells.at(column.at(name)));
      if (!value) refuse(fmt::format("{} of point {} is not a number", name, cells[0]));
      return *value;
    };
    points.push_back({cells.at(column.at("id")), number("x"), number("y"), number("label_w"),
                      number("label_h")});
  }
  return points;
}

/// Lower left corner of a label at position `k`, in label sizes from the point: the corners from
/// the upper right counter-clockwise, then above, left, below, right.
struct Shift {
  double x, y;
};
constexpr Shift shifts[] = {{0, 0},    {-1, 0},    {-1, -1},   {0, -1},
                            {-0.5, 0}, {-1, -0.5}, {-0.5, -1}, {0, -0.5}};

void run_geometry(Options const& options) {
  std::vector<PointLabel> const points = read_points(options.file);
  layout::Problem problem = empty_problem(points.size(), options.positions, options.drop);
  std::vector<layout::CandidateShape> shapes;
  auto const corner = [](PointLabel const& p, int k) {
    return Shift{p.x + shifts[k].x * p.width, p.y + shifts[k].y * p.height};
  };
  for (std::size_t i = 0; i < points.size(); ++i) {
    PointLabel const& p = points[i];
    for (int k = 0; k < options.positions; ++k) {
      Shift const c = corner(p, k);
      layout::OrientedBox const box{c.x + p.width / 2, c.y + p.height / 2, p.width / 2,
                                    p.height / 2};
      shapes.push_back({static_cast<int>(i), {box}});
    }
  }
  problem.conflicts = layout::find_conflicts(shapes);
  layout::Solution const solution = layout::solve(problem, options.budget);
  fmt::print("id,x0,y0,x1,y1\n");
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (solution.choice[i] < 0) continue;
    PointLabel const& p = points[i];
    Shift const c = corner(p, solution.choice[i]);
    fmt::print("{},{},{},{},{}\n", p.id, base::to_exact_text(c.x), base::to_exact_text(c.y),
               base::to_exact_text(c.x + p.width), base::to_exact_text(c.y + p.height));
  }
  fmt::print(stderr, "cost {}\n", solution.cost);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    Options const options = parse({argv, static_cast<std::size_t>(argc)});
    options.kind == "graph" ? run_graph(options) : run_geometry(options);
    return 0;
  } catch (base::Error const& error) {
    fmt::print(stderr, "{}\n", error.what());
    return base::exit_status(error.fault());
  }
}
