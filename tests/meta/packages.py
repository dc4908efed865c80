#!/usr/bin/env python3
"""packages.txt agrees with the build: every pkg-config module that CMake asks for is named by one
package, every module named is asked for, every package says what it is for, and every library that
is linked is included somewhere."""

import re

import sources

# Programs and data that no module stands for, with the words that show their use.
USED_BY = {
    "g++": ("CMakeLists.txt", "LANGUAGES CXX"), "make": ("Makefile", "maps:"),
    "cmake": ("Makefile", "cmake"), "ninja-build": ("CMakePresets.json", "Ninja"),
    "ccache": ("cmake/options.cmake", "ccache"), "pkgconf": ("cmake/libraries.cmake", "PkgConfig"),
    "gdal-data": ("cmake/libraries.cmake", "gdal"), "proj-data": ("cmake/libraries.cmake", "proj"),
    "libopencc-data": ("cmake/libraries.cmake", "opencc"),
    "git": (".ci/format", "git ls-files"), "clang-format": (".ci/format", "clang-format"),
    "clang-tidy": (".ci/tidy", "clang-tidy"), "python3": ("tests/CMakeLists.txt", "python3"),
    "clang": ("CMakePresets.json", "clang++"),
}


def packages():
    """[(line number, package, comment, section)]"""
    found, section = [], ""
    for number, line in enumerate(sources.text("packages.txt").splitlines(), 1):
        if line.startswith("## "):
            section = line[3:].strip()
        elif line and not line.startswith("#"):
            name, _, comment = line.partition("#")
            found.append((number, name.strip(), comment.strip(), section))
    return found


def modules_asked_for():
    modules = set()
    for name in sources.tracked("CMakeLists.txt", "cmake/*.cmake", "tests/*CMakeLists.txt"):
        for call in re.findall(r"^\s*(?:hachure_library|pkg_check_modules)\(([^)$]+)\)",
                               sources.text(name), re.M):
            modules |= {word for word in call.split()[1:] if word not in
                        ("REQUIRED", "IMPORTED_TARGET", "GLOBAL", "QUIET")}
    return modules


def main():
    problems, named = [], {}
    for number, name, comment, section in packages():
        where = f"packages.txt:{number}: {name}"
        if not comment:
            problems.append(f"{where}: say what for")
        for module in " ".join(re.findall(r"\[([^\]]*)\]", comment)).split():
            if module in named:
                problems.append(f"{where}: {module} is named by {named[module]} already")
            named[module] = name
        library = "[" in comment
        if name in USED_BY:
            file, word = USED_BY[name]
            if word not in sources.text(file):
                problems.append(f"{where}: {file} does not say {word} any more")
        elif section in ("build", "run") and not library:
            problems.append(f"{where}: nothing shows its use: name its pkg-config module")
    asked = modules_asked_for()
    problems += [f"cmake asks for {module}, which no package names" for module in asked - set(named)]
    problems += [f"packages.txt: nothing asks for {module} of {named[module]}"
                 for module in set(named) - asked]
    sources.report("packages", sorted(problems))


main()
