#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "layout/furniture.hpp"
#include "layout/shape.hpp"
#include "scene/scene.hpp"

namespace hachure::layout {

/// The strip of time below a map: ticks, lanes, phases, and at an instant the playhead. Made once
/// for a run of frames, with all its text shaped; then each frame asks for its instant.
class Timeline {
 public:
  /// @param scene its `timeline` (not empty), look, language, `timeline_box` for the size, `run`
  ///        and `moment` for the instants that the playhead will name
  Timeline(scene::Scene const& scene, Shaper const& shaper, FurnitureProblems& problems);

  double width_mm() const { return width_mm_; }
  double height_mm() const { return height_mm_; }

  /// The strip about its own top left corner. With an instant what is past, running and to come is
  /// told apart, and the playhead stands at it; an instant that was not known when the strip was
  /// made has no tab. Safe to call from several threads.
  draw::Group at(std::optional<record::Instant> instant) const;
  /// What of at() is the same at every instant: ground, nights, lanes and their names.
  draw::Group still() const;
  /// The rest of at(), which goes over still(): ticks, phases, playhead.
  draw::Group moving(std::optional<record::Instant> instant) const;

 private:
  /// A phase with its place on the strip and the ways of naming it, the fullest first.
  struct Bar {
    scene::Happening what;
    double left_mm = 0;
    double right_mm = 0;
    double top_mm = 0;
    double bottom_mm = 0;
    double room_right_mm = 0;  ///< x up to which a name beside it is free
    std::vector<ShapedText> names;
    std::optional<ShapedText> number;  ///< of the event key
  };
  struct Tick {
    record::Instant at;
    double x_mm = 0;
    bool is_major = false;
    ShapedText text;
  };
  /// What an instant does to the picture.
  struct Playhead {
    record::Instant at;
    double x_mm = 0;
  };
  struct NamePlace {
    ShapedText const* text = nullptr;
    double x_mm = 0;
    bool is_outside = false;
  };

  /// The sign of what happens at one time: a diamond, or a disc with the number of the key.
  void draw_moment(draw::Group& group, Bar const& bar, double strength) const;

  void place_lanes(FurnitureProblems& problems, Shaper const& shaper);
  void place_ticks(FurnitureProblems& problems, Shaper const& shaper);
  void add_bar(scene::Phase const& phase, double top_mm, FurnitureProblems& problems,
               Shaper const& shaper);
  /// Dates of the other calendars, under the start of the strip and the larger ticks.
  void place_dates(FurnitureProblems& problems, Shaper const& shaper);
  std::vector<Tick> ticks_of(scene::TimeStretch const& stretch, FurnitureProblems& problems,
                             Shaper const& shaper) const;
  double x_of(record::Instant at) const;
  double strength_of(Bar const& bar, std::optional<Playhead> const& head) const;
  NamePlace name_of(Bar const& bar, std::optional<Playhead> const& head) const;
  void draw_ground(draw::Group& group) const;
  void draw_ticks(draw::Group& group, std::optional<Playhead> const& head, double clear_mm) const;
  draw::Group draw_bar(Bar const& bar, std::optional<Playhead> const& head) const;
  void draw_name(draw::Group& group, Bar const& bar, std::optional<Playhead> const& head) const;
  void draw_playhead(draw::Group& group, Playhead const& head, ShapedText const* tab) const;

  scene::Timeline timeline_;
  style::FurnitureLook look_;
  std::string lang_;
  std::string title_;
  double width_mm_ = 0;
  double height_mm_ = 0;
  scene::StripMeasure measure_;
  double from_x_mm_ = 0;  ///< where the scale begins and ends
  double to_x_mm_ = 0;
  std::vector<Bar> bars_;
  std::vector<Tick> ticks_;
  std::vector<double> breaks_mm_;
  std::vector<std::pair<double, double>> lanes_mm_;        ///< top and bottom of each lane
  std::vector<std::pair<ShapedText, draw::Point>> words_;  ///< the same at every instant
  std::map<record::Instant, ShapedText> tabs_;
};

}  // namespace hachure::layout
