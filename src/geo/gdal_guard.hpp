#pragma once

#include <string>

/// GDAL is set up once and kept quiet: its messages become ours.
namespace hachure::geo {

/// Registers drivers and silences GDAL's own printing; safe to call from any thread, any number of
/// times.
void start_gdal();

/// Text of GDAL's last error on this thread, without its trailing dot; empty if there is none.
std::string last_gdal_error();

}  // namespace hachure::geo
