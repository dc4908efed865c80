#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "layout/furniture.hpp"
#include "layout/shape.hpp"
#include "scene/scene.hpp"
#include "scene/time_words.hpp"

namespace hachure::layout {

/// The plate with the date: the hour (or the day, where a run goes by days or more) in large, what
/// belongs to it in other words and calendars, the map's title, and what runs or has just happened.
/// Made once for a run of frames, with all its text shaped; as large as its largest instant needs.
class DatePlate {
 public:
  /// @param scene its `run`, else `moment`, else `when`, are what the plate can show
  /// @param item the piece of furniture `date`: its width and options
  DatePlate(scene::Scene const& scene, record::FurnitureItem const& item, Shaper const& shaper,
            FurnitureProblems& problems);

  double width_mm() const { return width_mm_; }
  double height_mm() const { return height_mm_; }

  /// The plate about its own top left corner, without its ground: an instant of the run, or the
  /// last one before it. Safe to call from several threads.
  draw::Group at(record::Instant instant) const;
  /// The plate of a map without an instant: its time.
  draw::Group at_rest() const;

 private:
  /// What is written for one instant; texts are shared by those that say the same.
  struct Content {
    std::string big;
    std::vector<std::string> beside;  ///< weekday, date, other calendars
    std::string caption;
    std::string second_caption;
  };
  enum class Role { big, beside, title, caption, second_caption };

  Content content_of(scene::DateWords const& words, scene::Happening const* current) const;
  style::TextStyle style_of(Role role) const;
  void shape(Role role, std::string const& text, std::optional<double> wrap_mm);
  ShapedText const* text_of(Role role, std::string const& text) const;
  void measure(std::vector<Content const*> const& all, std::optional<double> given_mm);
  draw::Group draw(Content const& content) const;
  double widest(Role role, std::vector<Content const*> const& all) const;

  style::FurnitureLook look_;
  std::string lang_;
  std::string second_;
  std::string title_;
  Shaper const* shaper_ = nullptr;  ///< while it is made
  FurnitureProblems* problems_ = nullptr;
  bool is_clock_ = false;  ///< the large text is an hour, and the day stands beside it
  std::map<std::pair<Role, std::string>, ShapedText> texts_;
  std::map<record::Instant, Content> contents_;
  Content at_rest_;
  double width_mm_ = 0;
  double height_mm_ = 0;
  double beside_x_mm_ = 0;
  double title_y_mm_ = 0;    ///< baseline of the title
  double caption_y_mm_ = 0;  ///< baseline of the caption
};

}  // namespace hachure::layout
