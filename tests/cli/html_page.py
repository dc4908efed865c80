#!/usr/bin/env python3
"""The page of `frames --html`: well-formed, complete in itself, allowed by its own policy.

    html_page.py --program hachure     a page of the shipped campaign
    html_page.py --page FILE           a page that is there
"""

import argparse
import base64
import hashlib
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import tempfile

PROJECT = pathlib.Path(__file__).resolve().parents[2]
VOID = {"meta", "link", "input", "br", "hr", "img"}


class Page(html.parser.HTMLParser):
    """Collects what the checks ask about; `problems` holds what is not well-formed."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.elements, self.problems, self.texts = [], [], [], {}
        self.feed(text)
        self.close()
        if self.open:
            self.problems.append(f"not closed: {self.open}")

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.problems.append(f"<{tag}> names an attribute twice")
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> ends {self.open[-1:]}")
        elif self.open:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] in ("style", "script"):
            self.texts.setdefault(self.open[-1], []).append(data)


def frames_of(text, count):
    """The frames that a data-f names."""
    shown = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        shown += range(int(first), int(last or first) + 1)
    if shown != sorted(set(shown)) or not shown or shown[-1] >= count or len(shown) == count:
        raise ValueError(f'data-f="{text}" of {count} frames')
    return shown


def check(text):
    """What is wrong with the page."""
    page = Page(text)
    problems = page.problems
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    problems += [f"id {name} stands twice" for name in sorted(set(ids)) if ids.count(name) > 1]

    for tag, attrs in page.elements:
        if any(name.startswith("on") for name in attrs):
            problems.append(f"<{tag}> has a handler in its attributes")
        if tag in ("iframe", "object", "embed", "form", "base"):
            problems.append(f"<{tag}> on the page")
        for name in ("src", "srcset", "href", "xlink:href", "action"):
            target = attrs.get(name)
            if target is None:
                continue
            inside = target.startswith("#") or target.startswith("data:image/png;base64,") or target == "data:,"
            if not inside and not (tag == "a" and re.match("https?://", target, re.I)):
                problems.append(f"<{tag} {name}> leads to {target[:60]}")
            if target.startswith("#") and not target.startswith("#t=") and target[1:] not in ids:
                problems.append(f"<{tag}> refers to {target}, which is not there")
        for name, value in attrs.items():
            for target in re.findall(r"url\(#([^)]*)\)", value or ""):
                if target not in ids:
                    problems.append(f"<{tag} {name}> refers to #{target}, which is not there")
        for name in ("aria-labelledby", "aria-describedby"):
            problems += [f"{name} {target} is not there" for target in attrs.get(name, "").split()
                         if target not in ids]

    policy = next(attrs["content"] for tag, attrs in page.elements
                  if attrs.get("http-equiv") == "Content-Security-Policy")
    hashes = ["'sha256-" + base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() + "'"
              for part in page.texts["style"] + page.texts["script"][1:]]
    problems += [f"the policy does not allow {name}" for name in hashes if name not in policy]
    if "style-src-attr" not in policy and any("style" in attrs for _, attrs in page.elements):
        problems.append("a style attribute that the policy does not allow")

    frames = json.loads(page.texts["script"][0])
    if not frames or any(len(frame) != 3 or frame[2] <= 0 for frame in frames):
        problems.append("frames are label, date and seconds")
    slider = next(attrs for _, attrs in page.elements if attrs.get("id") == "slider")
    if int(slider["max"]) != len(frames) - 1:
        problems.append("the slider does not end at the last frame")
    hidden = 0
    for tag, attrs in page.elements:
        if "data-f" in attrs:
            shown = frames_of(attrs["data-f"], len(frames))
            if (len(frames) - 1 in shown) == (attrs.get("display") == "none"):
                problems.append(f"<{tag} data-f={attrs['data-f']}> does not show the last frame")
            hidden += attrs.get("display") == "none"
    if len(frames) > 1 and hidden == 0:
        problems.append("no frame differs from the last")
    signs = {attrs["data-record"].split("/")[-1].split("@")[0] for _, attrs in page.elements
             if "data-record" in attrs}
    events = [attrs["data-event"] for _, attrs in page.elements if attrs.get("class") == "event"]
    if events and not signs & set(events):
        problems.append("no event of the list has its sign on the map")
    for tag, attrs in page.elements:
        if attrs.get("class") == "event" and not 0 <= int(attrs["data-first"]) <= int(
                attrs["data-last"]) < len(frames):
            problems.append(f"event {attrs['data-event']} is in no frame")
    return problems


def made_by(program):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "page.html"
        run = subprocess.run(
            [program, "frames", PROJECT / "geodata" / "canton-1857", "--map", "assault", "--dates",
             "1857-12-28T07:00,1857-12-28T12:00,1857-12-29T09:00", "--html", file], capture_output=True, text=True, check=False)
        if run.returncode != 0 or run.stderr:
            sys.exit(f"exit {run.returncode}: {run.stderr}")
        return file.read_text(encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program")
    parser.add_argument("--page")
    args = parser.parse_args()
    text = pathlib.Path(args.page).read_text(encoding="utf-8") if args.page else made_by(args.program)
    problems = check(text)
    print("\n".join(problems) or "the page is whole")
    sys.exit(1 if problems else 0)


main()
