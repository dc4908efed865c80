#include "layout/solver_network.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <string>
#include <utility>

#include "base/error.hpp"

namespace hachure::layout {
namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

[[noreturn]] void refuse(std::string what) {
  throw base::Error(base::Fault::defect, {}, "label solver: " + std::move(what));
}

Cost to_cost(double value, char const* what) {
  if (!(value >= 0)) refuse(std::string(what) + " is negative or not a number");
  return std::llround(std::min(value, never_drop) * static_cast<double>(cost_scale));
}

// Lists per owner from pairs: starts first, then the members in the order of `links`.
void fill_starts(std::vector<int>& starts, int owners) {
  starts.assign(at(owners) + 1, 0);
}

void accumulate(std::vector<int>& starts) {
  for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
}

void connect_labels(Network& net) {
  int const n = net.label_count();
  fill_starts(net.near_first, n);
  net.near.clear();
  std::vector<int> seen(at(n), -1);
  for (int i = 0; i < n; ++i) {
    auto const begin = net.near.size();
    auto const add = [&](int u) {
      int const j = net.label_of[at(u)];
      if (seen[at(j)] == i) return;
      seen[at(j)] = i;
      net.near.push_back(j);
    };
    for (int v = net.first[at(i)]; v < net.first[at(i) + 1]; ++v) {
      for (int u : net.hard(v)) add(u);
      for (int u : net.soft(v)) add(u);
    }
    std::sort(net.near.begin() + static_cast<std::ptrdiff_t>(begin), net.near.end());
    net.near_first[at(i) + 1] = static_cast<int>(net.near.size());
  }
}

}  // namespace

void connect(Network& net, std::vector<Link> links) {
  for (Link& l : links) {
    if (l.a > l.b) std::swap(l.a, l.b);
  }
  auto const earlier = [](Link const& x, Link const& y) {
    return x.a != y.a ? x.a < y.a : x.b < y.b;
  };
  // find_conflicts() gives them in order.
  if (!std::is_sorted(links.begin(), links.end(), earlier)) {
    std::sort(links.begin(), links.end(), earlier);
  }
  std::vector<Link> joined;
  for (Link const& l : links) {
    if (joined.empty() || joined.back().a != l.a || joined.back().b != l.b) {
      joined.push_back(l);
    } else {
      joined.back().weight = std::min(impossible, joined.back().weight + l.weight);
    }
  }
  links = std::move(joined);
  int const m = net.candidate_count();
  fill_starts(net.hard_first, m);
  fill_starts(net.soft_first, m);
  for (Link const& l : links) {
    auto& starts = l.weight >= impossible ? net.hard_first : net.soft_first;
    ++starts[at(l.a) + 1];
    ++starts[at(l.b) + 1];
  }
  accumulate(net.hard_first);
  accumulate(net.soft_first);
  net.hard_list.resize(at(net.hard_first.back()));
  net.soft_list.resize(at(net.soft_first.back()));
  net.soft_weight.resize(net.soft_list.size());
  std::vector<int> hard_next(net.hard_first);
  std::vector<int> soft_next(net.soft_first);
  auto const add = [&](int a, int b, Cost weight) {
    if (weight >= impossible) {
      net.hard_list[at(hard_next[at(a)]++)] = b;
    } else {
      net.soft_weight[at(soft_next[at(a)])] = weight;
      net.soft_list[at(soft_next[at(a)]++)] = b;
    }
  };
  // Sorted by a, then b: first the smaller neighbours of each candidate, then the larger ones, so
  // that every list ascends.
  for (Link const& l : links) add(l.b, l.a, l.weight);
  for (Link const& l : links) add(l.a, l.b, l.weight);
  connect_labels(net);
}

