#!/usr/bin/env python3
"""Runs tests of the program as its users call it.

    run.py --program build/release/hachure FILE.test...

A test file is a list of sections, each opened by a line `--- NAME [ARGUMENT]`; what stands before
the first is a comment. In sections `file` and all expected texts, $PROJECT is the folder of the
checkout, $TMP the scratch folder; the commands find both in their environment.

    --- setup               shell commands that must succeed first
    --- copy DIR            copies tests/cli/DIR into the scratch folder
    --- file PATH           writes the section's text to PATH in the scratch folder
    --- command             shell commands (sh -eu) run in the scratch folder; `hachure` is the program
    --- exit                the expected exit status (default 0)
    --- stdout              the exact text (default: not looked at)
    --- stdout contains     each line occurs somewhere in it
    --- stderr              the exact text (default: empty when the exit status is 0; else required)
    --- stderr contains     each line occurs somewhere in it
    --- exists              files there afterwards, not empty, one a line (patterns allowed)
    --- absent              files not there afterwards (patterns allowed)
    --- unchanged           files whose bytes the command left as they were before it

Sections setup, copy and file are carried out in the order in which they stand.
Environment: LC_ALL=C, TZ=UTC and a HOME of its own, so that a test sees what CI sees; the cache of
fontconfig is shared between the tests, since the first use of 400 faces takes seconds.
"""

import argparse
import difflib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PROJECT = pathlib.Path(__file__).resolve().parents[2]
NAMES = {"setup", "copy", "file", "command", "exit", "stdout", "stdout contains", "stderr",
         "stderr contains", "exists", "absent", "unchanged"}
TIME_LIMIT_S = 100


class Failure(Exception):
    """What a test found; the text is shown as it is."""


def parse(path):
    """[(name, argument, text)] in order."""
    sections = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(keepends=True), 1):
        if line.startswith("--- "):
            words = line[4:].split()
            name, argument = words[0], " ".join(words[1:])
            if argument == "contains":
                name, argument = f"{name} contains", ""
            if name not in NAMES:
                raise Failure(f"{path}:{number}: no such section: {name}")
            sections.append([name, argument, ""])
        elif sections:
            sections[-1][2] += line
    if not any(name == "command" for name, _, _ in sections):
        raise Failure(f"{path}: no section `command`")
    return sections


def environment(program, scratch):
    kept = {key: value for key, value in os.environ.items()
            if key.endswith("SAN_OPTIONS") or key == "PATH"}
    kept["PATH"] = f"{program.parent}:{kept.get('PATH', '/usr/bin:/bin')}"
    kept.update(LC_ALL="C", TZ="UTC", HOME=str(scratch / ".home"), PROJECT=str(PROJECT),
                TMP=str(scratch), XDG_CACHE_HOME=f"{tempfile.gettempdir()}/hachure-test-cache")
    return kept


def shell(text, scratch, env):
    return subprocess.run(["sh", "-eu", "-c", text], cwd=scratch, env=env, capture_output=True,
                          timeout=TIME_LIMIT_S, stdin=subprocess.DEVNULL)


def difference(what, expected, actual):
    lines = difflib.unified_diff(expected.splitlines(keepends=True),
                                 actual.splitlines(keepends=True), "expected", "actual")
    text = "".join(line if line.endswith("\n") else line + "\n(no line end)\n" for line in lines)
    return f"{what} differs:\n{text}"


def check_stream(name, actual, wanted, problems):
    if name in wanted and wanted[name] != actual:
        problems.append(difference(name, wanted[name], actual))
    for line in wanted.get(f"{name} contains", "").splitlines():
        if line not in actual:
            problems.append(f"{name} does not contain: {line}\n{name} is:\n{actual}")


def check_files(scratch, wanted, before, problems):
    for pattern in wanted.get("exists", "").split():
        found = list(scratch.glob(pattern))
        if not found:
            problems.append(f"not there: {pattern}")
        problems += [f"empty: {pattern}" for f in found if f.is_file() and not f.stat().st_size]
    for pattern in wanted.get("absent", "").split():
        problems += [f"left behind: {f.relative_to(scratch)}" for f in sorted(scratch.glob(pattern))]
    for name, content in before.items():
        file = scratch / name
        if not file.exists() or file.read_bytes() != content:
            problems.append(f"changed: {name}")


def arrange(sections, scratch, env):
    """Carries out setup, copy and file; returns the expectations by name."""
    wanted = {}
    for name, argument, text in sections:
        text_here = text.replace("$PROJECT", str(PROJECT)).replace("$TMP", str(scratch))
        if name == "setup":
            done = shell(text, scratch, env)
            if done.returncode:
                raise Failure(f"setup failed: {done.returncode}\n{done.stderr.decode()}")
        elif name == "copy":
            shutil.copytree(PROJECT / "tests/cli" / argument, scratch, dirs_exist_ok=True)
        elif name == "file":
            file = scratch / argument
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text_here, encoding="utf-8")
        else:
            wanted[name] = text if name == "command" else text_here
    return wanted


def run(path, program, scratch):
    env = environment(program, scratch)
    (scratch / ".home").mkdir()
    wanted = arrange(parse(path), scratch, env)
    before = {name: (scratch / name).read_bytes() for name in wanted.get("unchanged", "").split()}

    done = shell(wanted["command"], scratch, env)
    out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")

    problems = []
    status = int(wanted.get("exit", "0"))
    if done.returncode != status:
        problems.append(f"exit status {done.returncode}, expected {status}\nstderr is:\n{err}")
    if "stderr" not in wanted and "stderr contains" not in wanted:
        if status:
            problems.append("a failing command needs a section `stderr`")
        wanted["stderr"] = ""
    check_stream("stdout", out, wanted, problems)
    check_stream("stderr", err, wanted, problems)
    check_files(scratch, wanted, before, problems)
    if problems:
        raise Failure("\n".join(problems))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=pathlib.Path, required=True)
    parser.add_argument("tests", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    failed = 0
    for test in arguments.tests:
        scratch = pathlib.Path(tempfile.mkdtemp(prefix="hachure-cli-")).resolve()
        scratch.chmod(0o755)
        try:
            run(test, arguments.program.resolve(), scratch)
        except (Failure, subprocess.TimeoutExpired) as failure:
            failed += 1
            print(f"FAILED {test.name}\n{failure}")
        finally:
            subprocess.run(["chmod", "-R", "u+rwX", scratch], check=False)
            shutil.rmtree(scratch, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
