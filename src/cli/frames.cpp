#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/checksum.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "cli/camera_run.hpp"
#include "cli/commands.hpp"
#include "cli/dependencies.hpp"
#include "cli/frame_folder.hpp"
#include "cli/frame_maker.hpp"
#include "cli/frame_page.hpp"
#include "cli/messages.hpp"
#include "cli/outputs.hpp"
#include "cli/pages.hpp"
#include "cli/progress.hpp"
#include "cli/sheet.hpp"
#include "cli/styles_folder.hpp"
#include "record/simplify.hpp"
#include "render/format.hpp"
#include "render/frame_encoder.hpp"
#include "render/video.hpp"

namespace hachure::cli {

namespace {

std::atomic<bool> is_interrupted{false};

/// While it lives, Ctrl-C and a polite kill let the frames under way be finished.
class Interruptible {
 public:
  Interruptible() {
    is_interrupted = false;
    before_int_ = std::signal(SIGINT, note);
    before_term_ = std::signal(SIGTERM, note);
  }
  ~Interruptible() {
    std::signal(SIGINT, before_int_);
    std::signal(SIGTERM, before_term_);
  }
  Interruptible(Interruptible const&) = delete;
  Interruptible& operator=(Interruptible const&) = delete;

 private:
  using Handler = void (*)(int);
  static void note(int) { is_interrupted = true; }
  Handler before_int_;
  Handler before_term_;
};

constexpr int status_interrupted = 130;  // what shells give for SIGINT

/// A run of `frames`.
class FrameRun {
 public:
  explicit FrameRun(FramesJob const& job) : job_(job) {}

  int run() {
    Interruptible const interruptible;
    try {
      read();
      if (!found_.has_errors()) make();
    } catch (base::Error const& error) {
      found_.add(error);
    }
    auto const problems = settled(found_, job_.messages.lenient);
    print_problems(problems, job_.messages);
    write_timings();
    if (is_interrupted && !problems.has_errors()) return status_interrupted;
    return exit_status(problems, job_.messages);
  }

 private:
  bool asks_for_film() const { return !job_.videos.empty(); }
  /// Frames are written where they are asked for, or when nothing else is.
  bool writes_frames() const {
    bool const other = asks_for_film() || !job_.html.empty() || !job_.sheet.empty();
    return !job_.out.empty() || !other;
  }
  int jobs() const { return job_.jobs > 0 ? job_.jobs : base::processor_count(); }

  void read() {
    auto const stage = timings_.stage("read_inputs");
    inputs_ = scene::read_inputs(job_.project, shipped_styles(), {.lenient = job_.messages.lenient},
                                 found_);
    if (base::language_and_script(job_.lang) == "zh-hans")
      record::derive_simplified(inputs_.project);
    std::vector<std::string> asked;
    if (!job_.lang.empty()) asked.push_back(job_.lang);
    auto const languages = languages_of(inputs_.project, asked, found_);
    plan_ = plan_frames(job_, inputs_.project, found_);
    if (languages.empty() || plan_.map == nullptr) return;
    plan_.lang = languages.front();
    PageRequest request;
    request.map = plan_.map;
    request.options.lang = plan_.lang;
    request.options.style = plan_.style;
    styles_ = read_styles(inputs_, {request}, found_);
    if (styles_.empty() || found_.has_errors()) return;
    check_films();
    check_sheet();
    choose_range();
  }

  void choose_range() {
    auto const count = plan_.instants.size();
    first_ = 0;
    end_ = count;
    if (!job_.range) return;
    if (static_cast<std::size_t>(job_.range->second) >= count) {
      found_.error({.file = "--frames", .line = 0, .place = {}, .field = {}},
                   "the run has the frames 0-" + std::to_string(count - 1));
      return;
    }
    first_ = static_cast<std::size_t>(job_.range->first);
    end_ = static_cast<std::size_t>(job_.range->second) + 1;
  }

  /// Opens the films, so that a wrong name or size is told before an hour's work.
  void check_films() {
    for (auto const& file : job_.videos) {
      try {
        render::VideoOptions options;
        options.width_px = plan_.size_px.first;
        options.height_px = plan_.size_px.second;
        options.frame_seconds = 1 / job_.frames_per_second;
        options.title = plan_.map->title.in(plan_.lang, inputs_.project.languages);
        films_.push_back(render::make_video_writer(file, options));
      } catch (base::Error const& error) {
        found_.add(error);
      }
    }
  }

