#include "scene/stage.hpp"

#include <algorithm>
#include <set>

#include "base/limits.hpp"
#include "scene/builder.hpp"
#include "scene/insets.hpp"

namespace hachure::scene {

struct Stage::Impl {
  Inputs inputs;
  StageOptions options;
  record::MapDefinition const map;
  MapBasis basis;
  Scene whole;
  std::map<std::string, Axis> routes;
  std::map<std::string, int> numbers;
  std::vector<style::StyleLayer const*> layers;  ///< those drawn anew for each frame
  std::vector<draw::Path> detail_areas;
  std::size_t ground_layers = 0;
  std::set<std::string> static_layers;  ///< style layers that show geodata, not records

  int depth = 0;  ///< 0: the map of the page, else a map within that many others
  std::vector<std::unique_ptr<Stage>> insets;

  Impl(Inputs const& in, record::MapDefinition const& m, StageOptions const& o,
       base::Diagnostics& diagnostics)
      : inputs(ordered(in)),
        options(o),
        map(fitted_to(inputs, m, build_options({}))),
        basis(make_basis(diagnostics)) {
    if (options.own_view != nullptr) numbers = options.own_view->impl_->numbers;
    draw_whole(diagnostics);
    draw_insets(diagnostics);
  }
  /// A map within `parent`.
  Impl(Impl const& parent, record::MapDefinition const& inset, base::Diagnostics& diagnostics)
      : inputs(parent.inputs),
        options(parent.options),
        map(inset),
        basis(make_inset_basis(diagnostics)),
        numbers(parent.numbers),
        depth(parent.depth + 1) {
    draw_whole(diagnostics);
    draw_insets(diagnostics);
  }

  BuildOptions build_options(std::optional<record::Instant> at) const {
    BuildOptions out;
    out.lang = options.lang;
    out.style = options.style;
    out.at = at;
    out.run =
        BuildOptions::Run{options.span, options.instants, options.ground_height_mm, options.step_s};
    return out;
  }

  MapBasis make_basis(base::Diagnostics& diagnostics) const {
    auto const* own = options.own_view;
    return prepare_map(inputs, map, build_options({}),
                       own == nullptr ? nullptr : &own->impl_->basis, diagnostics);
  }

  MapBasis make_inset_basis(base::Diagnostics& diagnostics) {
    options.ground_height_mm = 0;
    options.own_view = nullptr;
    return prepare_map(inputs, map, build_options({}), true, diagnostics);
  }

  /// What the frames of the run may show, from the map's own beginning to the last frame.
  record::Bounds interval_until(record::Instant last) const {
    auto first = record::Instant::min();
    if (map.when) first = record::outer(*map.when).earliest;
    return {std::min(first, last), last, false, false};
  }

  /// A builder for the whole run, or for an instant of it.
  void start(Builder& builder, std::optional<record::Instant> at) const {
    auto of_run = build_options(at);
    builder.is_inset = depth > 0;
    builder.detail_areas = detail_areas;
    if (!at) of_run.during = interval_until(options.span.latest);
    start_map(builder, of_run);
    if (!at) builder.moment.reset();
    if (at) builder.interval = interval_until(*at);
    // Every frame has the same drawing layers in the same order.
    for (auto const* layer : drawn_layers(builder)) builder.layer_of(*layer);
  }

  void draw_insets(base::Diagnostics& diagnostics) {
    if (depth >= base::limits::max_inset_depth) return;
    for (auto const& reference : map.insets) {
      auto const inset = inset_definition(inputs.project, map, reference);
      if (!inset) continue;
      auto child = std::make_unique<Impl>(*this, *inset, diagnostics);
      add_inset(whole, basis.view, reference, child->whole, child->basis.view);
      // A locator has got the extent of this map.
      child->whole.insets = whole.insets.back().scene->insets;
      insets.push_back(std::unique_ptr<Stage>(new Stage(std::move(child))));
    }
  }

