#include "cli/progress.hpp"

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

void Progress::file_written(std::string const& file, std::size_t bytes) {
  if (json_) print_event({{"event", "output"}, {"file", file}, {"bytes", bytes}});
  if (text_) print_message("  " + file);
}

void Progress::finished(int exit_status) {
  if (json_) print_event({{"event", "end"}, {"exit_status", exit_status}});
}

}  // namespace hachure::cli
