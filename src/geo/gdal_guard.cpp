#include "geo/gdal_guard.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>
#include <proj.h>

#include <mutex>

namespace hachure::geo {

void start_gdal() {
  static std::once_flag once;
  std::call_once(once, [] {
    // Side files and network lookups would make a result depend on more than the input.
    CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");
    CPLSetConfigOption("PROJ_NETWORK", "OFF");
    CPLSetErrorHandler(CPLQuietErrorHandler);
    GDALAllRegister();
  });
}

std::string last_gdal_error() {
  std::string text = CPLGetLastErrorMsg();
  if (!text.empty() && text.back() == '.') text.pop_back();
  return text;
}

}  // namespace hachure::geo
