#!/usr/bin/env python3
"""Memory and time of a long run of frames, and what a kill leaves of it.

    long_run.py [--program build/release/hachure] [--project geodata/canton-1857] [--sequence assault]
                [--frames 1000] [--kills 12] [--work DIR]

Makes a tenth of the frames, then all of them: the larger run may take no more than 5 % more memory,
and each of its frames no longer than a frame of the short run, start left out. Then runs a fifth of
the frames again, kills it at random moments (SIGKILL), goes on with --resume each time, and compares
the folder byte by byte with that of a run left alone. Exit status 0 if all holds.
"""

import argparse
import hashlib
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def contents(folder):
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(folder.iterdir())}


class Runs:
    def __init__(self, options, work):
        self.options = options
        self.work = work

    def command(self, frames, out, *more):
        o = self.options
        return [o.program, "frames", o.project, "--sequence", o.sequence, "--count", str(frames),
                "--size", "1920x1080", "--jobs", "2", "--out", f"{out}/", *more]

    def measured(self, frames):
        """Seconds on the clock and of the processors, and the largest memory in MB, of one run."""
        out = self.work / f"frames{frames}"
        shutil.rmtree(out, ignore_errors=True)
        begin = time.monotonic()
        process = subprocess.Popen(self.command(frames, out))
        _, status, usage = os.wait4(process.pid, 0)
        if status != 0:
            sys.exit(f"long_run.py: exit status {status}")
        return (time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000, out)

    def killed(self, frames, kills, run_s):
        """A folder of a run that was killed so often; how many frames were there at each kill."""
        out = self.work / "killed"
        shutil.rmtree(out, ignore_errors=True)
        rng = random.Random(self.options.seed)
        seen = []
        for _ in range(kills):
            process = subprocess.Popen(self.command(frames, out, "--resume"))
            try:
                process.wait(rng.uniform(0.05, 1) * run_s)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            seen.append(len(list(out.glob("*.png"))) if out.is_dir() else 0)
            if seen[-1] == frames:  # all are there: again from an empty folder
                if contents(out) != contents(self.work / f"frames{frames}"):
                    return out, seen
                shutil.rmtree(out)
        subprocess.run(self.command(frames, out, "--resume"), check=True)
        return out, seen


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", default=str(ROOT / "build/release/hachure"))
    arguments.add_argument("--project", default=str(ROOT / "geodata/canton-1857"))
    arguments.add_argument("--sequence", default="assault")
    arguments.add_argument("--frames", type=int, default=1000)
    arguments.add_argument("--kills", type=int, default=12)
    arguments.add_argument("--seed", type=int, default=1857)
    arguments.add_argument("--work", type=pathlib.Path)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="long_run.") as scratch:
        work = options.work or pathlib.Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        runs = Runs(options, work)
        start = runs.measured(1)
        few = runs.measured(options.frames // 10)
        all_ = runs.measured(options.frames)
        print("  frames   seconds   processors   peak MB")
        for frames, run in ((1, start), (options.frames // 10, few), (options.frames, all_)):
            print(f"{frames:8} {run[0]:9.2f} {run[1]:12.2f} {run[2]:9.0f}")
        ms = [(run[1] - start[1]) / (frames - 1) * 1000
              for frames, run in ((options.frames // 10, few), (options.frames, all_))]
        print(f"a frame of processor time: {ms[0]:.2f} ms in the short run, {ms[1]:.2f} ms in the long one")
        flat = all_[2] <= 1.05 * few[2] and ms[1] <= 1.25 * ms[0]
        print("flat" if flat else "NOT FLAT")

        part = options.frames // 5
        alone = runs.measured(part)
        out, seen = runs.killed(part, options.kills, alone[0])
        same = contents(out) == contents(alone[3])
        print(f"killed {options.kills} times, with {', '.join(map(str, seen))} of {part} frames there: "
              + ("the same folder" if same else "ANOTHER FOLDER"))
    sys.exit(0 if flat and same else 1)


if __name__ == "__main__":
    main()
