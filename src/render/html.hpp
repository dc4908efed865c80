#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "draw/drawing.hpp"
#include "render/format.hpp"

/// One page with a map, its frames and its events, which needs no network: vector parts that are
/// written once and shown in the frames they belong to.
namespace hachure::render {

/// One instant of the map.
struct HtmlFrame {
  std::string label;    ///< date as printed, plain text
  std::string iso;      ///< date for addresses, e.g. `1857-12-29T08:40`: `#t=` opens the frame
  double seconds = 1;   ///< how long it stays while the page plays at single speed
  draw::Group moving;   ///< painted over the stage
  draw::Group overlay;  ///< painted last: date plate, timeline
};

/// A work that an event rests on.
struct HtmlSource {
  std::string text;
  std::string url;  ///< linked if it is http or https; may be empty
};

/// A row of the list of events, in the order of the list.
struct HtmlEvent {
  std::string record;  ///< `table.id`, as in the ids of the groups that draw it
  int number = 0;      ///< of its sign on the map; 0 for none
  std::string date;    ///< as printed
  std::string title;
  std::string side;  ///< name of the side, read out beside its colour; may be empty
  std::string note;  ///< may be empty
  std::vector<HtmlSource> sources;
  std::size_t first_frame = 0;  ///< where the row leads to
  std::size_t last_frame = 0;   ///< it is current from the first to this one
  draw::Color color;            ///< of the side
};

/// Writes a page frame by frame: no more of a frame is kept than what differs from the others. The
/// page is one HTML file without any reference outwards but the links of the sources. Text of the
/// map is outlines unless `options.text` is live. Its policy allows no script or style but its own.
/// Without scripts it shows the last frame and the list.
class HtmlWriter {
 public:
  /// @param stage what all frames share, painted first; the page's title, description, language,
  ///   author and rights
  /// @param above what all frames share, painted over the moving parts
  HtmlWriter(draw::Drawing const& stage, draw::Group const& above, PaintOptions const& options);
  ~HtmlWriter();
  HtmlWriter(HtmlWriter const&) = delete;
  HtmlWriter& operator=(HtmlWriter const&) = delete;

  /// Adds the next frame in time.
  void add(HtmlFrame const& frame);
  /// The page.
  /// @throws Error defect if there is no frame, or an event names one that is not there
  std::string finish(std::vector<HtmlEvent> const& events);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// What a page holds. Title, description, language, author and rights are the stage's.
struct HtmlPage {
  draw::Drawing stage;            ///< what all frames share, painted first
  std::vector<HtmlFrame> frames;  ///< in order of time, at least one
  draw::Group above;              ///< what all frames share, painted over the moving parts
  std::vector<HtmlEvent> events;
};

/// The page, by an HtmlWriter.
std::string paint_html(HtmlPage const& page, PaintOptions const& options);

}  // namespace hachure::render
