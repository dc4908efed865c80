#!/usr/bin/env python3
"""Maps look the same as PNG, as SVG drawn by rsvg-convert and as PDF drawn by pdftoppm.

    painters.py --program build/release/hachure [--project DIR] [--map ID]... [--dpi N]

Text is outlines, so that no other program's fonts are compared. Exits with 77 (skipped) where one of
the two programs is missing.
"""

import argparse
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

CAMPAIGN = pathlib.Path(__file__).resolve().parents[2] / "geodata/canton-1857"
SKIPPED = 77
THRESHOLD = 48  # of 255: a difference that an eye sees in one pixel
TILE = 8
# Mean difference, share of pixels beyond the threshold, largest difference of the means of 8 x 8
# pixels. Poppler clips without soft edges and draws no line thinner than a pixel, hence its share.
LIMITS = {"svg": (1.2, 0.002, 12), "pdf": (4.5, 0.03, 48)}


def read_png(path):
    """(width, height, rows of RGB bytes) of an 8-bit RGB or RGBA picture; RGBA is laid on white."""
    data = path.read_bytes()
    position, compressed = 8, b""
    while position < len(data):
        length, kind = struct.unpack(">I4s", data[position:position + 8])
        body = data[position + 8:position + 8 + length]
        if kind == b"IHDR":
            width, height, depth, color, _, _, interlaced = struct.unpack(">IIBBBBB", body)
            channels = {2: 3, 6: 4}.get(color)
            if depth != 8 or not channels or interlaced:
                raise SystemExit(f"{path.name}: not 8-bit RGB or RGBA")
        elif kind == b"IDAT":
            compressed += body
        position += 12 + length
    raw, stride = zlib.decompress(compressed), width * channels
    rows, above = [], bytearray(stride)
    for y in range(height):
        start = y * (stride + 1)
        row = unfiltered(raw[start], bytearray(raw[start + 1:start + 1 + stride]), above, channels)
        above = row
        rows.append(row if channels == 3 else on_white(row))
    return width, height, rows


def unfiltered(kind, row, above, step):
    """One row by the filters of PNG (ISO/IEC 15948, 9.2)."""
    if kind == 2:
        return bytearray((a + b) & 255 for a, b in zip(row, above))
    for i in range(len(row)) if kind else ():
        left = row[i - step] if i >= step else 0
        if kind == 1:
            row[i] = (row[i] + left) & 255
        elif kind == 3:
            row[i] = (row[i] + (left + above[i]) // 2) & 255
        else:
            corner = above[i - step] if i >= step else 0
            guess = left + above[i] - corner
            to_left, to_above, to_corner = (abs(guess - left), abs(guess - above[i]),
                                            abs(guess - corner))
            nearest = (left if to_left <= to_above and to_left <= to_corner
                       else above[i] if to_above <= to_corner else corner)
            row[i] = (row[i] + nearest) & 255
    return row


def on_white(row):
    out = bytearray()
    for i in range(0, len(row), 4):
        alpha = row[i + 3]
        out += bytes((row[i + k] * alpha + 255 * (255 - alpha)) // 255 for k in range(3))
    return out


def difference(first, second):
    """(mean, share, blurred); the last row and column are left out, which a page covers in part."""
    if abs(first[0] - second[0]) > 1 or abs(first[1] - second[1]) > 1:
        raise SystemExit(f"{first[:2]} pixels against {second[:2]}")
    width, height = min(first[0], second[0]) - 1, min(first[1], second[1]) - 1
    total = beyond = 0
    tiles = {}
    for y in range(height):
        signed = [a - b for a, b in zip(first[2][y][:width * 3], second[2][y][:width * 3])]
        total += sum(map(abs, signed))
        beyond += sum(1 for i in range(0, width * 3, 3)
                      if max(signed[i:i + 3]) > THRESHOLD or min(signed[i:i + 3]) < -THRESHOLD)
        for i in range(0, width * 3, TILE * 3):
            for channel in range(3):
                key = (y // TILE, i, channel)
                tiles[key] = tiles.get(key, 0) + sum(signed[i + channel:i + TILE * 3:3])
    blurred = max(abs(value) for value in tiles.values()) / TILE / TILE
    return total / (3 * width * height), beyond / (width * height), blurred


def compare(program, project, name, dpi, folder):
    """Whether one map is alike in the three."""
    def run(*command):
        subprocess.run([str(word) for word in command], cwd=folder, check=True)

    run(program, "render", project, "--map", name, "--format", "svg,png,pdf",
        "--text", "outlines", "--dpi", dpi, "--out", "./")
    run("rsvg-convert", "--unlimited", "-d", dpi, "-p", dpi, f"{name}.svg", "-o", "svg.png")
    run("pdftoppm", "-r", dpi, "-png", "-singlefile", f"{name}.pdf", "pdf")
    ours = read_png(folder / f"{name}.png")
    alike = True
    for other, limits in LIMITS.items():
        found = difference(ours, read_png(folder / f"{other}.png"))
        verdict = all(value < limit for value, limit in zip(found, limits))
        alike = alike and verdict
        print(f"{name}, {other}: mean {found[0]:.2f} of 255, share {found[1]:.4f}, "
              f"blurred {found[2]:.1f}; limits {limits}: {'alike' if verdict else 'FAR APART'}")
    return alike


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=lambda text: pathlib.Path(text).resolve(), required=True)
    parser.add_argument("--project", type=lambda text: pathlib.Path(text).resolve(), default=CAMPAIGN)
    parser.add_argument("--map", action="append")
    parser.add_argument("--dpi", default="100")
    arguments = parser.parse_args()
    if not shutil.which("rsvg-convert") or not shutil.which("pdftoppm"):
        print("rsvg-convert or pdftoppm is not installed")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="hachure-painters-") as name:
        alike = [compare(arguments.program, arguments.project, map_id, arguments.dpi,
                         pathlib.Path(name)) for map_id in arguments.map or ["river"]]
    return 0 if all(alike) else 1


if __name__ == "__main__":
    sys.exit(main())
