#include "layout/solver_search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <utility>

namespace hachure::layout {
namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

/// Keeps the best placement met without copying all of it at every improvement.
class Record {
 public:
  explicit Record(Assignment const& assignment)
      : assignment_(assignment),
        best_(assignment.chosen()),
        changed_(best_.size(), 0),
        total_(assignment.total()) {}

  void touch(int label) {
    if (changed_[at(label)]) return;
    changed_[at(label)] = 1;
    list_.push_back(label);
  }
  void check() {
    if (assignment_.total() >= total_) return;
    total_ = assignment_.total();
    for (int i : list_) {
      best_[at(i)] = assignment_.chosen(i);
      changed_[at(i)] = 0;
    }
    list_.clear();
  }
  void restore(Assignment& a) const {
    for (int i : list_) {
      if (best_[at(i)] < 0) a.choose(i, -1);
    }
    for (int i : list_) a.choose(i, best_[at(i)]);
  }

 private:
  Assignment const& assignment_;
  std::vector<int> best_;
  std::vector<std::uint8_t> changed_;
  std::vector<int> list_;
  Cost total_;
};

/// What a label can gain at most: the scale of temperatures.
std::vector<Cost> stakes(Network const& net) {
  std::vector<Cost> list;
  for (int i = 0; i < net.label_count(); ++i) {
    auto const begin = net.cost.begin() + net.first[at(i)];
    auto const end = net.cost.begin() + net.first[at(i) + 1];
    if (begin == end) continue;
    Cost const least = *std::min_element(begin, end);
    list.push_back(net.rule == Rule::place_all ? net.drop[at(i)]
                                               : std::max(Cost{1}, net.drop[at(i)] - least));
  }
  std::sort(list.begin(), list.end());
  return list;
}

/// Metropolis' rule at a falling temperature; the logarithms are tabulated because they cost more
/// than a move.
class Thermostat {
 public:
  Thermostat(Network const& net, Cooling const& cooling)
      : steps_(std::max<std::int64_t>(1, cooling.steps)) {
    std::vector<Cost> const list = stakes(net);
    if (!list.empty()) {
      auto const at_share = [&](double share) {
        return static_cast<double>(
            list[static_cast<std::size_t>(share * static_cast<double>(list.size() - 1))]);
      };
      // `must` labels are beyond any temperature: they never give way to anything.
      double const median = at_share(0.5);
      hot_ = cooling.hot * std::min(at_share(cooling.quantile), 30 * median);
      cold_ = std::min(hot_, cooling.cold * at_share(0.1));
    }
    for (std::size_t k = 0; k < size; ++k) {
      patience_[k] = -std::log((static_cast<double>(k) + 0.5) / static_cast<double>(size));
    }
  }
  void set_step(std::int64_t step) {
    double const done = static_cast<double>(step) / static_cast<double>(steps_);
    temperature_ = hot_ * std::pow(cold_ / hot_, done);
  }
  bool accepts(Cost delta, std::uint64_t random) const {
    if (delta <= 0) return true;
    return static_cast<double>(delta) < temperature_ * patience_[random % size];
  }

 private:
  static constexpr std::size_t size = 4096;
  std::array<double, size> patience_;
  std::int64_t steps_;
  double hot_ = 1;
  double cold_ = 1;
  double temperature_ = 1;
};

/// Change of the cost when `label` moves to `v` and everything in its way is left out.
Cost price_evicting(Assignment const& a, int label, int v) {
  Network const& net = a.network();
  int const old = a.chosen(label);
  Cost const before = old < 0 ? net.drop[at(label)] : net.cost[at(old)] + a.soft(old);
  return net.cost[at(v)] + a.soft(v) + a.eviction(v) - before;
}

/// Change of the cost when `label`, which is placed, moves to `v` and hits are counted.
Cost price_hitting(Assignment const& a, int label, int v) {
  Network const& net = a.network();
  int const old = a.chosen(label);
  Cost delta = net.cost[at(v)] - net.cost[at(old)];
  Cost const own = net.drop[at(label)];
  if (a.hits(old) > 0) delta -= own;
  if (a.hits(v) > 0) delta += own;
  auto const now = net.hard(v);
  auto const before = net.hard(old);
  auto const in = [](std::span<int const> list, int u) {
    return std::find(list.begin(), list.end(), u) != list.end();
  };
  if (a.hits(old) > 0) {
    for (int u : before) {
      if (a.is_chosen(u) && a.hits(u) == 1 && !in(now, u))
        delta -= net.drop[at(net.label_of[at(u)])];
    }
  }
  if (a.hits(v) > 0) {
    for (int u : now) {
      if (a.is_chosen(u) && a.hits(u) == 0) delta += net.drop[at(net.label_of[at(u)])];
    }
  }
  return delta;
}

}  // namespace

