#!/usr/bin/env python3
"""The two tables of src/README.md hold: who includes whom, and where others' headers may stand."""

import fnmatch
import re

import sources

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def quoted(cell):
    return re.findall(r"`([^`]+)`", cell)


def check_own(name, folder, target, allowed):
    """A problem with an include of ours, or None."""
    other = target.split("/")[0]
    if "/" not in target or other not in allowed:
        return f'"{target}": write it from src/, as "folder/file.hpp"'
    if folder == "main.cpp":
        return None if other in ("cli", "base") else "main.cpp includes cli and base only"
    if other != folder and other not in allowed[folder]:
        return f"{folder} may not include {other}"
    return None


def check_foreign(name, target, walls):
    """A problem with an include of others', or None. The first pattern that fits decides."""
    for patterns, places in walls:
        if any(fnmatch.fnmatch(target, pattern) for pattern in patterns):
            inside = name.removeprefix("src/")
            if any(fnmatch.fnmatch(inside, place) for place in places):
                return None
            return f"<{target}> belongs in {' '.join(places)}"
    # The standard library has no extension; C and POSIX headers are these.
    posix = r"(sys/)?(unistd|fcntl|stat|types|mman|wait|file|time)\.h"
    if "." in target and not re.fullmatch(posix, target):
        return f"<{target}> is in no row of the table of libraries"
    return None


def main():
    allowed = {quoted(row[0])[0]: quoted(row[2]) for row in sources.table("src/README.md", "folder")}
    walls = [(quoted(row[1]), quoted(row[2])) for row in sources.table("src/README.md", "library")]
    problems = []
    if len(allowed) < 8 or len(walls) < 10:
        problems.append("src/README.md: the tables are not where they were")
    for name in sources.tracked("src/*.cpp", "src/*.hpp"):
        folder = name.split("/")[1]
        if folder != "main.cpp" and folder not in allowed:
            problems.append(f"{name}: folder {folder} is not in the table of src/README.md")
            continue
        for number, line in enumerate(sources.code(name, strings=True).splitlines(), 1):
            found = INCLUDE.match(line)
            if not found:
                continue
            kind, target = found.groups()
            problem = (check_own(name, folder, target, allowed) if kind == '"'
                       else check_foreign(name, target, walls))
            if problem:
                problems.append(f"{name}:{number}: {problem}")
    sources.report("layers", problems)


main()
