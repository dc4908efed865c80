# The parts that others have made, found through pkg-config. Each module named here has a package in
# packages.txt whose comment names it in [brackets]; tests/meta/packages.py compares the two.
# PkgConfig::* are imported targets: their headers count as system headers and raise no warning.

find_package(PkgConfig REQUIRED)

function(hachure_library prefix)
  pkg_check_modules(${prefix} REQUIRED IMPORTED_TARGET GLOBAL ${ARGN})
  set(HACHURE_LIBRARIES ${HACHURE_LIBRARIES} PkgConfig::${prefix} PARENT_SCOPE)
endfunction()

hachure_library(GDAL gdal)                    # geo: vector and raster data
hachure_library(PROJ proj)                    # geo: projections
hachure_library(GEOS geos)                    # draw, geo: polygon operations
hachure_library(CAIRO cairo)                  # render: PNG and PDF
hachure_library(PANGO pangocairo pangoft2)    # layout: text
hachure_library(HARFBUZZ harfbuzz)            # draw: glyph outlines
hachure_library(FONTCONFIG fontconfig)        # layout: which fonts there are
hachure_library(FREETYPE freetype2)           # render: font faces for Cairo
hachure_library(RSVG librsvg-2.0)             # render: symbols
hachure_library(XML libxml-2.0)               # style: symbol files
hachure_library(ICU icu-uc icu-i18n)          # record, layout: calendars, segmentation
hachure_library(OPENCC opencc)                # record: Traditional to Simplified Chinese
hachure_library(YAML yaml-cpp)                # record, style: project and style files
hachure_library(JSON nlohmann_json)           # record, style, cli: JSON
hachure_library(CLI11 CLI11)                  # cli: options
hachure_library(CRYPTO libcrypto)             # base: checksums of frames
hachure_library(FMT fmt)                      # everywhere: text
hachure_library(ISAL libisal)                 # render: PNG compression
hachure_library(TBB tbb)                      # base: parallel loops
hachure_library(WEBP libwebp)                 # render: animated WebP
hachure_library(GIF libgif)                   # render: GIF

# render: MP4 and WebM. Optional; only the headers are used, the libraries are opened at run time.
pkg_check_modules(LIBAV QUIET libavformat libavcodec libswscale libavutil)
