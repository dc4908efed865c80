#!/usr/bin/env python3
"""A page of some 1,800 names in every script that has a font here, with marks, joiners, both directions, emoji,
variation selectors, controls and very long words: nothing falls over, every name is placed or has a reason, every
character that no font has is reported with its record, and no glyph 0 (the box of a font) is drawn.

    script_page.py --program build/release/hachure [--strings FILE] [--keep DIR]

--strings adds the lines of a file (or the Unicode strings of HarfBuzz's *.tests, `font;options;U+0915,U+094D;...`).
"""

import argparse
import collections
import csv
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unicodedata

STYLE = """name: Scripts
layers:
- id: places
  type: place
  layout:
    text-field: ["get", "name"]
    text-font: [Noto Sans, Noto Sans CJK TC]
    text-size: 5pt
    text-variable-anchor: [center, left, right]
    text-leader: false
"""
LONGEST = 400


def covered():
    """Code points that some installed font has, as fontconfig counts them."""
    out = subprocess.run(["fc-list", ":", "--format", "%{charset}\n"], capture_output=True, text=True, check=True).stdout
    found = set()
    for word in set(out.split()):
        first, _, last = word.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def of_blocks(have, dice):
    """Words of the letters and marks of each 128 code points, in their order and mixed."""
    blocks = collections.defaultdict(list)
    for code in sorted(have):
        kind = unicodedata.category(chr(code))
        if kind[0] in "LMNS" and not 0x4e80 <= code <= 0x9f00 and not 0xac80 <= code < 0xd780 and code < 0x20000:
            blocks[code >> 7].append(chr(code))
    for letters in blocks.values():
        base = [c for c in letters if unicodedata.category(c)[0] == "L"] or letters
        marks = [c for c in letters if unicodedata.category(c)[0] == "M"]
        for begin in range(0, len(letters), 24):
            yield "".join(letters[begin:begin + 24])
        for _ in range(2):
            word = ""
            for _ in range(dice.randint(3, 9)):
                word += dice.choice(base)
                if marks and dice.random() < 0.6:
                    word += "".join(dice.choice(marks) for _ in range(dice.randint(1, 2)))
            yield word


def indic():
    """Conjuncts: consonant, virama, consonant, with joiners between, a vowel sign and a second mark."""
    for first, virama, second, vowel in ((0x915, 0x94d, 0x937, 0x93f), (0x995, 0x9cd, 0x9b7, 0x9bf),
                                         (0xa15, 0xa4d, 0xa30, 0xa3f), (0xa95, 0xacd, 0xab7, 0xabf),
                                         (0xb15, 0xb4d, 0xb37, 0xb47), (0xb95, 0xbcd, 0xbb7, 0xbc6),
                                         (0xc15, 0xc4d, 0xc37, 0xc3f), (0xc95, 0xccd, 0xcb7, 0xcbf),
                                         (0xd15, 0xd4d, 0xd37, 0xd46), (0xd9a, 0xdca, 0xdbb, 0xdd9),
                                         (0x1000, 0x1039, 0x1001, 0x1031), (0x1780, 0x17d2, 0x1781, 0x17c1),
                                         (0x1a20, 0x1a60, 0x1a21, 0x1a6e), (0x1b13, 0x1b44, 0x1b14, 0x1b3e)):
        a, v, b, sign = map(chr, (first, virama, second, vowel))
        for joiner in ("", "\u200c", "\u200d"):
            yield a + v + joiner + b
            yield a + v + joiner + b + sign
            yield a + sign + v + joiner + b
            yield v + joiner + a
        yield sign + a
        yield (a + v) * 12 + b
        yield "\u25cc" + sign + " " + sign


