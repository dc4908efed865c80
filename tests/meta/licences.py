#!/usr/bin/env python3
"""Every data file under geodata/ and styles/ is named, with origin and licence, in a table of a
markdown page of its folder or of one above it.

A row covers a file when a `quoted` word of its first cell is the file's path from the page's folder,
a pattern for it (`layers/*.geojson`), a folder that holds it (`digitised/`), or its name without
the extension. Pages and what explains or builds the data (*.md, *.py) need no row.
"""

import fnmatch
import pathlib
import re

import sources


def rows(page):
    """The quoted words in the first cells of the page's tables."""
    words = []
    for line in sources.text(page).splitlines():
        if line.startswith("|"):
            words += re.findall(r"`([^`]+)`", line.split("|")[1])
    return words


def covers(word, path):
    return (fnmatch.fnmatch(path, word) or fnmatch.fnmatch(path, word.rstrip("/") + "/*")
            or str(pathlib.PurePath(path).with_suffix("")) == word
            or pathlib.PurePath(path).name == word)


def main():
    problems = []
    pages = {page: rows(page) for page in sources.tracked("geodata/*.md", "styles/*.md")}
    for name in sources.tracked("geodata/*", "styles/*"):
        if name.endswith((".md", ".py")):
            continue
        near = [(pathlib.PurePath(page).parent, words) for page, words in pages.items()]
        if not any(covers(word, str(pathlib.PurePath(name).relative_to(folder)))
                   for folder, words in near if pathlib.PurePath(name).is_relative_to(folder)
                   for word in words):
            problems.append(f"{name}: no table of a .md beside or above it names it")
    for page in pages:
        if not re.search(r"licen[cs]e", sources.text(page), re.I):
            problems.append(f"{page}: says nothing of a licence")
    sources.report("licences", problems)


main()
