#!/usr/bin/env python3
"""Words that C++ in src/ may not use, each with its reason, and the files that may, each with theirs."""

import fnmatch
import re

import sources

# (pattern, reason, {file pattern: why it may})
BANS = [
    (r"\b(v?f?s?n?printf|puts|fputs|putchar)\s*\(",
     "text is made with fmt; printf follows the locale", {}),
    (r"\bstd::(cout|cerr|clog)\b", "results leave through cli, messages through diagnostics",
     {"src/cli/*": "writes results and messages", "src/main.cpp": "says what the last error was"}),
    (r"\b(sto[dfi]|stold|stou?ll?|strto[dfl]|strtold|strtou?ll?|ato[fil])\s*\(",
     "reads by the locale or stops at rubbish: base/number.hpp or std::from_chars", {}),
    (r"\bstd::to_string\s*\(\s*[0-9]+\.[0-9]",
     "numbers with fractions leave through base/number.hpp", {}),
    (r"\bstd::locale\b|\bsetlocale\b|\bimbue\b", "results do not depend on a locale", {}),
    (r"\bsystem_clock\b|\bstd::time\s*\(|\b(local|gm)time(_r)?\b|\bgettimeofday\b",
     "the same input gives the same bytes at any hour",
     {"src/cli/*": "the epoch of a document and the timings of a report start here"}),
    (r"\b(secure_)?getenv\b", "the environment is read by cli alone",
     {"src/cli/*": "SOURCE_DATE_EPOCH, NO_COLOR"}),
    (r"\bs?rand\s*\(|\brandom_device\b|\bdefault_random_engine\b|\b\w+_distribution\b",
     "chance differs between runs or libraries: own generator with a fixed seed", {}),
    (r"\bunordered_(multi)?(map|set)\b",
     "its order differs between libraries: std::map, or an allowed file that never walks it", {}),
    (r"\bstd::hash\b", "differs between libraries: base/text.hpp has a stable one", {}),
    (r"\bstd::regex\b", "follows the locale, and its recursion overflows on long input", {}),
    (r"\b(isalpha|isdigit|isspace|isalnum|isupper|islower|ispunct|tolower|toupper)\s*\(",
     "follows the locale: base/text.hpp", {}),
    (r"\bstd::thread\b|\bstd::async\b|\bdetach\s*\(", "threads are started by base/parallel alone",
     {"src/base/parallel.*": "this is base/parallel"}),
    (r"\bsystem\s*\(|\bpopen\s*\(", "no shell", {}),
    (r"\bexit\s*\(|\babort\s*\(", "failures are thrown and caught once, in main", {}),
    (r"\busing\s+namespace\s+std\s*;", "names say where they come from", {}),
    (r"\bNOLINT\b", "mend it, or leave the check out in .clang-tidy with its reason", {}),
]
NAMES = re.compile(r"(^|_)(util|utils|helper|helpers|manager|misc|common)(_|\.|$)")


def main():
    problems = []
    for name in sources.tracked("src/*.cpp", "src/*.hpp"):
        if NAMES.search(name.rsplit("/", 1)[-1]):
            problems.append(f"{name}: a file is named after what it holds")
        lines = sources.code(name).splitlines()
        for pattern, reason, excused in BANS:
            if any(fnmatch.fnmatch(name, place) for place in excused):
                continue
            for number, line in enumerate(lines, 1):
                found = re.search(pattern, line)
                if found:
                    problems.append(f"{name}:{number}: {found.group().strip()}: {reason}")
    sources.report("bans", problems)


main()
