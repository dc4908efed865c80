#pragma once

#include <optional>

#include "record/record.hpp"

namespace hachure::scene {

/// The strength of a unit that a record has stated last by the instant: its own, that of a movement
/// or event of it alone; before all of them the first. What lies between is not reckoned, as
/// units_at does for pictures: a list prints figures that somebody gives.
std::optional<double> stated_strength(record::Records const& records, record::Unit const& unit,
                                      record::Instant instant);

}  // namespace hachure::scene