  /// What makes the bytes of the frames: program, options and the files read.
  std::string fingerprint() const {
    std::string text = job_.software + "\n" + plan_.map->id + "\n" + plan_.lang + "\n" +
                       plan_.style + "\n" + std::to_string(plan_.size_px.first) + "x" +
                       std::to_string(plan_.size_px.second) + "\n";
    for (auto const at : plan_.instants) text += std::to_string(at.seconds) + " ";
    std::error_code ignored;
    for (auto const& file : files_read(inputs_, styles_)) {
      if (!std::filesystem::is_regular_file(file, ignored)) continue;
      // By content and name, not by folder: machines that share the work keep the project anywhere.
      text += "\n" + std::filesystem::path(file).filename().string() + " " +
              base::sha256_hex(base::read_file(file, base::limits::max_raster_file_bytes));
    }
    return text;
  }

  void make() {
    bool const page_of_run = job_.size_px && !job_.html.empty();
    if (writes_frames() || asks_for_film() || page_of_run || !job_.report.empty()) make_run();
    if (settled(found_, job_.messages.lenient).has_errors() || is_interrupted) return;
    if (!job_.html.empty()) make_page();
    if (!job_.sheet.empty()) make_sheet_page();
    if (settled(found_, job_.messages.lenient).has_errors()) return;
    if (!job_.report.empty()) add_output(job_.report, report());
    write_all(outputs_, found_);
  }

  /// Frames and films.
  void make_run() {
    {
      auto const stage = timings_.stage("build_and_lay_out", plan_.map->id);
      maker_ = frame_source();
    }
    report_missing(inputs_.project.records, maker_->page().missing, found_);
    if (settled(found_, job_.messages.lenient).has_errors()) return;
    maker_->start(static_cast<std::size_t>(jobs()));
    if (writes_frames() || asks_for_film()) make_pixels();
    found_.append(maker_->problems());
  }

  std::unique_ptr<FrameSource> frame_source() {
    auto const& style = styles_.begin()->second;
    if (plan_.sequence != nullptr && !plan_.sequence->camera.empty()) {
      return std::make_unique<CameraRun>(inputs_, plan_, style, found_);
    }
    return std::make_unique<FrameMaker>(inputs_, plan_, style, found_);
  }

  std::string html_of(FrameMaker& maker) {
    return page_of_frames(maker, plan_, inputs_.project, {first_, end_}, job_.frames_per_second);
  }

  /// The page is read on a desk, not watched from a chair: unless a size is asked for, its map is
  /// the one of the plate, with the plate's type. A camera does not move it: it would take the map
  /// out of the reader's hand.
  void make_page() {
    auto const stage = timings_.stage("html");
    if (auto* fixed = dynamic_cast<FrameMaker*>(maker_.get()); fixed != nullptr && job_.size_px) {
      add_output(job_.html, html_of(*fixed));
      return;
    }
    auto plan = plan_;
    plan.on_own_page = !job_.size_px;
    FrameMaker maker(inputs_, plan, styles_.begin()->second, found_);
    report_missing(inputs_.project.records, maker.page().missing, found_);
    if (settled(found_, job_.messages.lenient).has_errors()) return;
    maker.start(1);
    add_output(job_.html, html_of(maker));
    found_.append(maker.problems());
  }

  /// The frames as small maps on one page, in the format that the file's name asks for.
  void make_sheet_page() {
    auto const stage = timings_.stage("sheet");
    SheetJob sheet;
    sheet.map = plan_.map;
    sheet.lang = plan_.lang;
    sheet.style = plan_.style;
    sheet.jobs = jobs();
    if (job_.size_px) {
      auto const& style = styles_.begin()->second;
      auto const page = resized(*plan_.map, plan_.size_px, style);
      sheet.page_width_mm = page.page_width_mm;
      sheet.page_height_mm = page.page_height_mm;
    }
    for (auto index = first_; index < end_; ++index) {
      sheet.instants.push_back({plan_.instants[index], caption_of_frame(plan_, index)});
    }
    auto page = make_sheet(inputs_, sheet, found_);
    auto& drawing = page.drawing;
    drawing.author = inputs_.project.author.in(plan_.lang, inputs_.project.languages);
    drawing.rights = inputs_.project.rights.in(plan_.lang, inputs_.project.languages);
    report_missing(inputs_.project.records, page.missing, found_);
    render::PaintOptions options;
    options.software = job_.software;
    options.threads = jobs();
    options.size_px = job_.size_px;
    add_output(job_.sheet, sheet_format()->paint(drawing, options));
  }

