"""What the tests of this folder share: which files there are, C++ without comments, reporting."""

import pathlib
import re
import subprocess
import sys


def project():
    """The folder of the checkout, from the command line."""
    return pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()


def tracked(*patterns):
    """Files that git tracks or would add, relative to the project, sorted."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others",
         "--exclude-standard", "--", *patterns],
        cwd=project(), capture_output=True, check=True).stdout.decode()
    names = sorted(name for name in set(listed.split("\0")) if name)
    return [name for name in names if (project() / name).is_file()]


def text(name):
    return (project() / name).read_text(encoding="utf-8", errors="replace")


def code(name, strings=False):
    """A C++ file with comments (and, unless wanted, the inside of strings) blanked, lines kept."""
    token = re.compile(
        r'//[^\n]*|/\*.*?\*/|R"(?P<d>[^(\s]*)\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'',
        re.S)

    def blank(match):
        found = match.group()
        if strings and found[0] not in "/":
            return found
        return re.sub(r"[^\n]", " ", found)

    # A digit separator is no quote: 1'000.
    return token.sub(blank, re.sub(r"(?<=\d)'(?=\d)", "_", text(name)))


def table(name, heading):
    """Rows of the markdown table in file `name` whose first heading cell is `heading`."""
    rows, inside = [], False
    for line in text(name).splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and cells[0] == heading:
            inside = True
        elif inside and not line.startswith("|"):
            break
        elif inside and not set(line) <= set("|-: "):
            rows.append(cells)
    return rows


def report(rule, problems):
    """Prints the problems and ends the program: 0 if there are none."""
    for problem in problems:
        print(problem)
    print(f"{rule}: {len(problems)} broken" if problems else f"{rule}: kept")
    sys.exit(1 if problems else 0)
