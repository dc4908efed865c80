#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "layout/solver.hpp"

/// The solver's own view of a problem: integer costs and adjacency lists. Not for other modules.
namespace hachure::layout {

/// Costs in 1/16384 of the caller's unit, so that sums are exact and have no order.
using Cost = std::int64_t;
inline constexpr Cost cost_scale = 16384;
/// Larger than any sum of costs of a page; a few of them still fit the type.
inline constexpr Cost impossible = Cost{1} << 58;

/// Labels, candidates and conflicts as flat arrays. Candidates are numbered through all labels; a
/// placement is a vector with one candidate number, or -1, per label.
struct Network {
  Rule rule = Rule::no_overlap;
  std::vector<int> first;     ///< per label its first candidate, and the total at the end
  std::vector<int> label_of;  ///< per candidate
  std::vector<Cost> cost;     ///< per candidate
  std::vector<Cost> drop;     ///< per label
  std::vector<int> hard_first, hard_list;
  std::vector<int> soft_first, soft_list;
  std::vector<Cost> soft_weight;      ///< along soft_list
  std::vector<int> near_first, near;  ///< labels in any conflict with a label

  int label_count() const { return static_cast<int>(drop.size()); }
  int candidate_count() const { return static_cast<int>(label_of.size()); }
  bool has_soft() const { return !soft_list.empty(); }
  std::span<int const> hard(int v) const { return slice(hard_list, hard_first, v); }
  std::span<int const> soft(int v) const { return slice(soft_list, soft_first, v); }
  std::span<Cost const> soft_weights(int v) const {
    auto const begin = static_cast<std::size_t>(soft_first[static_cast<std::size_t>(v)]);
    return {soft_weight.data() + begin, soft(v).size()};
  }
  std::span<int const> neighbours(int label) const { return slice(near, near_first, label); }

 private:
  static std::span<int const> slice(std::vector<int> const& list, std::vector<int> const& starts,
                                    int i) {
    auto const k = static_cast<std::size_t>(i);
    return {list.data() + starts[k], static_cast<std::size_t>(starts[k + 1] - starts[k])};
  }
};

/// A conflict in the solver's costs; `impossible` for a hard one.
struct Link {
  int a = 0;
  int b = 0;
  Cost weight = impossible;
};

/// Fills the adjacency arrays of `network` (whose labels and costs are set) from `links`; several
/// links between two candidates add up.
void connect(Network& network, std::vector<Link> links);

/// Checks and converts a problem; change costs are added to the candidates.
Network compile(Problem const& problem);

/// A part of a network that stands alone: its candidates and labels in terms of the whole.
struct Component {
  Network network;
  std::vector<int> labels;      ///< per label of the part, neighbours near each other
  std::vector<int> candidates;  ///< per candidate of the part
};

/// What reduction leaves: labels settled for good, and the connected rest.
struct Reduced {
  std::vector<int> chosen;  ///< per label; -1 for those in components, too
  std::vector<Component> components;
};

/// Removes dominated candidates, settles labels whose best candidate is in nobody's way (repeated
/// until nothing changes) and splits the rest. At least one optimal placement survives.
Reduced reduce(Network const& network);

/// A placement under change, with everything needed to price a move in constant time.
class Assignment {
 public:
  /// All labels left out. `network` must outlive it.
  explicit Assignment(Network const& network);

  Network const& network() const { return *network_; }
  int chosen(int label) const { return chosen_[static_cast<std::size_t>(label)]; }
  std::vector<int> const& chosen() const { return chosen_; }
  bool is_chosen(int v) const {
    auto const k = static_cast<std::size_t>(v);
    return chosen_[static_cast<std::size_t>(network_->label_of[k])] == v;
  }
  /// Number of chosen candidates in hard conflict with `v`.
  int hits(int v) const { return hits_[static_cast<std::size_t>(v)]; }
  /// What leaving out everything in hard conflict with `v` costs, soft conflicts apart.
  Cost eviction(int v) const { return eviction_[static_cast<std::size_t>(v)]; }
  /// Weight of the soft conflicts of `v` with what is chosen.
  Cost soft(int v) const { return soft_.empty() ? 0 : soft_[static_cast<std::size_t>(v)]; }
  /// Cost of the whole placement. Under Rule::no_overlap hard conflicts are not priced: keep them
  /// out with evict().
  Cost total() const { return total_; }

  /// Chooses `v` (-1: leaves the label out), whatever is in its way.
  void choose(int label, int v);
  /// Leaves out every label in hard conflict with `v`; they are appended to `evicted` if given.
  void evict(int v, std::vector<int>* evicted = nullptr);
  /// Takes over a whole placement.
  void assign(std::vector<int> const& chosen);

 private:
  Network const* network_;
  std::vector<int> chosen_;
  std::vector<int> hits_;
  std::vector<Cost> eviction_;
  std::vector<Cost> soft_;
  Cost total_ = 0;
};

/// Small generator (SplitMix64, Steele, Lea, Flood 2014): the same sequence on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  /// Uniform in [0, n). @pre 0 < n < 2^31
  int below(int n) {
    return static_cast<int>(((next() >> 32) * static_cast<std::uint64_t>(n)) >> 32);
  }

 private:
  std::uint64_t state_;
};

}  // namespace hachure::layout
