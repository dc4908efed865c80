#include "render/pdf.hpp"

#include <cairo-pdf.h>
#include <cairo.h>

#include <chrono>
#include <memory>
#include <string_view>

#include "base/error.hpp"
#include "render/cairo.hpp"

namespace hachure::render {

namespace {

constexpr double pt_per_mm = 72.0 / 25.4;

cairo_status_t append(void* out, unsigned char const* data, unsigned length) {
  static_cast<std::string*>(out)->append(reinterpret_cast<char const*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

/// ISO 8601 in UTC, as cairo_pdf_surface_set_metadata wants dates.
std::string iso_date(std::int64_t epoch_s) {
  using namespace std::chrono;
  sys_seconds const time{seconds{epoch_s}};
  auto const day = floor<days>(time);
  year_month_day const date{day};
  hh_mm_ss const clock{time - day};
  auto const padded = [](long long value, std::size_t digits) {
    auto text = std::to_string(value);
    return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
  };
  return padded(static_cast<int>(date.year()), 4) + "-" +
         padded(static_cast<unsigned>(date.month()), 2) + "-" +
         padded(static_cast<unsigned>(date.day()), 2) + "T" + padded(clock.hours().count(), 2) +
         ":" + padded(clock.minutes().count(), 2) + ":" + padded(clock.seconds().count(), 2) + "Z";
}

void set_metadata(cairo_surface_t* surface, draw::Drawing const& drawing,
                  PaintOptions const& options) {
  auto const set = [&](cairo_pdf_metadata_t what, std::string const& text) {
    if (!text.empty()) cairo_pdf_surface_set_metadata(surface, what, text.c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, drawing.title);
  set(CAIRO_PDF_METADATA_AUTHOR, drawing.author);
  set(CAIRO_PDF_METADATA_SUBJECT, drawing.description);
  set(CAIRO_PDF_METADATA_KEYWORDS, drawing.keywords);
  set(CAIRO_PDF_METADATA_CREATOR, options.software);
  // Cairo writes today's date unless it is given one.
  cairo_pdf_surface_set_metadata(
      surface, CAIRO_PDF_METADATA_CREATE_DATE,
      drawing.created_epoch_s != 0 ? iso_date(drawing.created_epoch_s).c_str() : "");
}

/// Cairo 1.16 forgets the `D:` that begins a date (ISO 32000-1, 7.9.4). The place of every object
/// is written at the end of the file, so the mend must not change the length: the space before the
/// string and the Z, which says no more than leaving it out, make room.
void mend_date(std::string& pdf) {
  constexpr std::string_view begin = "/CreationDate (";
  auto const at = pdf.rfind(begin);
  if (at == std::string::npos || pdf.compare(at + begin.size(), 2, "D:") == 0) return;
  auto const end = pdf.find(')', at);
  if (end == std::string::npos || pdf[end - 1] != 'Z') return;
  auto const digits = pdf.substr(at + begin.size(), end - 1 - at - begin.size());
  pdf.replace(at, end + 1 - at, "/CreationDate(D:" + digits + ")");
}

void check(cairo_status_t status) {
  if (status == CAIRO_STATUS_SUCCESS) return;
  throw base::Error(
      base::Fault::defect, {},
      std::string("writing a PDF failed in cairo: ") + cairo_status_to_string(status));
}

}  // namespace

std::string paint_pdf(draw::Drawing const& drawing, PaintOptions const& options) {
  std::string bytes;
  auto const destroy = [](cairo_surface_t* s) { cairo_surface_destroy(s); };
  std::unique_ptr<cairo_surface_t, decltype(destroy)> const surface(
      cairo_pdf_surface_create_for_stream(append, &bytes, drawing.width_mm * pt_per_mm,
                                          drawing.height_mm * pt_per_mm),
      destroy);
  cairo_pdf_surface_restrict_to_version(surface.get(), CAIRO_PDF_VERSION_1_5);
  set_metadata(surface.get(), drawing, options);
  {
    auto const end = [](cairo_t* c) { cairo_destroy(c); };
    std::unique_ptr<cairo_t, decltype(end)> const cr(cairo_create(surface.get()), end);
    cairo_scale(cr.get(), pt_per_mm, pt_per_mm);
    CairoPainter painter(cr.get(), options.text == PaintOptions::TextMode::live
                                       ? CairoTarget::pdf_text
                                       : CairoTarget::pdf_outlines);
    if (drawing.background.a > 0) painter.paint_background(drawing);
    painter.paint(drawing.root);
    check(cairo_status(cr.get()));
    cairo_show_page(cr.get());
  }
  cairo_surface_finish(surface.get());
  check(cairo_surface_status(surface.get()));
  mend_date(bytes);
  return bytes;
}

}  // namespace hachure::render
