#!/usr/bin/env python3
"""What holds for every shipped map in every language of the campaign.

    shipped_maps.py --program build/release/hachure [--style NAME] [--check labels|type|lines]...

labels: no glyph is missing, no two labels overlap by their outlines (insets included), a label is
        placed exactly if that is its reason, and each language asks for the same labels.
type:   the smallest Latin letter is 5.5 pt, the smallest Han character 5 pt.
lines:  the thinnest line is 0.2 pt, within a texture 0.14 pt.

Type and lines are read off the SVG, through the scales of the groups and symbols around them.
"""

import argparse
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ElementTree

CAMPAIGN = pathlib.Path(__file__).resolve().parents[2] / "geodata/canton-1857"
LANGUAGES = ("en", "zh-Hant")
MM_PER_PT = 25.4 / 72
SMALLEST_PT = {"Latin": 5.5, "Han": 5.0}
THINNEST_PT = 0.2
THINNEST_IN_TEXTURE_PT = 0.14
ROUNDING_PT = 0.002  # an SVG holds thousandths of a millimetre
OVERLAP_MM2 = 0.02
REASONS = {"placed", "no-room", "off-page", "lower-priority", "missing-glyph", "merged"}
TEXTURES = {"paddy", "marsh", "shoals"}  # ids of the style's layers of type texture
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"


# ---- overlaps of polygons ------------------------------------------------------------------------

def edges_of(polygon):
    return [(a, b) if a[1] < b[1] else (b, a)
            for a, b in zip(polygon, polygon[1:] + polygon[:1]) if a[1] != b[1]]


def x_at(edge, y):
    (x0, y0), (x1, y1) = edge
    return x0 + (x1 - x0) * (y - y0) / (y1 - y0)


def crossing_y(a, b):
    """Where two edges cross, as a list of at most one y."""
    low, high = max(a[0][1], b[0][1]), min(a[1][1], b[1][1])
    if low >= high:
        return []
    at_low, at_high = x_at(a, low) - x_at(b, low), x_at(a, high) - x_at(b, high)
    if at_low * at_high >= 0:
        return []
    return [low + (high - low) * at_low / (at_low - at_high)]


def spans_at(edges, y):
    xs = sorted(x_at(edge, y) for edge in edges if edge[0][1] <= y < edge[1][1])
    return list(zip(xs[::2], xs[1::2]))


def common_area(p, q):
    """Area that two polygons (even-odd) share. Between the heights of all corners and crossings the
    shared width changes linearly, so its value half-way times the height is exact."""
    a, b = edges_of(p), edges_of(q)
    heights = {y for edge in a + b for _, y in edge}
    both = a + b
    for i, first in enumerate(both):
        for second in both[i + 1:]:
            heights.update(crossing_y(first, second))
    heights = sorted(heights)
    area = 0.0
    for low, high in zip(heights, heights[1:]):
        middle = (low + high) / 2
        area += (high - low) * sum(max(0.0, min(s[1], t[1]) - max(s[0], t[0]))
                                   for s in spans_at(a, middle) for t in spans_at(b, middle))
    return area


def boxes_meet(p, q):
    return (p["x"] < q["x"] + q["width"] and q["x"] < p["x"] + p["width"]
            and p["y"] < q["y"] + q["height"] and q["y"] < p["y"] + p["height"])


def overlaps(labels):
    placed = [label for label in labels if label["placed"]]
    for i, first in enumerate(placed):
        for second in placed[i + 1:]:
            if boxes_meet(first["box"], second["box"]):
                area = common_area(first["outline"], second["outline"])
                if area > OVERLAP_MM2:
                    yield (f'"{first["text"]}" ({first["record"]}) and "{second["text"]}" '
                           f'({second["record"]}) share {area:.3f} mm2')


def check_labels(report, _):
    assert abs(common_area([[0, 0], [2, 0], [2, 2], [0, 2]], [[1, 1], [3, 1], [1, 3]]) - 1) < 1e-9
    requested = {}
    for output in report["outputs"]:
        name = output["file"]
        for glyph in output["missing_glyphs"]:
            yield f"{name}: missing glyph {glyph}"
        for warning in output["warnings"]:
            yield f"{name}: warning: {warning}"
        for label in output["labels"]:
            if label["reason"] not in REASONS or label["placed"] != (label["reason"] == "placed"):
                yield f'{name}: "{label["text"]}": placed {label["placed"]}, {label["reason"]}'
            if label["placed"] and len(label["outline"]) < 3:
                yield f'{name}: "{label["text"]}": placed without an outline'
        yield from (f"{name}: {text}" for text in overlaps(output["labels"]))
        records = sorted(label["record"] for label in output["labels"])
        if requested.setdefault(output["map"], records) != records:
            yield f"{name}: another language asks for other labels"


