#include "layout/date_plate.hpp"

#include <algorithm>
#include <limits>

#include "base/message.hpp"
#include "base/text.hpp"

namespace hachure::layout {

namespace {

using draw::Group;
using record::Instant;
using scene::TimeUnit;

/// By what a run goes: the least step between its instants. A single instant is an hour unless it
/// is the end of a day, which `--at` with a date means.
TimeUnit unit_of(std::vector<Instant> const& instants) {
  constexpr std::int64_t day_s = 86400;
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  bool whole_days = true;
  for (std::size_t i = 0; i < instants.size(); ++i) {
    auto const of_day = ((instants[i].seconds % day_s) + day_s) % day_s;
    whole_days &= of_day == 0 || of_day == day_s - 1;
    if (i > 0) least = std::min(least, instants[i].seconds - instants[i - 1].seconds);
  }
  if (!whole_days) return TimeUnit::hour;
  if (instants.size() < 2) return TimeUnit::day;
  if (least < day_s) return TimeUnit::hour;
  return least < 28 * day_s    ? TimeUnit::day
         : least < 365 * day_s ? TimeUnit::month
                               : TimeUnit::year;
}

double height_of(ShapedText const& text) {
  return text.lines.empty() ? 0
                            : text.cap_height_mm + text.lines.back().baseline_mm + text.descent_mm;
}

}  // namespace

DatePlate::DatePlate(scene::Scene const& scene, record::FurnitureItem const& item,
                     Shaper const& shaper, FurnitureProblems& problems)
    : look_(scene.look),
      lang_(scene.lang),
      second_(scene::second_language(item)),
      shaper_(&shaper),
      problems_(&problems) {
  // On a small frame the clock leaves the map its room.
  constexpr double largest_clock = 0.115;
  double const largest_mm = largest_clock * scene.page_height_mm;
  bool const is_small = look_.clock.size_mm * 0.75 > largest_mm;
  look_.clock.size_mm = std::min(look_.clock.size_mm, largest_mm);
  auto instants = scene.run;
  if (instants.empty() && scene.moment) instants.push_back(*scene.moment);
  auto const found = item.options.find("calendars");
  auto const calendars = found == item.options.end() ? std::vector<std::string>()
                                                     : base::split_list(found->second, ',');
  auto const unit = unit_of(instants);
  is_clock_ = !instants.empty() && unit == TimeUnit::hour;
  // What has happened less than a tenth of the run ago is still the news.
  std::int64_t recent_s = 3 * 3600;
  if (instants.size() > 1) {
    recent_s = (instants.back().seconds - instants.front().seconds) / 10;
  } else if (unit != TimeUnit::hour) {
    recent_s = 86400;
  }
  std::vector<Content const*> all;
  for (auto const at : instants) {
    auto const* current = scene::current_of(scene.happenings, at, recent_s);
    auto const [it, added] =
        contents_.emplace(at, content_of(scene::date_words(at, unit, calendars, lang_), current));
    if (added) all.push_back(&it->second);
  }
  if (instants.empty() && scene.when) {
    at_rest_ = content_of(scene::date_words(*scene.when, calendars, lang_), nullptr);
  }
  if (all.empty()) all.push_back(&at_rest_);
  std::optional<double> given;
  if (item.placement.width) given = item.placement.width->to_mm(1);
  // A map with a title of its own need not say it twice.
  bool const has_title =
      std::ranges::any_of(scene.furniture, [](auto const& other) { return other.kind == "title"; });
  if (!has_title && !is_small) title_ = scene.title.in(lang_);
  if (!title_.empty() && !second_.empty() && second_ != lang_ && scene.title.has(second_)) {
    title_ += "  " + scene.title.in(second_);
  }
  measure(all, given);
  if (item.placement.height) height_mm_ = item.placement.height->to_mm(1);
  shaper_ = nullptr;
  problems_ = nullptr;
}

DatePlate::Content DatePlate::content_of(scene::DateWords const& words,
                                         scene::Happening const* current) const {
  Content content;
  content.big = words.big;
  for (auto const& text : {words.weekday, words.date}) {
    if (!text.empty()) content.beside.push_back(text);
  }
  content.beside.insert(content.beside.end(), words.others.begin(), words.others.end());
  if (current != nullptr) {
    content.caption = current->text;
    if (current->second_text != current->text) content.second_caption = current->second_text;
  }
  return content;
}

style::TextStyle DatePlate::style_of(Role role) const {
  switch (role) {
    case Role::big: {
      auto style = look_.clock;
      // A whole date is four times as long as an hour.
      if (!is_clock_) style.size_mm *= 0.56;
      return style;
    }
    case Role::beside:
      return look_.date;
    case Role::title:
      return look_.date_title;
    case Role::caption:
      return look_.caption;
    case Role::second_caption: {
      auto style = look_.caption;
      style.size_mm *= 0.94;
      style.color = draw::mixed(style.color, look_.panel, 0.75);
      return style;
    }
  }
  return look_.body;
}

void DatePlate::shape(Role role, std::string const& text, std::optional<double> wrap_mm) {
  if (text.empty() || texts_.contains({role, text})) return;
  ParagraphStyle paragraph;
  paragraph.lang = role == Role::second_caption ? second_ : lang_;
  paragraph.width_mm = wrap_mm;
  auto shaped = shaper_->shape({{text, style_of(role)}}, paragraph);
  problems_->missing.insert(problems_->missing.end(), shaped.missing.begin(), shaped.missing.end());
  texts_.emplace(std::pair(role, text), std::move(shaped));
}

ShapedText const* DatePlate::text_of(Role role, std::string const& text) const {
  auto const it = texts_.find({role, text});
  return it == texts_.end() ? nullptr : &it->second;
}

double DatePlate::widest(Role role, std::vector<Content const*> const& all) const {
  double width = 0;
  auto const add = [&](std::string const& text) {
    if (auto const* shaped = text_of(role, text)) {
      width = std::max(width, shaped->logical.width_mm());
    }
  };
  for (auto const* content : all) {
    if (role == Role::big) add(content->big);
    if (role == Role::beside) std::ranges::for_each(content->beside, add);
    if (role == Role::caption) add(content->caption);
    if (role == Role::second_caption) add(content->second_caption);
  }
  if (role == Role::title) add(title_);
  return width;
}

void DatePlate::measure(std::vector<Content const*> const& all, std::optional<double> given_mm) {
  for (auto const* content : all) {
    shape(Role::big, content->big, {});
    for (auto const& text : content->beside) shape(Role::beside, text, {});
  }
  shape(Role::title, title_, {});
  double const pad = look_.padding_mm;
  double const em = look_.date.size_mm;
  double const big = widest(Role::big, all);
  double const beside = widest(Role::beside, all);
  beside_x_mm_ = is_clock_ ? pad + big + 1.6 * em : pad;
  double row = is_clock_ ? big + (beside > 0 ? 1.6 * em + beside : 0) : std::max(big, beside);
  row = std::max({row, widest(Role::title, all), 20 * look_.caption.size_mm});
  double const inner = given_mm ? *given_mm - 2 * pad : row;
  width_mm_ = inner + 2 * pad;
  double tallest = 0;
  for (auto const* content : all) {
    shape(Role::caption, content->caption, inner);
    shape(Role::second_caption, content->second_caption, inner);
    auto const* first = text_of(Role::caption, content->caption);
    auto const* second = text_of(Role::second_caption, content->second_caption);
    double height = first != nullptr ? height_of(*first) : 0;
    if (second != nullptr) height += height_of(*second) + 0.35 * em;
    tallest = std::max(tallest, height);
  }
  std::size_t lines = 0;
  for (auto const* content : all) lines = std::max(lines, content->beside.size());
  double const line = 1.36 * em;
  auto const* any_big = text_of(Role::big, all.front()->big);
  double const cap = any_big != nullptr ? any_big->cap_height_mm : 0;
  double const block = static_cast<double>(lines) * line;
  double const head = is_clock_ ? std::max(cap, block) : cap + (lines > 0 ? block + 0.9 * em : 0);
  auto const* title = text_of(Role::title, title_);
  double y = pad + head;
  if (title != nullptr) {
    y += 1.0 * em + title->cap_height_mm;
    title_y_mm_ = y;
    y += title->descent_mm * 0.5;
  }
  if (tallest > 0) {
    y += 0.75 * em;
    caption_y_mm_ = y;
    y += tallest;
  }
  height_mm_ = y + pad * 0.8;
}

Group DatePlate::draw(Content const& content) const {
  Group group;
  group.id = "date";
  group.role = draw::GroupRole::furniture;
  group.label = "date";
  group.title = std::string(base::message("date", lang_));
  double const pad = look_.padding_mm;
  double const line = 1.36 * look_.date.size_mm;
  auto const put = [&](ShapedText const* text, double x, double baseline) {
    if (text != nullptr) group.children.push_back({text->placed({x, baseline})});
  };
  auto const* big = text_of(Role::big, content.big);
  double const cap = big != nullptr ? big->cap_height_mm : 0;
  put(big, pad, pad + cap);
  double y = is_clock_ ? pad : pad + cap + 0.9 * look_.date.size_mm;
  for (auto const& words : content.beside) {
    auto const* text = text_of(Role::beside, words);
    if (text != nullptr) put(text, beside_x_mm_, y + text->cap_height_mm);
    y += line;
  }
  put(text_of(Role::title, title_), pad, title_y_mm_);
  double below = caption_y_mm_;
  if (auto const* caption = text_of(Role::caption, content.caption)) {
    put(caption, pad, below + caption->cap_height_mm);
    below += height_of(*caption) + 0.35 * look_.date.size_mm;
  }
  if (auto const* second = text_of(Role::second_caption, content.second_caption)) {
    put(second, pad, below + second->cap_height_mm);
  }
  return group;
}

Group DatePlate::at(Instant instant) const {
  if (contents_.empty()) return draw(at_rest_);
  auto it = contents_.upper_bound(instant);
  if (it != contents_.begin()) --it;
  return draw(it->second);
}

Group DatePlate::at_rest() const {
  return draw(at_rest_);
}

}  // namespace hachure::layout
