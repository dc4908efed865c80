#!/bin/sh
# Time and peak memory of each shipped map as PNG at 300 dpi, from start to file, and whether it keeps
# to the bounds: under a second on two cores, under 500 MB. The best of three runs counts, the cache of
# fontconfig being warm. Needs /usr/bin/time (Debian: time).
#   tests/bench/whole_program.sh [PROGRAM]
set -eu
cd "$(dirname "$0")/../.."
program=${1:-build/release/hachure}
campaign=geodata/canton-1857
bound_s=1.00
bound_kb=500000

[ -x /usr/bin/time ] || { echo "/usr/bin/time is missing: apt-get install time" >&2; exit 3; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$program" render "$campaign" --map locator --format png --out "$scratch/" # warms the font cache

printf '%-14s %8s %10s\n' map seconds 'peak MB'
status=0
for map in $("$program" list maps "$campaign" --format csv | tail -n +2 | cut -d, -f1); do
  for run in 1 2 3; do
    /usr/bin/time -v -o "$scratch/$run" "$program" render "$campaign" --map "$map" --format png \
      --dpi 300 --out "$scratch/"
  done
  seconds=$(awk -F': ' '/Elapsed/ { split($2, part, ":"); print part[1] * 60 + part[2] }' \
    "$scratch/1" "$scratch/2" "$scratch/3" | sort -n | head -1)
  kilobytes=$(awk -F': ' '/Maximum resident/ { print $2 }' "$scratch/1" "$scratch/2" "$scratch/3" |
    sort -n | tail -1)
  verdict=$(awk -v s="$seconds" -v k="$kilobytes" -v bs="$bound_s" -v bk="$bound_kb" \
    'BEGIN { print (s < bs && k < bk) ? "" : "OVER THE BOUND" }')
  [ -z "$verdict" ] || status=1
  printf '%-14s %8.2f %10.0f %s\n' "$map" "$seconds" "$((kilobytes / 1000))" "$verdict"
done
exit $status
