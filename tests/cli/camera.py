#!/usr/bin/env python3
"""A sequence with a camera: the picture moves between its views and only then, the strip of time stays,
frames are the same bytes at any number of threads and in ranges, slips are told with their line."""

import argparse
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

parser = argparse.ArgumentParser()
parser.add_argument("--program", required=True)
args = parser.parse_args()
root = pathlib.Path(__file__).resolve().parents[2]
failures = []
CAMERA = """
  tour:
    map: assault
    from: "1857-12-28T08:00"
    to: "1857-12-29T00:00"
    step: 2h
    camera:
      - {at: "1857-12-28T08:00/1857-12-28T12:00", center: [113.2725, 23.1214], scale: 36000}
      - {at: "1857-12-28T18:00/1857-12-29T00:00", fit: [lin_fort, magazine_hill], margin: 40mm}
"""


def check(condition, what):
    if not condition:
        failures.append(what)
        print("FAILED:", what)


def project_with(scratch, name, camera):
    folder = scratch / name
    shutil.copytree(root / "geodata" / "canton-1857", folder)
    file = folder / "campaign.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("\nsequences:\n", "\nsequences:" + camera, 1), encoding="utf-8")
    return folder


def run(project, *words, status=0):
    done = subprocess.run([args.program, "frames", str(project), "--quiet", "--sequence", "tour",
                           "--size", "640x400", "--style", "modern", *map(str, words)],
                          capture_output=True, text=True)
    check(done.returncode == status, f"{words}: status {done.returncode}: {done.stderr}")
    return done


def contents(folder):
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


with tempfile.TemporaryDirectory() as scratch:
    scratch = pathlib.Path(scratch)
    tour = project_with(scratch, "tour", CAMERA)
    whole, shared = scratch / "whole", scratch / "shared"
    run(tour, "--jobs", 2, "--out", f"{whole}/", "--report", scratch / "report.json")
    run(tour, "--jobs", 1, "--frames", "4-8", "--out", f"{shared}/")
    run(tour, "--jobs", 2, "--frames", "0-3", "--out", f"{shared}/")
    check(len(list(whole.glob("*.png"))) == 9, "9 frames from 08:00 to 00:00 by 2 h")
    check(contents(whole) == contents(shared), "ranges and threads change nothing")
    report = json.loads((scratch / "report.json").read_text())
    jumps = [row["jumps"] for row in report["per_frame"]]
    check(jumps[:3] == [0, 0, 0] and jumps[6:] == [0, 0, 0], f"labels stay at rest: {jumps}")

    still = scratch / "still"
    run(project_with(scratch, "no_camera", CAMERA.split("    camera")[0]), "--out", f"{still}/")
    same = [name for name, digest in contents(whole).items()
            if name.endswith(".png") and contents(still)[name] == digest]
    check(same == [f"assault_00000{k}.png" for k in range(3)],
          f"the first view is the map's own, the others are not: {same}")

    wrong = project_with(scratch, "wrong", CAMERA.replace("margin: 40mm", "scale: 9000")
                         .replace("T12:00\"", "T20:00\"").replace("magazine_hill", "magazine_hil"))
    said = run(wrong, "--out", f"{scratch / 'none'}/", status=1).stderr
    for words in ("given in several ways", "begins before the one of line", "magazine_hill"):
        check(words in said, f"{words}: {said}")
    check(not (scratch / "none").exists(), "nothing is written")

print("camera:", "FAILED" if failures else "ok")
sys.exit(1 if failures else 0)
