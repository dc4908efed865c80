#!/usr/bin/env python3
"""The shipped maps in the style mono survive a photocopier: at 300 dpi every pixel is a grey, and cut to
black and white at one half each square of 1.7 mm keeps its ink, so no line, dot or letter is lost.

    one_ink.py --program build/release/hachure [--map ID]...
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import painters

TILE = 20  # pixels at 300 dpi
# Share of a square's ink that the cut may take or add: the edges of letters and strokes.
MEAN, WORST = 0.008, 0.13


def verdict(path):
    """(largest difference of the channels of a pixel, mean and worst change of ink of a square)."""
    width, height, rows = painters.read_png(path)
    color = 0
    changes = []
    for top in range(0, height - TILE, TILE):
        sums = [0] * (width // TILE)
        for row in rows[top:top + TILE]:
            red, green, blue = row[0::3], row[1::3], row[2::3]
            if red != green or green != blue:
                color = max(color, max(max(p) - min(p) for p in zip(red, green, blue)))
            for i in range(len(sums)):
                part = green[i * TILE:(i + 1) * TILE]
                sums[i] += sum(part) - 255 * sum(1 for value in part if value > 127)
        changes += [abs(value) / (255 * TILE * TILE) for value in sums]
    return color, sum(changes) / len(changes), max(changes)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=lambda text: pathlib.Path(text).resolve(), required=True)
    parser.add_argument("--map", action="append")
    arguments = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory(prefix="hachure-mono-") as name:
        folder = pathlib.Path(name)
        maps = [word for map_id in arguments.map or ["assault", "theatre"]
                for word in ("--map", map_id)]
        subprocess.run([str(arguments.program), "render", str(painters.CAMPAIGN), *maps, "--style",
                        "mono", "--lang", "en,zh-Hant", "--format", "png", "--dpi", "300",
                        "--out", f"{folder}/"], check=True)
        for path in sorted(folder.glob("*.png")):
            color, mean, worst = verdict(path)
            good = color <= 2 and mean < MEAN and worst < WORST
            failed = failed or not good
            print(f"{path.name}: colour {color}, ink changed by {mean:.4f} of the squares on average, "
                  f"{worst:.3f} at worst: {'kept' if good else 'LOST'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