  /// The output format that the name of the sheet's file asks for.
  render::Format const* sheet_format() const {
    auto const extension = std::filesystem::path(job_.sheet).extension().string();
    for (auto const& format : render::formats()) {
      if (extension == "." + std::string(format.extension)) return &format;
    }
    return nullptr;
  }

  /// A sheet of a format that there is not is told before the work begins.
  void check_sheet() {
    if (job_.sheet.empty() || sheet_format() != nullptr) return;
    auto const extension = std::filesystem::path(job_.sheet).extension().string();
    found_.error({.file = "--sheet", .line = 0, .place = {}, .field = {}},
                 "\"" + extension + "\" is not the extension of a format",
                 base::hint_of(extension.empty() ? "" : extension.substr(1), format_names()),
                 base::Fault::usage);
  }

  void add_output(std::string const& file, std::string bytes) {
    if (file == "-") {
      print_result(bytes);
    } else {
      outputs_.push_back({file, std::move(bytes)});
    }
  }

  void make_pixels() {
    {
      auto const stage = timings_.stage("ground");
      maker_->prepare_pixels(jobs());
      // Frame 0 of the run, whatever the range: frames are compressed against it.
      auto const& first = maker_->frame(0, 0).raster;
      // What a style says wrong of time shows in the first frame: nothing is written then.
      if (settled(maker_->problems(), job_.messages.lenient).has_errors()) return;
      encoder_.emplace(first, png_info(), jobs());
      for (int i = 0; i < jobs(); ++i) {
        auto& writer = writers_.emplace_back(
            FrameWriter{render::FrameEncoder::Series(*encoder_), render::ChangedSegments(first)});
        // The base of the encoder was made of a frame of the first worker's.
        writer.changed.add_all();
      }
    }
    if (writes_frames()) {
      folder_.emplace(job_.out.empty() ? "output/" : job_.out, plan_, fingerprint());
      folder_->open({job_.resume, job_.force, first_, end_}, found_);
      if (found_.has_errors()) return;
    }
    Progress progress(job_.messages, end_ - first_);
    {
      auto const stage = timings_.stage("frames");
      asks_for_film() ? make_films(progress) : make_frames(progress);
    }
    if (folder_ && !found_.has_errors()) {
      auto const stage = timings_.stage("manifest");
      folder_->close();
    }
    progress.finished(is_interrupted ? status_interrupted : 0);
    if (is_interrupted) {
      print_message(folder_ ? "stopped: the frames written are whole; --resume goes on"
                            : "stopped: nothing was written");
    }
  }

  render::PngInfo png_info() const {
    auto const& project = inputs_.project;
    render::PngInfo info;
    info.dpi = maker_->dpi();
    info.title = plan_.map->title.in(plan_.lang, project.languages);
    info.author = project.author.in(plan_.lang, project.languages);
    info.rights = project.rights.in(plan_.lang, project.languages);
    info.software = job_.software;
    info.created_epoch_s = source_date_epoch();
    return info;
  }

  /// A frame of the worker.
  render::Raster const& frame(std::size_t index, std::size_t worker) {
    auto const pixels = maker_->frame(index, worker);
    auto& changed = writers_[worker].changed;
    pixels.changes != nullptr ? changed.add(*pixels.changes) : changed.add_all();
    return pixels.raster;
  }
  /// Writes the frame that the worker has just made.
  void write_frame(std::size_t index, std::size_t worker, render::Raster const& raster) {
    auto& [series, changed] = writers_[worker];
    auto const png = series.encode(raster, changed);
    changed.clear();
    folder_->write(index, png);
  }