def mixed():
    """Directions, marks without letters, emoji, selectors, spaces and controls."""
    hebrew, arabic = "\u05d9\u05e8\u05d5\u05e9\u05dc\u05d9\u05dd", "\u0627\u0644\u0642\u0627\u0647\u0631\u0629"
    yield from (hebrew, arabic, hebrew + " Canton " + arabic, "Canton (" + hebrew + ") 1857", "12 " + arabic + " 34-56",
                "\u202bCanton\u202c", "\u202e" + hebrew + "Canton\u202c", "\u2067" + arabic + "\u2069 fort",
                "\u2066\u2066\u2066Canton", "\u202c\u202c" + hebrew, arabic + "\u0651\u064e\u0670" * 5,
                "\u0640" * 30, "\u0644\u0627" * 20, "\u0644\u200d\u0627", "\u06dd123", "\ufdfa\ufdfd")
    yield from ("a" + "\u0301" * n for n in (1, 2, 5, 40, 200))
    yield from ("\u0301", "\u0301\u0302", " \u0301", "\u034f\u0301", "\u20dd", "1\u20e3", "e\u0301\u0323", "\u1eb9\u0301")
    people = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
    yield from (people, "\U0001f1e8\U0001f1f3", "\U0001f1e8", "\U0001f44d\U0001f3fd", "\u2764\ufe0f", "\u2764\ufe0e",
                "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "\u00a9\ufe0f", "#\ufe0f\u20e3")
    yield from ("\u845b\U000e0100", "\u845b\U000e0101", "\u8fbb\ufe00", "\u53f1\u5632", "\u2f00\u2e80", "\u3031\u3032",
                "\ua015\ua016", "\u1820\u180b\u1821\u180e\u1822", "\u1100\u1161\u11a8", "\u1100\u115f\u1160\u11a8",
                "\uac00\u11a8", "\u115f\u1160\u3164\uffa0", "\u304b\u3099", "\u30fb\uff65\u3000\u3001")
    yield from ("Canton\u00adtown", "a\u00a0b", "a\u2009b", "a\u200bb", "a\u2060b", "\ufeffa", "a\tb", "\u2028a\u2029b",
                "a\u0085b", "a\u0007b", "a\u001bb", "a\u007fb", "\u00ad", "\u200b\u200d", "\u206a\u206f", "\ufff9a\ufffab\ufffb",
                "\ufffc", "\ufffd", "\U000e0001\U000e0041", "\U0001d15e", "\U0001d173\U0001d17a", "\U0001bca0\U0001bca3")
    yield from ("\ufdd0", "\uffff", "\U0001fffe", "\U0010ffff", "\ue000\uf8ff", "\U000f0000", "\u0378a", "\U000e0fff")
    yield from ("W" * LONGEST, "\u5ee3" * LONGEST, "\u0e01" * LONGEST, "\u0644" * LONGEST, "a " * (LONGEST // 2),
                ("\u0915\u094d" * LONGEST)[:LONGEST], "fi" * 40, "-" * 80, "\u2014" * 40)
    yield from ("</text><script>&amp;", "]]>", "%s%n{}", "\\u0000", "'\"", "\u2018\u2019")


def given(path):
    for line in pathlib.Path(path).read_text(encoding="utf-8", errors="replace").splitlines():
        codes = re.findall(r"U\+([0-9A-Fa-f]+)", line)
        text = "".join(chr(int(c, 16)) for c in codes if not 0xd800 <= int(c, 16) < 0xe000) if codes else line
        if text.strip("\0"):
            yield text[:LONGEST].replace("\0", "")


def write_project(folder, names):
    columns, step = 40, 20 / 40
    with open(folder / "places.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "kind", "title", "lon", "lat"])
        for i, name in enumerate(names):
            out.writerow([f"p{i}", "town", name, f"{100.2 + i % columns * step:.3f}", f"{20 - i // columns * step:.3f}"])
    rows = len(names) // columns + 1
    (folder / "scripts.yaml").write_text(STYLE)
    (folder / "campaign.yaml").write_text(
        "hachure: 1\ntitle: Scripts\nplaces: {data: places.csv}\nmaps:\n  m: {title: Scripts, style: ./scripts.yaml, "
        f"page: {{width: 1500mm, height: {rows * 30}mm}}, projection: +proj=eqc +lon_0=110 +datum=WGS84, furniture: [], "
        f"view: {{bbox: [100, {20.2 - rows * step:.2f}, 120.2, 20.2]}}}}\n")


def invisible(character):
    """Whether a character may be without ink: controls, spaces and those that Unicode says may be ignored."""
    code = ord(character)
    return (unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp") or
            code in (0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180c, 0x180d, 0x180f, 0x2065, 0x3164, 0xffa0) or
            0xfe00 <= code <= 0xfe0f or 0xfff0 <= code <= 0xfff8 or 0xe0000 <= code <= 0xe0fff)


def problems_of(names, report, have, errors):
    """What is wrong with a run, a line each."""
    output = report["outputs"][0]
    labels = {label["record"]: label for label in output["labels"]}
    missing = collections.defaultdict(set)
    for entry in output["missing_glyphs"]:
        missing[entry["record"]].add(int(entry["code_point"][2:], 16))
        shown = f"(U+{int(entry['code_point'][2:], 16):04X})"
        if shown not in errors:
            yield f"{entry['record']}: {shown} is in the report but not in the messages"
    for record, codes in sorted(missing.items()):
        for code in sorted(codes & have):
            yield f"{record}: U+{code:04X} is reported and some font has it"
    for i, name in enumerate(names):
        record = f"places.p{i}"
        lacking = {ord(c) for c in name if ord(c) not in have and not invisible(c)}
        for code in sorted(lacking - missing[record]):
            yield f"{record}: U+{code:04X} is in no font and not reported: {ascii(name)}"
        if any(c in have and not invisible(chr(c)) for c in map(ord, name)) and record not in labels:
            yield f"{record}: no account of {ascii(name)}"
        if record in labels and labels[record]["placed"] != (labels[record]["reason"] == "placed"):
            yield f"{record}: reason {labels[record]['reason']}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--strings", action="append", default=[])
    parser.add_argument("--keep", help="folder for the project and the page")
    options = parser.parse_args()
    dice = random.Random(6)
    have = covered()
    names = list(indic()) + list(mixed())
    for path in options.strings:
        names += given(path)
    names += list(of_blocks(have, dice))
    names = [name for name in names if name.strip()]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(options.keep or name)
        folder.mkdir(parents=True, exist_ok=True)
        write_project(folder, names)
        found = []
        for extra in (["--text", "live"], ["--text", "outlines"]):
            done = subprocess.run([options.program, "render", folder, "--lenient", "--out", folder / "m.svg", "--report",
                                   folder / "r.json", *extra], capture_output=True, text=True)
            if done.returncode != 0:
                sys.exit(f"exit {done.returncode}: {done.stderr[-600:]}")
            report = json.loads((folder / "r.json").read_text())
            found += list(problems_of(names, report, have, done.stderr))
        labels = report["outputs"][0]["labels"]
        print(f"{len(names)} names, {sum(l['placed'] for l in labels)} placed, "
              f"{len(report['outputs'][0]['missing_glyphs'])} characters without a font")
    for line in found[:40]:
        print(line)
    sys.exit(1 if found or len(names) < 1700 else 0)


if __name__ == "__main__":
    main()