Network compile(Problem const& problem) {
  Network net;
  net.rule = problem.rule;
  net.first = first_candidates(problem.labels);
  int const n = static_cast<int>(problem.labels.size());
  int const m = net.first.back();
  net.label_of.reserve(at(m));
  net.cost.reserve(at(m));
  net.drop.reserve(at(n));
  bool const has_previous = !problem.previous.empty();
  if (has_previous && problem.previous.size() != problem.labels.size()) {
    refuse("previous choices are not one per label");
  }
  Cost const change = to_cost(problem.change_cost, "change cost");
  for (int i = 0; i < n; ++i) {
    LabelVariables const& label = problem.labels[at(i)];
    int const before = has_previous ? problem.previous[at(i)] : -1;
    int const count = static_cast<int>(label.candidates.size());
    if (before < -1 || before >= count) refuse("previous choice is not a candidate of its label");
    for (int k = 0; k < count; ++k) {
      bool const moved = before >= 0 && k != before;
      net.label_of.push_back(i);
      net.cost.push_back(to_cost(label.candidates[at(k)].cost, "cost of a candidate") +
                         (moved ? change : 0));
    }
    // One unit more than the caller says: at equal cost a label is placed.
    bool const lost = before >= 0 && problem.rule == Rule::no_overlap;
    net.drop.push_back(to_cost(label.drop_cost, "drop cost") + (lost ? change : 0) + 1);
  }
  std::vector<Link> links;
  links.reserve(problem.conflicts.size());
  for (Conflict const& c : problem.conflicts) {
    if (c.a < 0 || c.b < 0 || c.a >= m || c.b >= m) refuse("conflict of an unknown candidate");
    if (net.label_of[at(c.a)] == net.label_of[at(c.b)]) continue;
    bool const hard = problem.rule == Rule::place_all || c.weight >= never_drop;
    Cost const weight = hard ? impossible : to_cost(c.weight, "weight of a conflict");
    if (weight > 0) links.push_back({c.a, c.b, weight});
  }
  connect(net, std::move(links));
  return net;
}

namespace {

/// Removes candidates from a network that stays as it is, and settles labels.
class Reducer {
 public:
  explicit Reducer(Network const& net)
      : net_(net),
        alive_(at(net.candidate_count()), 1),
        settled_(at(net.label_count()), 0),
        queued_(at(net.label_count()), 0),
        hard_mark_(at(net.candidate_count()), -1),
        soft_mark_(at(net.candidate_count()), -1),
        soft_weight_(at(net.candidate_count()), 0),
        chosen_(at(net.label_count()), -1),
        local_(at(net.candidate_count()), -1) {}

  Reduced run() {
    for (int i = 0; i < net_.label_count(); ++i) enqueue(i);
    while (!queue_.empty()) {
      int const i = queue_.front();
      queue_.pop_front();
      queued_[at(i)] = 0;
      if (!settled_[at(i)]) inspect(i);
    }
    return {chosen_, split()};
  }

 private:
  void enqueue(int label) {
    if (queued_[at(label)] || settled_[at(label)]) return;
    queued_[at(label)] = 1;
    queue_.push_back(label);
  }

  void remove(int v) {
    if (!alive_[at(v)]) return;
    alive_[at(v)] = 0;
    enqueue(net_.label_of[at(v)]);
    for (int u : net_.hard(v)) {
      if (alive_[at(u)]) enqueue(net_.label_of[at(u)]);
    }
    for (int u : net_.soft(v)) {
      if (alive_[at(u)]) enqueue(net_.label_of[at(u)]);
    }
  }

  std::vector<int> alive_of(int label) const {
    std::vector<int> list;
    for (int v = net_.first[at(label)]; v < net_.first[at(label) + 1]; ++v) {
      if (alive_[at(v)]) list.push_back(v);
    }
    return list;
  }

  int alive_degree(int v) const {
    auto const lives = [&](int u) { return alive_[at(u)] != 0; };
    return static_cast<int>(std::ranges::count_if(net_.hard(v), lives) +
                            std::ranges::count_if(net_.soft(v), lives));
  }

  // Whether everything in the way of `w` is at least as much in the way of the marked candidate.
  bool within_mark(int w, int marked) const {
    for (int u : net_.hard(w)) {
      if (alive_[at(u)] && hard_mark_[at(u)] != marked) return false;
    }
    auto const soft = net_.soft(w);
    auto const weights = net_.soft_weights(w);
    for (std::size_t k = 0; k < soft.size(); ++k) {
      int const u = soft[k];
      if (!alive_[at(u)] || hard_mark_[at(u)] == marked) continue;
      if (soft_mark_[at(u)] != marked || soft_weight_[at(u)] < weights[k]) return false;
    }
    return true;
  }