  void draw_whole(base::Diagnostics& diagnostics) {
    detail_areas = details_of(inputs, map, basis.view, depth);
    Builder builder(inputs, map, basis.style, basis.data, basis.view, diagnostics);
    start(builder, {});
    builder.numbers = numbers;
    builder.has_all_numbers = options.own_view != nullptr;
    auto const all = drawn_layers(builder);
    ground_layers = builder.scene.layers.size();
    for (auto const* layer : all) {
      draw_layer(builder, *layer);
      if (draws_records(*layer) || has_dated_fronts(builder, *layer)) {
        ground_layers = std::min(ground_layers, builder.layer_index.at(layer->group));
      } else {
        static_layers.insert(layer->id);
      }
    }
    for (auto const* layer : all) {
      if (builder.layer_index.at(layer->group) >= ground_layers) layers.push_back(layer);
    }
    finish_map(builder, basis);
    whole = std::move(builder.scene);
    if (options.own_view != nullptr) {
      whole.timeline = options.own_view->whole().timeline;
      whole.happenings = options.own_view->whole().happenings;
    }
    routes = std::move(builder.routes);
    numbers = std::move(builder.numbers);
  }
};

Stage::Stage(Inputs const& inputs, record::MapDefinition const& map, StageOptions const& options,
             base::Diagnostics& diagnostics)
    : impl_(std::make_unique<Impl>(inputs, map, options, diagnostics)) {}

Stage::Stage(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Stage::~Stage() = default;

std::vector<std::unique_ptr<Stage>> const& Stage::insets() const {
  return impl_->insets;
}

Scene const& Stage::whole() const {
  return impl_->whole;
}

MapView const& Stage::view() const {
  return impl_->basis.view;
}

MapView Stage::other_view(record::View const& view, double ground_height_mm) const {
  auto map = impl_->map;
  map.view = view;
  map.view.rotation_deg = impl_->map.view.rotation_deg;
  map.projection = impl_->basis.view.projection().definition();
  auto options = impl_->build_options({});
  options.run->ground_height_mm = ground_height_mm;
  return view_of(impl_->inputs, map, options, impl_->basis.view.frame());
}

std::size_t Stage::ground_layers() const {
  return impl_->ground_layers;
}

bool Stage::is_static(LabelRequest const& request) const {
  return impl_->static_layers.contains(request.layer);
}

struct Stage::Player::State {
  Stage::Impl const& stage;
  Memo memo;
};

Stage::Player::Player(Stage const& stage) : state_(new State{*stage.impl_, {}}) {}
Stage::Player::~Player() = default;
Stage::Player::Player(Player&&) noexcept = default;

Moment Stage::Player::at(record::Instant instant, base::Diagnostics& diagnostics) {
  auto const& stage = state_->stage;
  auto const& basis = stage.basis;
  Builder builder(stage.inputs, stage.map, basis.style, basis.data, basis.view, diagnostics);
  stage.start(builder, instant);
  // Tints mix with the ground, which a layer of the ground has coloured.
  builder.scene.ground = stage.whole.ground;
  builder.planned_routes = &stage.routes;
  builder.numbers = stage.numbers;
  builder.memo = &state_->memo;
  for (auto const* layer : stage.layers) {
    if (draws_records(*layer) || layer->type == style::LayerType::front) {
      draw_layer(builder, *layer);
    } else {
      builder.draw_kept(*layer, "*", {}, [&] { draw_layer(builder, *layer); });
    }
  }
  Moment moment;
  moment.at = instant;
  for (auto const* drawn : builder.pieces) {
    if (!drawn->nodes->empty()) moment.pieces.push_back({drawn->group, drawn->nodes});
    for (auto const& label : drawn->labels) {
      if (!stage.static_layers.contains(label->layer)) moment.labels.push_back({label});
    }
  }
  std::ranges::stable_sort(moment.pieces, {}, &Piece::group);
  return moment;
}

}  // namespace hachure::scene
