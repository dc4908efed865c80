#!/usr/bin/env python3
"""Writes one campaign twice: as a project of Hachure and as what the peer on Mapnik's library reads.

    make_inputs.py DIR [--seed N]

A coast with islands and rivers, 40 named places, 40 movements spread over 120 hours, 60 units, all of
them moving: 40 along the movements, 20 by themselves. Both read the same GeoJSON of the ground; the
peer reads places and tracks as plain tables, so that it spends nothing on records.
"""

import argparse
import json
import math
import pathlib
import random

WEST, SOUTH, EAST, NORTH = 112.9, 21.8, 114.4, 23.5
HOURS = 120
ARROWS = 40
UNITS = 60
SIDES = {"british": "#b3202a", "qing": "#1f4f96"}
SYMBOLS = pathlib.Path(__file__).resolve().parents[3] / "styles" / "symbols"
PREVIEW_COLOR = "#a8232b"  # of a side, in the files of symbols
KINDS = ["infantry", "cavalry", "artillery", "gunboat"]


def rough_ring(rng, x, y, radius, corners):
    """A closed ring about a point whose distance varies in many waves: a shore."""
    waves = [(k, rng.uniform(0, 2 * math.pi), rng.uniform(0.3, 1) / k) for k in range(2, 60)]
    ring = []
    for i in range(corners):
        angle = 2 * math.pi * i / corners
        r = radius * (1 + 0.22 * sum(a * math.sin(k * angle + p) for k, p, a in waves))
        ring.append([round(x + r * math.cos(angle), 5), round(y + r * math.sin(angle) * 0.93, 5)])
    return ring + [ring[0]]


def rough_line(rng, a, b, points, amplitude):
    """A line from a to b that wanders."""
    waves = [(k, rng.uniform(0, 2 * math.pi), rng.uniform(0.4, 1) / k) for k in range(1, 12)]
    length = math.hypot(b[0] - a[0], b[1] - a[1])
    across = ((a[1] - b[1]) / length, (b[0] - a[0]) / length)
    line = []
    for i in range(points):
        t = i / (points - 1)
        bend = amplitude * math.sin(math.pi * t) * sum(w * math.sin(k * 3 * t + p) for k, p, w in waves)
        line.append([round(a[k] + (b[k] - a[k]) * t + across[k] * bend, 5) for k in (0, 1)])
    return line


def feature(geometry, coordinates, **properties):
    return {"type": "Feature", "properties": properties,
            "geometry": {"type": geometry, "coordinates": coordinates}}


def write_json(path, features):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}) + "\n")


