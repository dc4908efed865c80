#!/usr/bin/env python3
"""No unfinished business and no path of somebody's machine in what is tracked; every file ends its
last line; no line ends in blanks in sources."""

import re

import sources

# Written so that this file does not find itself.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK|lorem ip" r"sum|not imple" r"mented)\b")
MACHINE = re.compile(r"(?<![\w.$}])/(home|root|Users|work|tmp)/[A-Za-z0-9_.]")
BINARY = (".png", ".tif", ".gpkg", ".ttf", ".otf", ".xlsx", ".pdf", ".jpg")
# Inputs of tests and facts of others are as they are.
AS_IT_IS = ("tests/fuzz/corpus/", "tests/golden/", "LICENSE")
SOURCE = (".cpp", ".hpp", ".py", ".cmake", ".txt", ".sh", ".yaml", ".json", ".css")


def main():
    problems = []
    for name in sources.tracked():
        if name.endswith(BINARY) or name.startswith(AS_IT_IS):
            continue
        content = sources.text(name)
        for number, line in enumerate(content.splitlines(), 1):
            if UNFINISHED.search(line) and not name.endswith((".csv", ".geojson")):
                problems.append(f"{name}:{number}: unfinished: {line.strip()[:80]}")
            if MACHINE.search(line):
                problems.append(f"{name}:{number}: a path of one machine: {line.strip()[:80]}")
            if line != line.rstrip() and name.endswith(SOURCE):
                problems.append(f"{name}:{number}: blanks at the line's end")
        if content and not content.endswith("\n"):
            problems.append(f"{name}: the last line has no end")
    sources.report("words", problems)


main()
