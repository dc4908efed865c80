#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/number.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/dependencies.hpp"
#include "cli/messages.hpp"
#include "cli/outputs.hpp"
#include "cli/pages.hpp"
#include "cli/placement_file.hpp"
#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "cli/styles_folder.hpp"
#include "record/simplify.hpp"

namespace hachure::cli {

namespace {

/// A run of `render`, stage by stage.
class Rendering {
 public:
  explicit Rendering(RenderJob const& job) : job_(job), plan_(job.out) {}

  int run() {
    read();
    if (!problems_.has_errors()) paint();
    finish();
    return exit_status(problems_, job_.messages);
  }

 private:
  void read() {
    auto const stage = timings_.stage("read_inputs");
    epoch_ = source_date_epoch();
    base::Diagnostics found;
    try {
      inputs_ = scene::read_inputs(job_.project, shipped_styles(),
                                   {.lenient = job_.messages.lenient}, found);
      if (std::ranges::any_of(job_.languages, [](auto const& tag) {
            return base::language_and_script(tag) == "zh-hans";
          })) {
        record::derive_simplified(inputs_.project);
      }
      if (!job_.placement.empty()) placements_ = read_placements(job_.placement);
      plan_pages(found);
      styles_ = read_styles(inputs_, requests_, found);
    } catch (base::Error const& error) {
      found.add(error);
    }
    problems_ = settled(found, job_.messages.lenient);
  }

  std::vector<record::MapDefinition const*> maps(base::Diagnostics& found) const {
    std::vector<record::MapDefinition const*> out;
    std::vector<std::string> known;
    for (auto const& map : inputs_.project.maps) {
      known.push_back(map.id);
      if (job_.maps.empty()) out.push_back(&map);
    }
    for (auto const& id : job_.maps) {
      auto const* map = inputs_.project.map(id);
      if (map == nullptr && !known.empty()) {
        found.error({.file = "--map", .line = 0, .place = {}, .field = {}},
                    "\"" + id + "\" is not a map of the project", base::hint_of(id, known));
      }
      if (map != nullptr && std::ranges::find(out, map) == out.end()) out.push_back(map);
    }
    return out;
  }

  void plan_pages(base::Diagnostics& found) {
    auto const languages = languages_of(inputs_.project, job_.languages, found);
    for (auto const* map : maps(found)) {
      for (auto const& lang : languages) {
        auto const before = placements_.find({map->id, lang});
        requests_.push_back(
            {map,
             {.lang = lang, .style = job_.style, .at = job_.at, .during = job_.during},
             job_.size_px,
             before == placements_.end() ? nullptr : &before->second});
      }
    }
    if (inputs_.project.maps.empty() && !found.has_errors()) {
      found.error({.file = inputs_.project.file.string(), .line = 0, .place = {}, .field = "maps"},
                  "the project has no map",
                  "write maps: {ID: {view: {...}}}; hachure new DIR writes one that renders");
    }
    auto const outputs = requests_.size() * job_.formats.size();
    if (outputs > 1 && !plan_.is_folder()) {
      found.error({.file = "--out", .line = 0, .place = {}, .field = {}},
                  std::to_string(outputs) + " outputs do not fit into \"" + job_.out + "\"",
                  plan_.is_stdout() ? "choose one with --map, --lang and --format"
                                    : "a folder ends with /; or choose one with --map, --lang "
                                      "and --format",
                  base::Fault::usage);
    }
  }

  /// Name of one output.
  std::filesystem::path path_of(Page const& page, render::Format const& format) const {
    auto const& lang = page.request.options.lang;
    return plan_.path(page.request.map->id, job_.languages.size() > 1 ? lang : "",
                      format.extension);
  }

  void paint() {
    Progress progress(job_.messages, requests_.size());
    int const jobs = job_.jobs > 0 ? job_.jobs : base::processor_count();
    auto options = job_.paint;
    // Threads that have no page of their own take bands of others'.
    options.threads = std::max(1, jobs / std::max(1, static_cast<int>(requests_.size())));
    bytes_.resize(requests_.size());
    pages_ =
        make_pages(inputs_, requests_, styles_, jobs, timings_, [&](Page& page, std::size_t index) {
          page.layout->drawing.created_epoch_s = epoch_;
          for (auto const* format : job_.formats) {
            auto const stage = timings_.stage("paint", path_of(page, *format).filename().string());
            bytes_[index].push_back(format->paint(page.layout->drawing, options));
          }
          progress.page_done(page.request.map->id, page.request.options.lang);
        });
    base::Diagnostics all = problems_;
    for (auto const& page : pages_) all.append(page.diagnostics);
    problems_ = settled(all, job_.messages.lenient);
    if (!problems_.has_errors()) write(progress);
    progress.finished(exit_status(problems_, job_.messages));
  }

