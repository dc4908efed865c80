#include "support/torture_paths.hpp"

#include <cmath>
#include <numbers>
#include <random>

namespace hachure::tests {

namespace {

using draw::Point;
using Line = std::vector<Point>;

double const pi = std::numbers::pi;

void add_hairpins(std::vector<TorturePath>& all) {
  for (double const gap : {0.0, 0.1, 0.5, 1.0, 2.0, 4.0, 8.0}) {
    all.push_back({"hairpin " + std::to_string(gap),
                   {{0, 0}, {20, 0}, {20.0 + gap / 2, gap / 2}, {20, gap}, {0, gap}}});
  }
  all.push_back({"there and back", {{0, 0}, {20, 0}, {0, 0}}});
  all.push_back({"three legs on one line", {{0, 0}, {20, 0}, {5, 0}, {25, 0}}});
}

void add_spirals(std::vector<TorturePath>& all) {
  for (double const pitch : {0.3, 0.8, 1.5, 3.0, 5.0}) {
    for (bool const inwards : {false, true}) {
      Line line;
      for (double a = 0; a < 6 * pi; a += 0.25) {
        double const r = 0.5 + pitch * a / (2 * pi);
        line.push_back({10 + r * std::cos(a), 10 + r * std::sin(a)});
      }
      if (inwards) line = Line(line.rbegin(), line.rend());
      all.push_back({"spiral " + std::to_string(pitch) + (inwards ? " inwards" : ""), line});
    }
  }
}

void add_waves(std::vector<TorturePath>& all) {
  for (double const step : {0.2, 0.6, 1.2, 2.5}) {
    Line zigzag;
    Line steps;
    for (int i = 0; i < 16; ++i) {
      zigzag.push_back({i * step, i % 2 * step * 3});
      steps.push_back({(i + 1) / 2 * step, i / 2 * step});
    }
    all.push_back({"zigzag " + std::to_string(step), zigzag});
    all.push_back({"stairs " + std::to_string(step), steps});
  }
  for (double const radius : {0.2, 0.5, 1.0, 2.0, 4.0}) {
    Line line;
    for (double a = 0; a <= 4 * pi; a += pi / 8) {
      line.push_back({a * radius, radius * 1.5 * std::sin(a)});
    }
    all.push_back({"S-curves " + std::to_string(radius), line});
  }
}

void add_short(std::vector<TorturePath>& all) {
  all.push_back({"nothing", {}});
  all.push_back({"one point", {{3, 3}}});
  all.push_back({"zero length", {{3, 3}, {3, 3}, {3, 3}}});
  for (double const length : {1e-7, 0.001, 0.1, 1.0, 3.0, 30.0}) {
    all.push_back({"two points " + std::to_string(length), {{0, 0}, {length, length / 3}}});
  }
  all.push_back({"repeated points", {{0, 0}, {0, 0}, {9, 3}, {9, 3}, {9, 3}, {20, 0}, {20, 0}}});
  all.push_back({"almost repeated", {{0, 0}, {1e-7, 0}, {9, 3}, {9, 3 + 1e-9}, {20, 0}}});
  all.push_back({"long leg, short hook", {{0, 0}, {20, 0}, {20, 0.3}}});
  all.push_back({"short hook first", {{0, 0.3}, {0, 0}, {20, 0}}});
}

void add_crossings(std::vector<TorturePath>& all) {
  all.push_back({"figure eight", {{0, 0}, {12, 12}, {12, 0}, {0, 12}}});
  all.push_back({"closed", {{0, 0}, {12, 0}, {12, 12}, {0, 12}, {0, 0}}});
  all.push_back({"closed twice", {{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}, {9, 0}, {9, 9}, {0, 9}}});
  all.push_back({"star", {{5, 0}, {8, 10}, {0, 4}, {10, 4}, {2, 10}, {5, 0}}});
  all.push_back({"loop at the end", {{0, 5}, {20, 5}, {24, 2}, {20, 0}, {17, 3}, {20, 9}}});
  std::mt19937 random(1812);
  for (int k = 0; all.size() < 60; ++k) {
    Line line;
    for (int i = 0; i < 3 + k % 9; ++i) {
      // Not std::uniform_real_distribution: its numbers are the library's own.
      double const x = static_cast<double>(random() % 30'000) / 1000;
      double const y = static_cast<double>(random() % 20'000) / 1000;
      line.push_back({x, y});
    }
    all.push_back({"random " + std::to_string(k), line});
  }
}

}  // namespace

std::vector<TorturePath> torture_paths() {
  std::vector<TorturePath> all;
  add_hairpins(all);
  add_spirals(all);
  add_waves(all);
  add_short(all);
  add_crossings(all);
  return all;
}

}  // namespace hachure::tests
