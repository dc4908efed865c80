#!/usr/bin/env python3
"""hachure frames: numbering and dates, the same bytes alone, in a range and at any number of threads,
after a kill, refusal of foreign frames, films, page, sheet and wrong words."""

import argparse
import hashlib
import json
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser()
parser.add_argument("--program", required=True)
args = parser.parse_args()
root = pathlib.Path(__file__).resolve().parents[2]
project = root / "geodata" / "canton-1857"
failures = []


def check(condition, what):
    if not condition:
        failures.append(what)
        print("FAILED:", what)


def run(*words, status=0):
    done = subprocess.run([args.program, "frames", str(project), "--quiet", *map(str, words)],
                          capture_output=True, text=True)
    check(done.returncode == status, f"{words}: status {done.returncode}: {done.stderr}")
    if status == 0:
        check(done.stderr == "", f"{words}: stderr {done.stderr}")
    return done


def contents(folder):
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


small = ["--map", "assault", "--from", "1857-12-28T05:00", "--to", "1857-12-29T15:00",
         "--step", "2h", "--size", "960x540", "--style", "modern"]

with tempfile.TemporaryDirectory() as scratch:
    scratch = pathlib.Path(scratch)
    whole = scratch / "whole"
    run(*small, "--jobs", 2, "--out", f"{whole}/")
    manifest = json.loads((whole / "frames.json").read_text())
    rows = manifest["frames"]
    check(manifest["count"] == 18 and len(rows) == 18, "18 frames from 05:00 to 15:00 by 2 h")
    check(rows[0]["date"] == "1857-12-28T05:00:00" and rows[-1]["date"] == "1857-12-29T15:00:00",
          "--to is inclusive")
    check(rows[3]["file"] == "assault_000003.png", "names have six digits")
    for row in rows:
        data = (whole / row["file"]).read_bytes()
        check(hashlib.sha256(data).hexdigest() == row["sha256"], row["file"] + ": checksum")
        check(data[16:24] == (960).to_bytes(4, "big") + (540).to_bytes(4, "big"), "size")
    check(len({row["sha256"] for row in rows}) > 10, "frames differ")

    one = scratch / "one"
    run(*small, "--jobs", 1, "--out", f"{one}/")
    check(contents(whole) == contents(one), "the number of threads changes nothing")

    shared = scratch / "shared"
    run(*small, "--frames", "9-17", "--out", f"{shared}/")
    check(len(list(shared.glob("*.png"))) == 9, "a range has its frames only")
    run(*small, "--frames", "0-8", "--out", f"{shared}/")
    check(contents(whole) == contents(shared), "ranges of two machines make the whole")

    killed = scratch / "killed"
    for wait in (0.6, 0.9, 1.3):
        process = subprocess.Popen([args.program, "frames", str(project), *small, "--jobs", "1",
                                    "--resume", "--out", f"{killed}/"], stderr=subprocess.PIPE)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    run(*small, "--resume", "--out", f"{killed}/")
    check(contents(whole) == contents(killed), "a killed run goes on to the same folder")

    other = run(*small[:-2], "--style", "mono", "--out", f"{whole}/", status=1)
    check("holds frames of another run" in other.stderr, "foreign frames are refused")
    check(contents(whole) == contents(one), "a refused run changes nothing")

    run(*small, "--frames", "0-3", "--video", scratch / "f.png", "--video", scratch / "f.gif",
        "--html", scratch / "f.html", "--report", scratch / "r.json")
    check((scratch / "f.png").read_bytes().count(b"fcTL") == 4 or
          (scratch / "f.png").read_bytes().count(b"fcTL") >= 2, "an animated PNG")
    check((scratch / "f.gif").read_bytes()[:6] == b"GIF89a", "a GIF")
    page = (scratch / "f.html").read_text()
    check(page.startswith("<!DOCTYPE html>") or page.startswith("<!doctype html>"), "a page")
    check("http://" not in page.replace("http://www.w3.org", "") or "<script src" not in page,
          "no script from outside")
    check(json.loads((scratch / "r.json").read_text())["jumps"] == 0, "labels do not jump")
    run("--map", "october-1856", "--dates", "1856-10-23,1856-10-28,1856-11-05,1856-11-13",
        "--style", "modern", "--sheet", scratch / "s.svg")
    check("<svg" in (scratch / "s.svg").read_text()[:2000], "a sheet")

    for date, there in (("1856-10-23", False), ("1856-12-04", True)):
        run("--map", "river", "--dates", date, "--style", "modern", "--html", scratch / "i.html")
        inset = (scratch / "i.html").read_text()
        check(('"front-reach.movements.' in inset) == there, f"{date}: movements of an inset")
        check('"front-reach.map"' in inset, f"{date}: the inset itself")

    run("--map", "assault", "--dates", "1857-12-29", "--style", "modern", "--html",
        scratch / "l.html")
    check(re.search(r'"locator\.inset-extents"[^>]*>\s*<path', (scratch / "l.html").read_text()),
          "a locator shows the extent of the map")

    for words, said in (
            (["--map", "asault", "--step", "1d"], "\"asault\" is not a map of the project"),
            (["--map", "assault", "--step", "1q"], "1q"),
            (["--map", "assault", "--sequence", "asault"], "not a sequence"),
            (["--map", "assault", "--from", "1857-13-01", "--step", "1d"], "month 13"),
            (["--map", "assault", "--from", "1858", "--to", "1857", "--step", "1d"],
             "comes before the first"),
            (["--map", "assault", "--step", "12h", "--frames", "0-99"], "the run has the frames")):
        done = subprocess.run([args.program, "frames", str(project), *words, "--out",
                               str(scratch / "none") + "/"], capture_output=True, text=True)
        check(done.returncode in (1, 2), f"{words}: status {done.returncode}")
        check(said in done.stderr, f"{words}: {done.stderr}")
        check(not (scratch / "none").exists(), f"{words}: nothing is written")

sys.exit(1 if failures else 0)