  void mark(int v) {
    for (int u : net_.hard(v)) hard_mark_[at(u)] = v;
    auto const soft = net_.soft(v);
    auto const weights = net_.soft_weights(v);
    for (std::size_t k = 0; k < soft.size(); ++k) {
      soft_mark_[at(soft[k])] = v;
      soft_weight_[at(soft[k])] = weights[k];
    }
  }

  void remove_dominated(int label) {
    std::vector<int> list = alive_of(label);
    std::vector<int> degree;
    for (int v : list) degree.push_back(alive_degree(v));
    for (std::size_t a = 0; a < list.size(); ++a) {
      int const v = list[a];
      mark(v);
      for (std::size_t b = 0; b < list.size(); ++b) {
        int const w = list[b];
        if (a == b || !alive_[at(w)] || degree[b] > degree[a]) continue;
        if (net_.cost[at(w)] > net_.cost[at(v)] || !within_mark(w, v)) continue;
        remove(v);
        break;
      }
    }
  }

  // A label with one candidate left whose conflicts all exclude each other: choosing it costs at
  // most one of them, so it is right if it is worth as much as the dearest.
  bool is_worth_its_clique(int v) const {
    std::vector<int> rivals;
    for (int u : net_.hard(v)) {
      if (alive_[at(u)]) rivals.push_back(u);
    }
    if (rivals.size() > 12) return false;
    for (int u : net_.soft(v)) {
      if (alive_[at(u)]) return false;
    }
    for (std::size_t a = 0; a < rivals.size(); ++a) {
      if (gain(rivals[a]) > gain(v)) return false;
      auto const list = net_.hard(rivals[a]);
      for (std::size_t b = a + 1; b < rivals.size(); ++b) {
        bool const siblings = net_.label_of[at(rivals[a])] == net_.label_of[at(rivals[b])];
        if (!siblings && !std::binary_search(list.begin(), list.end(), rivals[b])) return false;
      }
    }
    return true;
  }

  Cost gain(int v) const { return net_.drop[at(net_.label_of[at(v)])] - net_.cost[at(v)]; }

  void settle(int label, int v) {
    settled_[at(label)] = 1;
    chosen_[at(label)] = v;
    if (v < 0) return;
    for (int u : net_.hard(v)) remove(u);
    remove(v);
  }

  void inspect(int label) {
    if (net_.rule == Rule::no_overlap) {
      for (int v : alive_of(label)) {
        if (gain(v) < 0) remove(v);
      }
    }
    remove_dominated(label);
    std::vector<int> const list = alive_of(label);
    if (list.empty()) return settle(label, -1);
    if (list.size() > 1) return;
    bool const free = alive_degree(list[0]) == 0;
    if (free || (net_.rule == Rule::no_overlap && is_worth_its_clique(list[0]))) {
      settle(label, list[0]);
    }
  }

  std::vector<Component> split() {
    std::vector<int> part(at(net_.label_count()), -1);
    std::vector<Component> parts;
    for (int root = 0; root < net_.label_count(); ++root) {
      if (settled_[at(root)] || part[at(root)] >= 0) continue;
      parts.push_back(grow(root, static_cast<int>(parts.size()), part));
    }
    return parts;
  }

  Component grow(int root, int number, std::vector<int>& part) {
    Component c;
    c.labels.push_back(root);
    part[at(root)] = number;
    for (std::size_t next = 0; next < c.labels.size(); ++next) {
      auto const reach = [&](int u) {
        int const j = net_.label_of[at(u)];
        if (!alive_[at(u)] || part[at(j)] >= 0) return;
        part[at(j)] = number;
        c.labels.push_back(j);
      };
      for (int v : alive_of(c.labels[next])) {
        for (int u : net_.hard(v)) reach(u);
        for (int u : net_.soft(v)) reach(u);
      }
    }
    extract(c);
    return c;
  }