void fill_greedily(Assignment& a) {
  Network const& net = a.network();
  struct Entry {
    double rank;
    int v;
  };
  std::vector<Entry> entries;
  for (int v = 0; v < net.candidate_count(); ++v) {
    int const i = net.label_of[at(v)];
    if (a.chosen(i) >= 0) continue;
    double gain = static_cast<double>(net.drop[at(i)] - net.cost[at(v)]);
    if (net.rule == Rule::no_overlap && gain < 0) continue;
    entries.push_back({gain / static_cast<double>(net.hard(v).size() + 1), v});
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](Entry const& x, Entry const& y) { return x.rank > y.rank; });
  for (Entry const& e : entries) {
    int const i = net.label_of[at(e.v)];
    if (a.chosen(i) < 0 && a.hits(e.v) == 0 && a.soft(e.v) <= net.drop[at(i)] - net.cost[at(e.v)]) {
      a.choose(i, e.v);
    }
  }
  if (net.rule == Rule::no_overlap) return;
  for (Entry const& e : entries) {
    if (a.chosen(net.label_of[at(e.v)]) < 0) a.choose(net.label_of[at(e.v)], e.v);
  }
}

void anneal(Assignment& a, Cooling const& cooling, Dice& dice) {
  Network const& net = a.network();
  if (net.candidate_count() == 0) return;
  Record record(a);
  Thermostat thermostat(net, cooling);
  std::vector<int> evicted;
  bool const evicts = net.rule == Rule::no_overlap;
  int label = 0;
  for (std::int64_t step = 0; step < cooling.steps; ++step) {
    if (step % 256 == 0) thermostat.set_step(step);
    if (++label == net.label_count()) label = 0;
    std::uint64_t const random = dice.next();
    int const begin = net.first[at(label)];
    auto const width = static_cast<std::uint64_t>(net.first[at(label) + 1] - begin);
    int const v = begin + static_cast<int>(((random >> 32) * width) >> 32);
    if (width == 0 || a.chosen(label) == v) continue;
    Cost const delta = evicts ? price_evicting(a, label, v) : price_hitting(a, label, v);
    if (!thermostat.accepts(delta, random)) continue;
    if (evicts) {
      evicted.clear();
      a.evict(v, &evicted);
      for (int j : evicted) record.touch(j);
    }
    a.choose(label, v);
    record.touch(label);
    record.check();
  }
  if (cooling.keep_best) record.restore(a);
}

namespace {

/// Whether `label` is not at the best it could have if it were alone.
bool could_do_better(Assignment const& a, int label) {
  Network const& net = a.network();
  int const v = a.chosen(label);
  auto const begin = net.cost.begin() + net.first[at(label)];
  auto const end = net.cost.begin() + net.first[at(label) + 1];
  if (begin == end) return false;
  if (v < 0 || a.soft(v) > 0) return true;
  if (net.rule == Rule::place_all && a.hits(v) > 0) return true;
  return net.cost[at(v)] > *std::min_element(begin, end);
}

/// The labels around `root` in rings of conflict, in random order within a ring.
class Neighbourhood {
 public:
  explicit Neighbourhood(Network const& net) : net_(net), seen_(at(net.label_count()), 0) {}

  std::vector<int> around(int root, std::size_t count, Dice& dice) {
    ++stamp_;
    std::vector<int> list{root};
    seen_[at(root)] = stamp_;
    for (std::size_t next = 0; next < list.size() && list.size() < count; ++next) {
      std::size_t const begin = list.size();
      for (int j : net_.neighbours(list[next])) {
        if (seen_[at(j)] == stamp_) continue;
        seen_[at(j)] = stamp_;
        list.push_back(j);
      }
      for (std::size_t k = list.size(); k > begin + 1; --k) {
        auto const other =
            begin + static_cast<std::size_t>(dice.below(static_cast<int>(k - begin)));
        std::swap(list[k - 1], list[other]);
      }
    }
    if (list.size() > count) list.resize(count);
    return list;
  }

