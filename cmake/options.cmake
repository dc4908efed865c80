# Language, warnings and sanitisers, as one interface target, so that nothing global leaks into
# what others have made.

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug or Release" FORCE)
endif()
# -O2: -O3 and -march=native gain nothing measurable here, and bytes must not depend on the machine.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

set(HACHURE_SANITIZE "" CACHE STRING "Sanitisers, as in -fsanitize=")

find_package(Threads REQUIRED)

add_library(hachure_options INTERFACE)
target_compile_features(hachure_options INTERFACE cxx_std_20)
set(CMAKE_CXX_EXTENSIONS OFF)
target_compile_options(hachure_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  -ffp-contract=off)  # fused multiply-add would give other digits on other machines
target_link_libraries(hachure_options INTERFACE Threads::Threads)
target_link_options(hachure_options INTERFACE -Wl,--as-needed)  # what is not called is not loaded
if(HACHURE_SANITIZE)
  target_compile_options(hachure_options INTERFACE
    -fsanitize=${HACHURE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(hachure_options INTERFACE -fsanitize=${HACHURE_SANITIZE})
endif()
