#!/usr/bin/env python3
"""The shipped campaign has what the article on it says, as `hachure list` tells it.

    article.py --program build/release/hachure

tests/conformance/article/facts.tsv    every row is an event of about that date, with a source
tests/conformance/article/holders.tsv  who holds what at a date, in which condition
Besides, every event and every place has a source.
"""

import argparse
import calendar
import json
import pathlib
import subprocess
import sys

PROJECT = pathlib.Path(__file__).resolve().parents[2]
CAMPAIGN = PROJECT / "geodata/canton-1857"
TABLES = PROJECT / "tests/conformance/article"


def rows_of(name):
    for line in (TABLES / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def list_json(program, subject, *more):
    done = subprocess.run([program, "list", subject, CAMPAIGN, "--format", "json", *more],
                          capture_output=True, check=True)
    return json.loads(done.stdout)


def bounds(date):
    """First and last day of YYYY, YYYY-MM, YYYY-MM-DD or an interval of two such."""
    first, last = (date.split("/") * 2)[:2]
    if len(last) == 4:
        last += "-12"
    if len(last) == 7:
        last += f"-{calendar.monthrange(int(last[:4]), int(last[5:]))[1]}"
    return (first + "-01-01"[len(first) - 4:])[:10], last


def is_fact(event, date, words):
    """The event lies within the date of the article and its titles have all the words."""
    first, last = bounds(date)
    titles = " ".join(event["title"].values())
    return (first <= event["earliest"][:10] and event["latest"][:10] <= last
            and all(word in titles for word in words.split()))


def problems(program):
    events = list_json(program, "events")
    for event in events:
        if not event["source"]:
            yield f"events.{event['id']} has no source"
    for date, words in rows_of("facts.tsv"):
        if not any(is_fact(event, date, words) for event in events):
            named = [f"{event['id']} ({event['when']})" for event in events
                     if all(word in " ".join(event["title"].values()) for word in words.split())]
            yield f"no event of {date} with {words}; of another date: {', '.join(named) or 'none'}"
    states = {}
    for at, place_id, holder, condition, source in rows_of("holders.tsv"):
        if at not in states:
            places = list_json(program, "places", "--at", at)
            states[at] = {place["id"]: place for place in places}
            yield from (f"places.{place['id']} has no source" for place in places
                        if not place["source"])
        place = states[at].get(place_id)
        found = place and (place["holder"] or "", place["condition"] or "")
        if found != (holder, condition):
            yield f"{place_id} on {at}: {found}, expected {(holder, condition)}: {source}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=lambda text: pathlib.Path(text).resolve(), required=True)
    found = list(problems(parser.parse_args().program))
    print("\n".join(found) or "every fact is there")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
