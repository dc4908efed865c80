#!/usr/bin/env python3
"""The reference pages name every command, option, subject of `list`, key, column, event kind,
projection, layer type and property that the tables of the sources hold, and no other.

What a page must name stands there as a `quoted` word; where a table of the page lists such names in its
first cells, each of them must still exist.
"""

import re

import sources

COMMANDS = "docs/command-line.md"
PROJECT = "docs/project-file.md"
STYLE = "docs/style-file.md"


def rows(name, kind):
    """First text of each row `Kind{"text", ...}` of a table in the sources."""
    return re.findall(r"\b%s\{\s*\"([^\"]+)\"" % kind, sources.code(name, strings=True))


def lists(name, call):
    """All words in the braces of each `call(..., {"a", "b"})`."""
    found = re.findall(r"%s\([^;{}]*\{([^{}]*)\}" % call, sources.code(name, strings=True))
    return [word for text in found for word in re.findall(r'"([^"]+)"', text)]


def quoted(page):
    """The words of a page that stand in `quotes`, also inside longer quotes."""
    words = set()
    for text in re.findall(r"`([^`\n]+)`", sources.text(page)):
        words.add(text)
        words.update(re.split(r"[\s,:{}\[\]<>|\"]+", text))
    return words


def first_cells(page, heading):
    """Quoted words of the first cells of all tables of `page` under `heading`."""
    words, inside = [], False
    for line in sources.text(page).splitlines():
        cell = line.strip("|").split("|")[0]
        if not line.startswith("|"):
            inside = False
        elif inside:
            words += re.findall(r"`([^`]+)`", cell)
        else:
            inside = cell.strip() == heading
    return words


def expected():
    """[(page, what, names, heading of the table that lists them or None)]"""
    commands = sources.code("src/cli/commands.cpp", strings=True)
    verbs = re.findall(r'\{"([a-z ]+)", "[^"]*", \d', commands)
    options = [name for name, of in re.findall(r'\{"([a-z-]+)",\s*"([a-z| ]+)",\s*"', commands)
               if set(of.split("|")) <= set(verbs)]
    subjects = re.findall(r'\{"([a-z]+)", (?:true|false), "', commands)
    style = "src/style/style.cpp"
    furniture = re.findall(r'\{"([a-z-]+)",\s*&f\.', sources.code(style, strings=True))
    values = re.findall(r'enumeration,\s*"[^;]*?",\s*"([a-z -]+)"',
                        sources.code("src/style/property.cpp", strings=True))
    own = re.findall(r'table\["([a-z]+)"\] = \{[^;]*(?:ContextNumber|ContextValue)<&EvalContext::'
                     r"(?:scale|progress|time|certainty|side|lang)\b",
                     sources.code("src/style/expression_functions.cpp", strings=True))
    keys = "src/record/keys.cpp"
    names = re.findall(r"(?:furniture|cue|corner)_names = \{([^}]*)\}",
                       sources.code(keys, strings=True))
    words = [word for text in names for word in re.findall(r'"([^"]+)"', text)]
    return [
        (COMMANDS, "command", verbs, None),
        (COMMANDS, "option", ["--" + name for name in options], None),
        (COMMANDS, "subject", subjects, "subject"),
        (PROJECT, "key", rows(keys, "Key"), "key"),
        (PROJECT, "word", words + rows(keys, "PageSize"), None),
        (PROJECT, "column", rows("src/record/columns.cpp", "Column"), "column"),
        (PROJECT, "kind", rows("src/record/kind.cpp", "Kind"), "kind"),
        (STYLE, "layer type", [row[0] for row in
                               re.findall(r'LayerTypeRow\{LayerType::\w+,\s*"([^"]+)"()',
                                          sources.code("src/style/property.cpp", strings=True))],
         "type"),
        (STYLE, "property", rows("src/style/property.cpp", "PropertyRow"), None),
        (STYLE, "value", [word for text in values for word in text.split()], None),
        (STYLE, "key", lists(style, "check_keys") + furniture, None),
        (STYLE, "expression", own, None),
    ]


def is_named(name, words, page):
    """`A2` to `A6` names A3; a command is a heading or a quoted word of its page."""
    if name in words:
        return True
    if re.fullmatch(r"A\d", name):
        return any(re.search(r"`A\d` to `A\d`", line) for line in sources.text(page).splitlines())
    return f"hachure {name}" in sources.text(page)


def main():
    problems = []
    for page, what, names, heading in expected():
        if len(names) < 3:
            problems.append(f"tests/meta/docs.py: the table of every {what} is not found")
        words = quoted(page)
        problems += [f"{page}: the {what} `{name}` is missing"
                     for name in dict.fromkeys(names) if not is_named(name, words, page)]
        if heading is None:
            continue
        problems += [f"{page}: the {what} `{word}` is not known to the program"
                     for word in first_cells(page, heading) if word not in names]
    listed = [word for word in first_cells(STYLE, "property") if "-" in word]
    known = set(rows("src/style/property.cpp", "PropertyRow"))
    at_get = {"side-name", "side-color", "side-light-color", "side-tint-color", "side-cue",
              "holder-before", "holder-before-color", "holder-before-cue", "taken-by",
              "taken-by-color", "taken-by-cue", "date-short",
              "start-year", "unit-name", "unit-kind", "in-inset", "kind-name",
              "certainty-name"}
    problems += [f"{STYLE}: the property `{word}` is not known to the program"
                 for word in listed if word not in known | at_get]
    verbs = expected()[0][2]
    readme = re.findall(r"(?m)^hachure +([a-z]+)", sources.text("README.md"))
    problems += [f"README.md: the command `{verb}` is missing" for verb in verbs
                 if verb.split()[0] not in readme]
    problems += [f"README.md: the command `{word}` is not known to the program" for word in readme
                 if word not in {verb.split()[0] for verb in verbs}]
    sources.report("docs", problems)


main()
