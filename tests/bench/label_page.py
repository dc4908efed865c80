#!/usr/bin/env python3
"""Times the labels of a page of very many places with real fonts: usage label_page.py PROGRAM [COUNT ...].

The page grows with the count, so that the density, and with it the time of a label, stays the same.
"""
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

SYLLABLES = ["wan", "tong", "lin", "bog", "ue", "ho", "nam", "pak", "sha", "kwan", "chuen", "pi", "tai", "mun"]
STYLE = """name: Names
layers:
- id: places
  type: place
  layout: {icon-image: fort, icon-size: 0.8mm, text-field: ["get", "name"], text-font: [Noto Sans], text-size: 5pt}
"""


def write_project(folder, count):
    dice = random.Random(7)
    share = (count / 50000) ** 0.5
    degrees, side_mm = 20 * share, 1500 * share
    rows = ["id,kind,title,lon,lat"]
    for i in range(count):
        name = "".join(dice.choice(SYLLABLES) for _ in range(dice.randint(2, 3))).capitalize()
        name = ("Fort " if dice.random() < 0.3 else "") + f"{name} {i % 97}"
        rows.append(f"p{i},fort,{name},{113 + dice.random() * degrees:.5f},{2 + dice.random() * degrees:.5f}")
    (folder / "places.csv").write_text("\n".join(rows) + "\n")
    (folder / "names.yaml").write_text(STYLE)
    (folder / "campaign.yaml").write_text(
        f"hachure: 1\ntitle: Names\nplaces: {{data: places.csv}}\nmaps:\n  m: {{title: Names, style: ./names.yaml, "
        f"page: {{width: {side_mm:.0f}mm, height: {side_mm:.0f}mm}}, "
        f"view: {{bbox: [113, 2, {113 + degrees:.3f}, {2 + degrees:.3f}]}}}}\n")


def main():
    counts = [int(word) for word in sys.argv[2:]] or [1000, 5000, 20000, 50000]
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_project(folder, count)
            subprocess.run([sys.argv[1], "render", folder, "--out", folder / "m.svg", "--quiet", "--jobs", "1",
                            "--timings", folder / "t.json", "--report", folder / "r.json"], check=True)
            stages = {s["stage"]: s["seconds"] for s in json.loads((folder / "t.json").read_text())["stages"]}
            labels = json.loads((folder / "r.json").read_text())["outputs"][0]["labels"]
            placed = sum(label["placed"] for label in labels)
            print(f"{count:6} labels: {placed:6} placed, lay_out {stages['lay_out']:.2f} s")


if __name__ == "__main__":
    main()