 private:
  Network const& net_;
  std::vector<int> seen_;
  int stamp_ = 0;
};

void put(Assignment& a, std::vector<int> const& labels, std::vector<int> const& chosen) {
  for (std::size_t k = 0; k < labels.size(); ++k) a.choose(labels[k], chosen[k]);
}

/// Whether the new choice is better. An equal one is taken, too, so that later windows find
/// something new.
bool put_unless_worse(Assignment& a, std::vector<int> const& labels,
                      std::vector<int> const& chosen) {
  Cost const before = a.total();
  std::vector<int> old;
  for (int i : labels) old.push_back(a.chosen(i));
  put(a, labels, chosen);
  bool const better = a.total() < before;
  if (a.total() > before) put(a, labels, old);
  return better;
}

/// Exact reoptimisation of one neighbourhood after another.
class Polisher {
 public:
  Polisher(Assignment& a, std::int64_t steps, std::uint64_t seed)
      : a_(a), dice_(seed), steps_(steps), hood_(a.network()) {}

  void run() {
    int const sizes[] = {8, 16, 32, 64};
    for (std::size_t level = 0; level < std::size(sizes) && steps_ > 0;) {
      bool const improved = pass(at(sizes[level]));
      level = improved ? level : level + 1;
    }
  }

 private:
  bool pass(std::size_t size) {
    std::vector<int> seeds;
    for (int i = 0; i < a_.network().label_count(); ++i) {
      if (could_do_better(a_, i)) seeds.push_back(i);
    }
    bool improved = false;
    for (int i : seeds) {
      if (steps_ <= 0) break;
      if (could_do_better(a_, i)) improved |= mend(i, size);
    }
    return improved;
  }

  bool mend(int root, std::size_t size) {
    Window window;
    window.max_table = 1 << 14;
    window.max_work = 1 << 17;
    for (window.labels = hood_.around(root, size, dice_);; shrink(window.labels)) {
      auto const choice = solve_window(a_, window, &dice_);
      steps_ -= 200 + static_cast<std::int64_t>(window.labels.size()) * 20;
      if (choice) {
        steps_ -= choice->work / 4;
        return put_unless_worse(a_, window.labels, choice->chosen);
      }
      if (window.labels.size() < 4) return false;
    }
  }

  static void shrink(std::vector<int>& labels) { labels.resize(labels.size() * 3 / 4); }

  Assignment& a_;
  Dice dice_;
  std::int64_t steps_;
  Neighbourhood hood_;
};

}  // namespace

namespace {

/// Labels on which two placements differ, in connected groups.
std::vector<std::vector<int>> differences(Assignment const& a, std::vector<int> const& other) {
  Network const& net = a.network();
  std::vector<std::uint8_t> differs(other.size(), 0);
  for (int i = 0; i < net.label_count(); ++i) differs[at(i)] = a.chosen(i) != other[at(i)];
  std::vector<std::vector<int>> groups;
  for (int root = 0; root < net.label_count(); ++root) {
    if (!differs[at(root)]) continue;
    differs[at(root)] = 0;
    std::vector<int> group{root};
    for (std::size_t next = 0; next < group.size(); ++next) {
      for (int j : net.neighbours(group[next])) {
        if (!differs[at(j)]) continue;
        differs[at(j)] = 0;
        group.push_back(j);
      }
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace

void merge(Assignment& a, std::vector<int> const& other, Dice& dice) {
  std::vector<std::vector<int>> const both{a.chosen(), other};
  for (std::vector<int>& group : differences(a, other)) {
    Window window{std::move(group), &both, 1 << 16, 1 << 20};
    if (auto const choice = solve_window(a, window, &dice)) {
      put_unless_worse(a, window.labels, choice->chosen);
      continue;
    }
    std::vector<int> theirs;
    for (int i : window.labels) theirs.push_back(other[at(i)]);
    put_unless_worse(a, window.labels, theirs);
  }
}

void polish(Assignment& assignment, std::int64_t steps, std::uint64_t seed) {
  Polisher(assignment, steps, seed).run();
}

}  // namespace hachure::layout
