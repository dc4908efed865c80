#!/usr/bin/env python3
"""The shipped map `river` has the same bytes as SVG, PNG and PDF, however it is asked for.

    determinism.py --program build/release/hachure [--map ID] [--shuffle TABLE,...]

One plain run is compared with runs that differ in what must not matter: the working directory and
the folder of the project, the time zone, the locale, the number of threads, and the order of the
rows of places, units, events and movements. Events of the same time keep their order among
themselves, since that order says what happened first. Shuffles have a fixed seed.
"""

import argparse
import csv
import io
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

CAMPAIGN = pathlib.Path(__file__).resolve().parents[2] / "geodata/canton-1857"
FORMATS = ("svg", "png", "pdf")
TABLES = {"places": None, "units": None, "events": "when", "movements": None}  # with what keeps order


def render(program, project, map_id, out, folder=None, jobs=None, **environment):
    """Bytes by format; an error of the program ends the test."""
    kept = {key: value for key, value in os.environ.items()
            if key in ("PATH", "HOME", "XDG_CACHE_HOME") or key.endswith("SAN_OPTIONS")}
    command = [program, "render", project, "--map", map_id, "--format", ",".join(FORMATS),
               "--out", f"{out}/"] + (["--jobs", str(jobs)] if jobs else [])
    done = subprocess.run([str(word) for word in command], cwd=folder, env=kept | environment,
                          capture_output=True, text=True, check=False)
    if done.returncode or done.stderr:
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stderr}")
    return {name: (out / f"{map_id}.{name}").read_bytes() for name in FORMATS}


class Dice(random.Random):
    def shuffle_within(self, rows, key):
        """Shuffles `rows` in place; rows of the same key keep their order among themselves."""
        order = list(range(len(rows)))
        self.shuffle(order)
        taken = {}
        for place in order:
            taken.setdefault(key(rows[place]), []).append(place)
        for places in taken.values():
            places.sort(reverse=True)
        drawn = list(rows)
        rows[:] = [drawn[taken[key(drawn[place])].pop()] for place in order]


def shuffle_table(folder, name, dice):
    if name == "movements":
        path = folder / "movements.geojson"
        content = json.loads(path.read_text(encoding="utf-8"))
        dice.shuffle(content["features"])
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return
    path = folder / f"{name}.csv"
    with open(path, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    if TABLES[name]:
        column = header.index(TABLES[name])
        dice.shuffle_within(rows, lambda row: row[column])
    else:
        dice.shuffle(rows)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header] + rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=lambda text: pathlib.Path(text).resolve(), required=True)
    parser.add_argument("--map", default="river")
    parser.add_argument("--shuffle", default=",".join(TABLES))
    arguments = parser.parse_args()
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="hachure-bytes-"))
    try:
        elsewhere = scratch / "another place" / "地圖"
        elsewhere.parent.mkdir()
        shutil.copytree(CAMPAIGN, elsewhere)
        shutil.copytree(CAMPAIGN, scratch / "shuffled")
        for table in arguments.shuffle.split(","):
            shuffle_table(scratch / "shuffled", table, Dice(1857))

        def run(name, project=CAMPAIGN, **settings):
            return render(arguments.program, project, arguments.map, scratch / name, **settings)

        plain = run("plain", folder=CAMPAIGN.parent, LC_ALL="C", TZ="UTC", jobs=2)
        others = {
            "the same again": run("again", folder=CAMPAIGN.parent, LC_ALL="C", TZ="UTC", jobs=2),
            "--jobs 1, TZ=Asia/Hong_Kong, LC_ALL=C.UTF-8, another folder and working directory":
                run("else", project=pathlib.Path("地圖"), folder=elsewhere.parent, jobs=1,
                    TZ="Asia/Hong_Kong", LC_ALL="C.UTF-8", LANG="de_DE.UTF-8"),
            f"shuffled rows of {arguments.shuffle}": run("mixed", project=scratch / "shuffled", folder=scratch),
        }
        differing = [f"{arguments.map}.{name} differs: {what}" for what, files in others.items()
                     for name in FORMATS if files[name] != plain[name]]
        print("\n".join(differing) or f"{len(others) + 1} runs, same bytes")
        return 1 if differing else 0
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