  void make_frames(Progress& progress) {
    base::for_each_index(end_ - first_, jobs(), [&](std::size_t i, std::size_t worker) {
      auto const index = first_ + i;
      if (is_interrupted) return;
      if (folder_->has(index)) return progress.frame_done(index, folder_->name(index));
      write_frame(index, worker, frame(index, worker));
      progress.frame_done(index, folder_->name(index));
    });
  }

  /// Frames in order, a few at a time: films take them one after the other.
  void make_films(Progress& progress) {
    auto const batch = 2 * static_cast<std::size_t>(jobs());
    std::vector<render::Raster> rasters(batch);
    for (auto begin = first_; begin < end_ && !is_interrupted; begin += batch) {
      auto const count = std::min(batch, end_ - begin);
      base::for_each_index(count, jobs(), [&](std::size_t i, std::size_t worker) {
        rasters[i] = frame(begin + i, worker);
        if (folder_ && !folder_->has(begin + i)) write_frame(begin + i, worker, rasters[i]);
      });
      // Films do not share anything.
      base::for_each_index(films_.size(), jobs(), [&](std::size_t film, std::size_t) {
        for (std::size_t i = 0; i < count; ++i) films_[film]->add(rasters[i]);
      });
      for (std::size_t i = 0; i < count; ++i) {
        progress.frame_done(begin + i, folder_ ? folder_->name(begin + i) : std::string());
      }
    }
    if (is_interrupted) return;
    for (std::size_t i = 0; i < films_.size(); ++i) {
      films_[i]->finish();
      progress.file_written(job_.videos[i], 0);
    }
  }

  /// Labels of the run, and how often one stood elsewhere than in the frame before.
  std::string report() {
    nlohmann::ordered_json json;
    auto const& page = maker_->page();
    json["map"] = plan_.map->id;
    json["lang"] = plan_.lang;
    json["frames"] = end_ - first_;
    json["page"] = {{"width_mm", page.drawing.width_mm}, {"height_mm", page.drawing.height_mm}};
    std::size_t jumps = 0;
    std::map<std::string, draw::Point> before;
    auto rows = nlohmann::ordered_json::array();
    for (auto index = first_; index < end_; ++index) {
      auto const content = maker_->content(index, 0);
      std::map<std::string, draw::Point> now(content.labels.begin(), content.labels.end());
      std::size_t moved = 0;
      for (auto const& [label, offset] : now) {
        auto const it = before.find(label);
        if (it != before.end() && draw::distance(it->second, offset) > 0.01) ++moved;
      }
      jumps += moved;
      rows.push_back({{"index", index},
                      {"date", date_of_frame(plan_, index)},
                      {"labels", content.parts.standing.size() + content.parts.passing.size()},
                      {"jumps", moved}});
      before = std::move(now);
    }
    auto unplaced = nlohmann::ordered_json::array();
    for (auto const& label : page.labels) {
      if (label.placed) continue;
      unplaced.push_back(
          {{"text", label.text}, {"record", label.record}, {"reason", label.reason}});
    }
    json["jumps"] = jumps;
    json["unplaced"] = std::move(unplaced);
    json["per_frame"] = std::move(rows);
    return json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  }

  void write_timings() {
    if (job_.timings.empty()) return;
    if (job_.timings == "-") return print_result(timings_.to_json());
    base::Diagnostics problems;
    write_all({{job_.timings, timings_.to_json()}}, problems);
    print_problems(problems, job_.messages);
  }

  FramesJob const& job_;
  Timings timings_;
  base::Diagnostics found_;
  scene::Inputs inputs_;
  Styles styles_;
  FramePlan plan_;
  std::size_t first_ = 0;
  std::size_t end_ = 0;
  std::unique_ptr<FrameSource> maker_;
  std::optional<FrameFolder> folder_;
  std::optional<render::FrameEncoder> encoder_;
  /// What a thread writes its frames with.
  struct FrameWriter {
    render::FrameEncoder::Series series;
    render::ChangedSegments changed;  ///< since the last frame of the series
  };
  std::vector<FrameWriter> writers_;
  std::vector<std::unique_ptr<render::VideoWriter>> films_;
  std::vector<OutputFile> outputs_;
};

}  // namespace

int run(FramesJob const& job) {
  return FrameRun(job).run();
}

}  // namespace hachure::cli
