#!/usr/bin/env python3
"""120 frames of 1920 x 1080 by Hachure and by Mapnik's library, from start to files, on two threads.

    run.py [--program build/release/hachure] [--rounds 5] [--work DIR] [--keep]

Needs what setup/install.sh bench installs. The two run in turn, so that a slower moment of the machine
meets both; medians, extremes and their ratio are printed, and the time of the processors, which other
work on the machine disturbs less. Exit status 0 if the ratio of the medians is at least --at-least.
"""

import argparse
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
FRAMES = 120
THREADS = 2
PNG_SETTINGS = ["png24:z=1", "png32:z=1", "png32:z=1:s=filtered", "png32:z=1:s=fixed",
                "png32:z=1:s=huff", "png32:z=1:s=rle"]


def mapnik_config(option):
    return subprocess.run(["mapnik-config", option], check=True, capture_output=True,
                          text=True).stdout.split()


def build_peer(work):
    # The folder of the system's headers, named again, would hide those of the C library.
    flags = [f for f in mapnik_config("--cflags") if f[:2] in ("-I", "-D") and f != "-I/usr/include"]
    peer = work / "mapnik_frames"
    subprocess.run(["g++", "-std=c++17", "-O2", *dict.fromkeys(flags), "-pthread",
                    str(HERE / "mapnik_frames.cpp"), "-o", str(peer), "-lmapnik", "-licuuc"],
                   check=True)
    return peer


def font():
    found = subprocess.run(["fc-match", "-f", "%{file}", "Noto Sans:style=Regular"], check=True,
                           capture_output=True, text=True).stdout
    if "NotoSans" not in found:
        sys.exit("run.py: no Noto Sans; setup/install.sh fonts")
    return found


def timed(command, out):
    """Seconds on the clock and of the processors."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run(command, check=True)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def check_frames(out, name):
    frames = sorted(out.glob("*.png"))
    if len(frames) != FRAMES:
        sys.exit(f"run.py: {name} wrote {len(frames)} frames, not {FRAMES}")
    return sum(f.stat().st_size for f in frames) / FRAMES / 1000


def fastest_setting(command, out):
    best = {}
    for setting in PNG_SETTINGS:
        best[setting] = min(timed(command(8, setting), out)[1] for _ in range(2))
    return min(best, key=best.get)


def line(name, runs, kilobytes):
    walls, cpus = zip(*runs)
    print(f"{name:<10} {statistics.median(walls):7.3f} s ({min(walls):.3f}-{max(walls):.3f}, "
          f"n={len(runs)})  processors {statistics.median(cpus):6.2f} s  {kilobytes:6.0f} kB a frame")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", default=str(ROOT / "build/release/hachure"))
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--at-least", type=float, default=3.5)
    arguments.add_argument("--work", type=pathlib.Path, help="where to build and write")
    arguments.add_argument("--keep", action="store_true", help="do not remove the frames")
    options = arguments.parse_args()
    if shutil.which("mapnik-config") is None:
        sys.exit("run.py: no Mapnik; setup/install.sh bench")
    work = options.work or pathlib.Path(tempfile.mkdtemp(prefix="frames_vs_mapnik."))
    work.mkdir(parents=True, exist_ok=True)
    page = work / "page"
    subprocess.run([sys.executable, str(HERE / "make_inputs.py"), str(page)], check=True)
    peer = build_peer(work)
    plugins = mapnik_config("--input-plugins")[0]
    mapnik_out, our_out = work / "mapnik", work / "hachure"

    def mapnik(frames, setting):
        return [str(peer), str(page), str(mapnik_out), str(frames), str(THREADS), setting, plugins,
                font_file]

    font_file = font()
    setting = fastest_setting(mapnik, mapnik_out)
    print(f"Mapnik {' '.join(mapnik_config('--version'))}, its fastest setting here {setting}; "
          f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    ours = [options.program, "frames", str(page), "--map", "page", "--from", "1857-12-28T00:00",
            "--to", "1858-01-01T23:00", "--count", str(FRAMES), "--size", "1920x1080",
            "--jobs", str(THREADS), "--out", f"{our_out}/"]
    mapnik_runs, our_runs = [], []
    for _ in range(options.rounds):
        mapnik_runs.append(timed(mapnik(FRAMES, setting), mapnik_out))
        our_runs.append(timed(ours, our_out))
    line("Mapnik", mapnik_runs, check_frames(mapnik_out, "Mapnik"))
    line("Hachure", our_runs, check_frames(our_out, "Hachure"))

    def ratio(k):
        return (statistics.median(r[k] for r in mapnik_runs) /
                statistics.median(r[k] for r in our_runs))

    print(f"Hachure is {ratio(0):.2f} times as fast on the clock, {ratio(1):.2f} times by processors")
    if not options.keep and options.work is None:
        shutil.rmtree(work)
    sys.exit(0 if ratio(0) >= options.at_least else 1)


if __name__ == "__main__":
    main()