  // Labels stay in the order of growth: neighbours are close in memory, which the annealing of
  // large components lives on.
  void extract(Component& c) {
    Network& sub = c.network;
    sub.rule = net_.rule;
    for (int i : c.labels) {
      sub.first.push_back(static_cast<int>(c.candidates.size()));
      sub.drop.push_back(net_.drop[at(i)]);
      for (int v : alive_of(i)) {
        c.candidates.push_back(v);
        sub.label_of.push_back(static_cast<int>(sub.first.size()) - 1);
        sub.cost.push_back(net_.cost[at(v)]);
      }
    }
    sub.first.push_back(static_cast<int>(c.candidates.size()));
    for (std::size_t k = 0; k < c.candidates.size(); ++k) {
      local_[at(c.candidates[k])] = static_cast<int>(k);
    }
    std::vector<Link> links;
    for (std::size_t k = 0; k < c.candidates.size(); ++k) {
      int const v = c.candidates[k];
      for (int u : net_.hard(v)) {
        if (u > v && alive_[at(u)])
          links.push_back({static_cast<int>(k), local_[at(u)], impossible});
      }
      auto const soft = net_.soft(v);
      auto const weights = net_.soft_weights(v);
      for (std::size_t s = 0; s < soft.size(); ++s) {
        if (soft[s] < v || !alive_[at(soft[s])]) continue;
        links.push_back({static_cast<int>(k), local_[at(soft[s])], weights[s]});
      }
    }
    connect(sub, std::move(links));
  }

  Network const& net_;
  std::vector<std::uint8_t> alive_;
  std::vector<std::uint8_t> settled_;
  std::vector<std::uint8_t> queued_;
  std::vector<int> hard_mark_;  ///< last candidate whose hard neighbour this is
  std::vector<int> soft_mark_;
  std::vector<Cost> soft_weight_;
  std::vector<int> chosen_;
  std::vector<int> local_;  ///< number of a candidate within its component
  std::deque<int> queue_;
};

}  // namespace

Reduced reduce(Network const& network) {
  return Reducer(network).run();
}

Assignment::Assignment(Network const& network)
    : network_(&network),
      chosen_(at(network.label_count()), -1),
      hits_(at(network.candidate_count()), 0),
      eviction_(at(network.candidate_count()), 0),
      soft_(network.has_soft() ? at(network.candidate_count()) : 0, 0) {
  for (Cost c : network.drop) total_ += c;
}

void Assignment::choose(int label, int v) {
  Network const& net = *network_;
  int const old = chosen_[at(label)];
  if (old == v) return;
  Cost const drop = net.drop[at(label)];
  bool const counts_hits = net.rule == Rule::place_all;
  if (old >= 0) {
    total_ -= net.cost[at(old)] + soft(old);
    if (counts_hits && hits_[at(old)] > 0) total_ -= drop;
    chosen_[at(label)] = -1;
    Cost const gain = drop - net.cost[at(old)];
    for (int u : net.hard(old)) {
      eviction_[at(u)] -= gain;
      if (--hits_[at(u)] == 0 && counts_hits && is_chosen(u)) {
        total_ -= net.drop[at(net.label_of[at(u)])];
      }
    }
    auto const list = net.soft(old);
    auto const weights = net.soft_weights(old);
    for (std::size_t k = 0; k < list.size(); ++k) soft_[at(list[k])] -= weights[k];
  } else {
    total_ -= drop;
  }
  if (v < 0) {
    total_ += drop;
    return;
  }
  chosen_[at(label)] = v;
  total_ += net.cost[at(v)] + soft(v);
  if (counts_hits && hits_[at(v)] > 0) total_ += drop;
  Cost const gain = drop - net.cost[at(v)];
  for (int u : net.hard(v)) {
    eviction_[at(u)] += gain;
    if (hits_[at(u)]++ == 0 && counts_hits && is_chosen(u)) {
      total_ += net.drop[at(net.label_of[at(u)])];
    }
  }
  auto const list = net.soft(v);
  auto const weights = net.soft_weights(v);
  for (std::size_t k = 0; k < list.size(); ++k) soft_[at(list[k])] += weights[k];
}

void Assignment::evict(int v, std::vector<int>* evicted) {
  if (hits(v) == 0) return;
  for (int u : network_->hard(v)) {
    if (!is_chosen(u)) continue;
    int const label = network_->label_of[at(u)];
    choose(label, -1);
    if (evicted) evicted->push_back(label);
    if (hits(v) == 0) return;
  }
}

void Assignment::assign(std::vector<int> const& chosen) {
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (chosen[i] < 0) choose(static_cast<int>(i), -1);
  }
  for (std::size_t i = 0; i < chosen.size(); ++i) choose(static_cast<int>(i), chosen[i]);
}

}  // namespace hachure::layout