  /// The outputs and what was asked for beside them, all or none.
  void write(Progress& progress) {
    auto const stage = timings_.stage("write");
    std::vector<OutputFile> files;
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      for (std::size_t k = 0; k < job_.formats.size(); ++k) {
        files.push_back({path_of(pages_[i], *job_.formats[k]), std::move(bytes_[i][k])});
      }
    }
    if (plan_.is_stdout()) {
      for (auto const& file : files) print_result(file.bytes);
      return;
    }
    auto const outputs = files.size();
    for (auto& file : files_beside()) {
      if (file.path != "-") files.push_back(std::move(file));
    }
    write_all(files, problems_);
    if (problems_.has_errors()) return;
    are_beside_written_ = true;
    files.resize(outputs);
    for (auto const& file : files) progress.file_written(file.path.string(), file.bytes.size());
  }

  std::vector<ReportedOutput> reported() const {
    std::vector<ReportedOutput> outputs;
    for (auto const& page : pages_) {
      if (!page.layout) continue;
      for (auto const* format : job_.formats) {
        outputs.push_back({path_of(page, *format).string(), std::string(format->id), &page,
                           missing_translations(inputs_.project, page)});
      }
    }
    return outputs;
  }

  /// Where the labels stand now; pages that were not made keep their own, hand-set labels that
  /// found no place too.
  PlacementFile placements_after() const {
    auto out = placements_;
    for (auto const& page : pages_) {
      if (!page.layout) continue;
      auto& placement = out[{page.request.map->id, page.request.options.lang}];
      auto const before = std::move(placement.labels);
      placement = page.layout->placement;
      for (auto const& label : before) {
        if (label.pinned && placement.find(label.id) == nullptr) {
          placement.labels.push_back(label);
          placement.sort();
        }
      }
    }
    return out;
  }

  /// The dependencies of a run that succeeds, and the report.
  std::vector<OutputFile> files_beside() const {
    std::vector<OutputFile> files;
    auto const outputs = reported();
    if (!job_.deps.empty() && !problems_.has_errors()) {
      std::vector<std::string> names;
      for (auto const& output : outputs) names.push_back(output.file);
      files.push_back({job_.deps, make_fragment(names, files_read(inputs_, styles_))});
    }
    if (!job_.placement.empty() && !problems_.has_errors()) {
      files.push_back({job_.placement, print_placements(placements_after())});
    }
    if (!job_.report.empty()) files.push_back({job_.report, report_of(outputs, problems_)});
    return files;
  }

  /// Whether writing this file has failed already.
  bool was_refused(std::filesystem::path const& path) const {
    return std::ranges::any_of(problems_.problems(), [&](base::Problem const& problem) {
      return problem.origin.file == path.string() && problem.fault == base::Fault::environment;
    });
  }

  /// Timings, and what goes to standard output or still has to tell of a failure.
  void finish() {
    auto files = files_beside();
    std::erase_if(files,
                  [&](OutputFile const& file) { return are_beside_written_ && file.path != "-"; });
    if (!job_.timings.empty()) files.push_back({job_.timings, timings_.to_json()});
    for (auto const& file : files) {
      if (file.path == "-") {
        print_result(file.bytes);
      } else if (!problems_.has_errors() || !was_refused(file.path)) {
        write_all({file}, problems_);
      }
    }
    print_problems(problems_, job_.messages);
  }

  RenderJob const& job_;
  OutputPlan plan_;
  Timings timings_;
  std::int64_t epoch_ = 0;
  scene::Inputs inputs_;
  PlacementFile placements_;  ///< as read
  std::vector<PageRequest> requests_;
  Styles styles_;
  std::vector<Page> pages_;
  std::vector<std::vector<std::string>> bytes_;  ///< by page, then by format
  base::Diagnostics problems_;
  bool are_beside_written_ = false;
};

}  // namespace

int run(RenderJob const& job) {
  return Rendering(job).run();
}

}  // namespace hachure::cli
