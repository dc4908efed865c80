#include "cli/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/messages.hpp"

namespace hachure::cli {

namespace {

void print_event(nlohmann::ordered_json const& event) {
  print_message(event.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace

Progress::Progress(MessageOptions const& options, std::size_t pages) : pages_(pages) {
  using Form = MessageOptions::Progress;
  json_ = options.progress == Form::json;
  text_ = options.progress == Form::automatic && !options.quiet && !options.json &&
          stderr_is_terminal();
  if (json_) print_event({{"event", "start"}, {"pages", pages_}});
}

void Progress::page_done(std::string const& map, std::string const& lang) {
  auto const done = ++done_;
  if (json_) {
    print_event(
        {{"event", "page"}, {"map", map}, {"lang", lang}, {"done", done}, {"pages", pages_}});
  }
  if (text_) {
    print_message("[" + std::to_string(done) + "/" + std::to_string(pages_) + "] " + map + " " +
                  lang);
  }
}

void Progress::frame_done(std::size_t index, std::string const& file) {
  auto const done = ++done_;
  if (!json_ && !text_) return;
  auto const now = std::chrono::steady_clock::now();
  double const seconds = std::chrono::duration<double>(now - begin_).count();
  double const rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
  double const left_s = rate > 0 ? static_cast<double>(pages_ - std::min(done, pages_)) / rate : 0;
  if (json_) {
    print_event({{"event", "frame"},
                 {"index", index},
                 {"file", file},
                 {"done", done},
                 {"frames", pages_},
                 {"rate", rate},
                 {"left_s", left_s}});
  }
  if (!text_) return;
  std::lock_guard const lock(line_);
  // A terminal need not follow every frame.
  if (done < pages_ && now - shown_ < std::chrono::milliseconds(100)) return;
  shown_ = now;
  print_partial(fmt::format("\r[{}/{}] {:.0f} frames a second, {}:{:02} left   {}", done, pages_,
                            rate, static_cast<int>(left_s) / 60, static_cast<int>(left_s) % 60,
                            done >= pages_ ? "\n" : ""));
}

void Progress::file_written(std::string const& file, std::size_t bytes) {
  if (json_) print_event({{"event", "output"}, {"file", file}, {"bytes", bytes}});
  if (text_) print_message("  " + file);
}

void Progress::finished(int exit_status) {
  if (json_) print_event({{"event", "end"}, {"exit_status", exit_status}});
}

}  // namespace hachure::cli
