#!/usr/bin/env python3
"""Draws every map of tests/golden/maps as SVG and compares it with <map>.svg there, byte for byte.

    golden/maps.py --program build/release/hachure
    MAKE_REF=1 golden/maps.py ...     writes the files instead

Each map shows one feature. Text is live, so that no outline depends on the version of a font.
"""

import argparse
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent / "maps"
LARGEST_BYTES = 20 * 1024
SHOWN_LINES = 12


def difference(name, expected, actual):
    lines = list(difflib.unified_diff(expected.splitlines(), actual.splitlines(),
                                      f"golden/maps/{name}", "drawn", lineterm="", n=1))
    more = len(lines) - SHOWN_LINES
    return "\n".join([line[:160] for line in lines[:SHOWN_LINES]]
                     + ([f"... and {more} lines more"] if more > 0 else []))


def problems(drawn, renew):
    names = sorted(file.name for file in drawn.glob("*.svg"))
    for orphan in sorted({file.name for file in FOLDER.glob("*.svg")} - set(names)):
        yield f"golden/maps/{orphan}: no map of that name"
    for name in names:
        actual, golden = (drawn / name).read_text(encoding="utf-8"), FOLDER / name
        if len(actual.encode()) > LARGEST_BYTES:
            yield f"{name}: over {LARGEST_BYTES} bytes; make the map smaller"
        if renew:
            golden.write_text(actual, encoding="utf-8")
        elif not golden.exists():
            yield f"golden/maps/{name}: not there; MAKE_REF=1 writes it"
        elif golden.read_text(encoding="utf-8") != actual:
            yield difference(name, golden.read_text(encoding="utf-8"), actual)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=lambda text: pathlib.Path(text).resolve(), required=True)
    program = parser.parse_args().program
    with tempfile.TemporaryDirectory(prefix="hachure-golden-") as name:
        subprocess.run([program, "render", FOLDER, "--format", "svg", "--text", "live", "--out",
                        f"{name}/"], check=True)
        found = list(problems(pathlib.Path(name), "MAKE_REF" in os.environ))
    print("\n".join(found) or "every map as it was")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