def hour(h):
    day, rest = divmod(h, 24)
    date = ["1857-12-28", "1857-12-29", "1857-12-30", "1857-12-31", "1858-01-01", "1858-01-02"][day]
    return f"{date}T{rest:02d}:00"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("dir", type=pathlib.Path)
    arguments.add_argument("--seed", type=int, default=1857)
    options = arguments.parse_args()
    rng = random.Random(options.seed)
    out = options.dir
    out.mkdir(parents=True, exist_ok=True)

    land = [feature("Polygon", [rough_ring(rng, 112.4, 23.6, 1.5, 5000)], id="main"),
            feature("Polygon", [rough_ring(rng, 115.2, 23.4, 1.2, 4000)], id="east")]
    for i in range(440):
        radius = 10 ** rng.uniform(-2.6, -1.3)
        ring = rough_ring(rng, rng.uniform(112.2, 115.1), rng.uniform(21.6, 22.9), radius, 40)
        land.append(feature("Polygon", [ring], id=f"isle{i}"))
    write_json(out / "land.geojson", land)
    rivers = []
    for i in range(80):
        start = (rng.uniform(111.9, 115.0), rng.uniform(22.6, 23.7))
        end = (start[0] + rng.uniform(-0.3, 0.3), start[1] - rng.uniform(0.1, 0.5))
        rivers.append(feature("LineString", rough_line(rng, start, end, 75, 0.05), id=f"river{i}"))
    write_json(out / "rivers.geojson", rivers)

    places = [(f"place{i}", f"{rng.choice(['Fort', 'Port', 'Cape', 'Mount'])} {chr(65 + i % 26)}"
               f"{rng.choice(['ling', 'shan', 'hoi', 'chow', 'fu'])}",
               round(rng.uniform(112.3, 115.0), 4), round(rng.uniform(21.9, 23.4), 4))
              for i in range(40)]
    with open(out / "places.csv", "w") as table:
        table.write("id,kind,name,lon,lat\n")
        table.writelines(f"{i},town,{name},{lon},{lat}\n" for i, name, lon, lat in places)

    movements, units, tracks = [], [], []
    for i in range(UNITS):
        side = list(SIDES)[i % 2]
        start = (rng.uniform(112.2, 115.0), rng.uniform(21.9, 23.4))
        angle = rng.uniform(0, 2 * math.pi)
        length = rng.uniform(0.25, 0.6)
        end = (start[0] + length * math.cos(angle), start[1] + length * math.sin(angle) * 0.6)
        line = rough_line(rng, start, end, rng.randint(50, 100), 0.02)
        begin = int(80 * i / UNITS) if i % 3 else rng.randint(0, 80)
        until = min(HOURS - 1, begin + rng.randint(20, 40))
        arrow = i % 3 != 2
        kind = rng.choice(KINDS)
        movements.append(feature("LineString", line, id=f"m{i}", kind="march" if arrow else "supply",
                                 start=hour(begin), end=hour(until), side=side, unit=f"u{i}",
                                 rank=3, title=f"Movement {i}"))
        units.append(f"u{i},{kind},Unit {i},{side},{line[0][0]},{line[0][1]}\n")
        points = " ".join(f"{x} {y}" for x, y in line)
        tracks.append(f"{side} {kind} {int(arrow)} {begin} {until} {len(line)} {points}\n")
    assert sum(m["properties"]["kind"] == "march" for m in movements) == ARROWS
    write_json(out / "movements.geojson", movements)
    (out / "units.csv").write_text("id,kind,name,side,lon,lat\n" + "".join(units))
    (out / "tracks.txt").write_text("".join(tracks))

    (out / "campaign.yaml").write_text(f"""hachure: 1
title: Frames against Mapnik
languages: [en]
sides:
  british: {{name: British, color: "{SIDES['british']}"}}
  qing: {{name: Qing, color: "{SIDES['qing']}"}}
places: {{data: places.csv}}
units: {{data: units.csv}}
movements: {{data: movements.geojson}}
layers:
  land: {{data: land.geojson, class: land}}
  rivers: {{data: rivers.geojson, class: river}}
maps:
  page:
    title: Frames against Mapnik
    page: {{width: 508mm, height: 285.75mm}}
    view: {{bbox: [{WEST}, {SOUTH}, {EAST}, {NORTH}]}}
    projection: EPSG:32649
    when: {hour(0)}/{hour(HOURS - 1)}
    style: bench.yaml
    furniture: [title, timeline]
""")
    (out / "bench.yaml").write_text("""version: 1
name: The page of the benchmark
layers:
  - {id: sea, group: ground, type: background, paint: {background-color: "#cfe2ea"}}
  - id: land
    group: ground
    type: fill
    source: land
    paint: {fill-color: "#f4f0e4"}
  - {id: coast, group: ground, type: line, source: land, paint: {line-color: "#6f9bb0", line-width: 1px}}
  - {id: rivers, group: ground, type: line, source: river, paint: {line-color: "#6f9bb0", line-width: 1px}}
  - id: movements
    group: movements
    type: movement
    filter: ["==", ["get", "kind"], "march"]
    paint: {movement-width: 5px, movement-casing-width: 1.5px, movement-casing-color: "#ffffff"}
  - id: units
    group: units
    type: unit
    layout: {icon-image: ["get", "kind"], icon-size: 18px}
  - id: places
    group: places
    type: place
    layout: {icon-image: town, icon-size: 7px, text-field: ["get", "name"], text-size: 16px}
    paint: {icon-color: "#231f1c", text-color: "#231f1c", text-halo-color: "#ffffff", text-halo-width: 2px}
""")
    (out / "ground.xml").write_text(f"""<Map srs="epsg:32649" background-color="#cfe2ea">
<Style name="land"><Rule><PolygonSymbolizer fill="#f4f0e4"/><LineSymbolizer stroke="#6f9bb0" stroke-width="1"/></Rule></Style>
<Style name="rivers"><Rule><LineSymbolizer stroke="#6f9bb0" stroke-width="1"/></Rule></Style>
<Style name="places"><Rule><MarkersSymbolizer width="6" height="6" fill="#231f1c" allow-overlap="true"/>
<TextSymbolizer face-name="Noto Sans Regular" size="16" fill="#231f1c" halo-fill="#ffffff" halo-radius="2" dy="-8">[name]</TextSymbolizer></Rule></Style>
<Layer name="land" srs="epsg:4326"><StyleName>land</StyleName><Datasource><Parameter name="type">geojson</Parameter><Parameter name="file">{out}/land.geojson</Parameter></Datasource></Layer>
<Layer name="rivers" srs="epsg:4326"><StyleName>rivers</StyleName><Datasource><Parameter name="type">geojson</Parameter><Parameter name="file">{out}/rivers.geojson</Parameter></Datasource></Layer>
<Layer name="places" srs="epsg:4326"><StyleName>places</StyleName><Datasource><Parameter name="type">csv</Parameter><Parameter name="file">{out}/places.csv</Parameter></Datasource></Layer>
</Map>
""")
    # The signs of the program, in the colours of the sides.
    (out / "signs").mkdir(exist_ok=True)
    for kind in KINDS:
        sign = (SYMBOLS / f"{kind}.svg").read_text()
        for side, color in SIDES.items():
            (out / "signs" / f"{kind}-{side}.svg").write_text(sign.replace(PREVIEW_COLOR, color))
    rules = {"arrows": '<LineSymbolizer stroke="{}" stroke-width="5" stroke-linejoin="round"/>',
             "heads": '<PolygonSymbolizer fill="{}"/>'}
    styles = ['<Style name="casings"><Rule><LineSymbolizer stroke="#ffffff" stroke-width="8" '
              'stroke-linejoin="round"/></Rule></Style>']
    for name, symbolizer in rules.items():
        colored = "".join(f"<Rule><Filter>[side] = '{side}'</Filter>{symbolizer.format(color)}</Rule>"
                          for side, color in SIDES.items())
        styles.append(f'<Style name="{name}">{colored}</Style>')
    styles.append(f'<Style name="units"><Rule><MarkersSymbolizer file="{out}/signs/[sign].svg" '
                  'transform="scale(0.75) rotate([heading])" allow-overlap="true" ignore-placement="true"/>'
                  '</Rule></Style>')
    styles.append('<Style name="date"><Rule><TextSymbolizer face-name="Noto Sans Regular" size="32" '
                  'fill="#231f1c" halo-fill="#ffffff" halo-radius="3">[text]</TextSymbolizer></Rule></Style>')
    layers = [["casings", "arrows"], ["heads"], ["units"], ["date"]]
    (out / "moving.xml").write_text(
        '<Map srs="epsg:32649">\n' + "\n".join(styles) + "\n" +
        "\n".join(f'<Layer name="l{i}" srs="epsg:32649">' +
                  "".join(f"<StyleName>{name}</StyleName>" for name in names) + "</Layer>"
                  for i, names in enumerate(layers)) + "\n</Map>\n")


if __name__ == "__main__":
    main()