# ---- sizes in an SVG -----------------------------------------------------------------------------

def scale_of(element, symbols):
    """How much an element enlarges what is in it. A page's transforms turn and shift, no more."""
    transform = element.get("transform", "")
    if "matrix" in transform or "scale" in transform or "skew" in transform:
        raise SystemExit(f"a transform that this test does not read: {transform}")
    if element.tag == SVG + "use" and element.get("width"):
        box = symbols[element.get(XLINK + "href")[1:]].get("viewBox").split()
        return float(element.get("width")) / float(box[2])
    return 1.0


def walk(element, symbols, inherited, ids, visit):
    """Calls visit(element, attributes with what is inherited, ids around it) for all that is drawn."""
    if element.tag in (SVG + "defs", SVG + "clipPath", SVG + "title", SVG + "desc"):
        return
    own = {key: element.get(key) for key in ("font-size", "stroke", "stroke-width")
           if element.get(key) is not None}
    values = inherited | own
    values["scale"] = inherited["scale"] * scale_of(element, symbols)
    around = ids + [element.get("id")] if element.get("id") else ids
    values["in_swatch"] = (inherited["in_swatch"]
                           or element.tag == SVG + "g" and ids[-1:] == ["legend"])
    visit(element, values, around)
    children = list(element)
    if element.tag == SVG + "use":
        children = list(symbols[element.get(XLINK + "href")[1:]])
    for child in children:
        walk(child, symbols, values, around, visit)


def visit_drawn(svg, visit):
    root = ElementTree.fromstring(svg)
    if not math.isclose(float(root.get("width")[:-2]), float(root.get("viewBox").split()[2])):
        raise SystemExit("one unit of the SVG is not a millimetre")
    symbols = {symbol.get("id"): symbol for symbol in root.iter(SVG + "symbol")}
    walk(root, symbols, {"scale": 1.0, "stroke-width": "1", "in_swatch": False}, [], visit)


def script_of(character):
    name = unicodedata.name(character, "")
    if name.startswith("CJK"):
        return "Han"
    return "Latin" if name.startswith(("LATIN", "DIGIT")) else None


def check_type(report, folder):
    for output in report["outputs"]:
        found = {}

        def visit(element, values, ids):
            if element.tag not in (SVG + "text", SVG + "tspan") or not element.text:
                return
            size_pt = float(values["font-size"]) * values["scale"] / MM_PER_PT
            for script in {script_of(character) for character in element.text} - {None}:
                if size_pt < SMALLEST_PT[script] - ROUNDING_PT:
                    found[f'"{element.text}" is {size_pt:.2f} pt {script}'] = ids[-1:]

        visit_drawn((folder / output["file"]).read_text(encoding="utf-8"), visit)
        yield from (f"{output['file']}: {text} {ids}" for text, ids in found.items())


def is_texture(values, ids):
    """Textures are known by their layer. What stands in a group of a legend is a swatch, drawn as the
    layer is on the map itself, where it is looked at."""
    if "legend" in ids:
        return values["in_swatch"]
    return any(TEXTURES.intersection(name.split(".")) for name in ids)


def check_lines(report, folder):
    for output in report["outputs"]:
        found = {}

        def visit(element, values, ids):
            if element.tag in (SVG + "g", SVG + "use", SVG + "svg", SVG + "image"):
                return
            if values.get("stroke", "none") == "none":
                return
            width_pt = float(values["stroke-width"]) * values["scale"] / MM_PER_PT
            least = THINNEST_IN_TEXTURE_PT if is_texture(values, ids) else THINNEST_PT
            if width_pt < least - ROUNDING_PT:
                found[(ids[-1] if ids else "?", f"{width_pt:.3f} pt, at least {least}")] = True

        visit_drawn((folder / output["file"]).read_text(encoding="utf-8"), visit)
        yield from (f"{output['file']}: {where}: line of {text}" for where, text in found)


CHECKS = {"labels": check_labels, "type": check_type, "lines": check_lines}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=lambda text: pathlib.Path(text).resolve(), required=True)
    parser.add_argument("--style")
    parser.add_argument("--check", action="append", choices=CHECKS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hachure-maps-") as name:
        folder = pathlib.Path(name)
        subprocess.run([arguments.program, "render", CAMPAIGN, "--lang", ",".join(LANGUAGES),
                        "--report", "report.json", "--out", "./",
                        *(["--style", arguments.style] if arguments.style else [])], cwd=folder, check=True)
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        found = [text for check in arguments.check or CHECKS
                 for text in CHECKS[check](report, folder)]
    print("\n".join(found) or f"{len(report['outputs'])} maps, nothing wrong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
