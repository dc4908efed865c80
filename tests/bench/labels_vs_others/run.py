#!/usr/bin/env python3
"""The same names at the same points by Hachure, Mapnik and MapServer: how many of them stand on the page, how many of
those cover another point's marker, and the time.

    run.py [--program build/release/hachure] [--points FILE.csv ...] [--rounds 3] [--keep DIR]

A file of points has the columns `name,lon,lat` or `battle_name,long,lat`; without one the names of the shipped campaign's
estuary are taken. Needs what setup/install.sh bench installs; a peer that is not there is left out. Each name is lettered
in a colour of its own, and the pictures (the page at three times its pixels) are counted alike for all: a name stands if
its pure colour is on the page, and is in conflict if it covers the marker of another point.
"""

import argparse
import csv
import json
import math
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(ROOT / "tests" / "cli"))
import painters  # noqa: E402

WIDTH, HEIGHT, SCALE = 1000, 700, 3  # css px and pixels of the pictures for each
FONT_PX, MARKER_PX, GAP_PX = 9, 5, 1.5
EARTH = 6378137


def mercator(lon, lat):
    return math.radians(lon) * EARTH, math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) * EARTH


def points_of(path):
    rows = csv.DictReader(path.open(encoding="utf-8"))
    out = []
    for row in rows:
        name, lon = row.get("name") or row.get("battle_name"), row.get("lon") or row.get("long")
        if name and lon and row.get("lat"):
            out.append((name, float(lon), float(row["lat"])))
    return out


def estuary():
    """Names of the shipped campaign between Canton and Hong Kong: its places and the names of its geodata."""
    folder = ROOT / "geodata" / "canton-1857"
    found = {}
    for row in csv.DictReader((folder / "places.csv").open(encoding="utf-8")):
        found[row["short:en"] or row["title:en"]] = (float(row["lon"]), float(row["lat"]))

    def middle(coordinates):
        while isinstance(coordinates[0], list):
            coordinates = coordinates[len(coordinates) // 2]
        return coordinates[:2]
    for path in sorted((folder / "layers").glob("*.geojson")):
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            name = feature["properties"].get("name:en")
            if name and feature["geometry"]:
                found.setdefault(name.title() if name.isupper() else name, tuple(middle(feature["geometry"]["coordinates"])))
    inside = [(n, x, y) for n, (x, y) in found.items() if 112.9 < x < 114.3 and 22.1 < y < 23.4]
    return inside[:300]


class Page:
    def __init__(self, points):
        self.points = points
        self.at = [mercator(lon, lat) for _, lon, lat in points]
        xs, ys = [p[0] for p in self.at], [p[1] for p in self.at]
        cx, cy = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        unit = max((max(xs) - min(xs)) / (WIDTH * 0.94), (max(ys) - min(ys)) / (HEIGHT * 0.94))
        self.box = (cx - unit * WIDTH / 2, cy - unit * HEIGHT / 2, cx + unit * WIDTH / 2, cy + unit * HEIGHT / 2)
        self.unit = unit

    def pixel(self, i):
        x, y = self.at[i]
        return (x - self.box[0]) / self.unit * SCALE, (self.box[3] - y) / self.unit * SCALE

    @staticmethod
    def color(i):
        """Spread over the cube, none grey, so that no blend of two inks is a third."""
        return 40 + (i * 5) % 210, 20 + (i // 42) * 11, 45 + (i * 97) % 203

    def geojson(self):
        features = [{"type": "Feature", "properties": {"name": name, "color": "#%02x%02x%02x" % self.color(i)},
                     "geometry": {"type": "Point", "coordinates": self.at[i]}}
                    for i, (name, _, _) in enumerate(self.points)]
        return json.dumps({"type": "FeatureCollection", "features": features,
                           "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}})

    def count(self, png):
        width, height, rows = painters.read_png(png)
        index = {self.color(i): i for i in range(len(self.points))}
        ink = {}
        for y, row in enumerate(rows):
            for x in range(width):
                rgb = (row[3 * x], row[3 * x + 1], row[3 * x + 2])
                if rgb in index:
                    ink.setdefault(index[rgb], []).append((x, y))
        placed = {i for i, pixels in ink.items() if len(pixels) >= 4}
        reach = MARKER_PX * SCALE / 2 - 1
        marker = [self.pixel(i) for i in range(len(self.points))]
        conflicts = 0
        for i in placed:
            conflicts += any(j != i and marker[j] != marker[i] and math.hypot(x - mx, y - my) < reach
                             for x, y in ink[i] for j, (mx, my) in enumerate(marker)
                             if abs(x - mx) < reach and abs(y - my) < reach)
        return len(placed), conflicts


def timed(command, **more):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def hachure(page, folder, program):
    mm = 25.4 / 96
    with (folder / "places.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "kind", "title", "lon", "lat", "color"])
        for i, (name, lon, lat) in enumerate(page.points):
            out.writerow([f"p{i}", "town", name, lon, lat, "#%02x%02x%02x" % page.color(i)])
    (folder / "symbols").mkdir(exist_ok=True)
    (folder / "symbols" / "marker.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -12 24 24">'
                                                   '<title>marker</title><circle r="12" fill="#000"/></svg>')
    lon = [math.degrees(x / EARTH) for x in (page.box[0], page.box[2])]
    lat = [math.degrees(2 * math.atan(math.exp(y / EARTH)) - math.pi / 2) for y in (page.box[1], page.box[3])]
    (folder / "s.yaml").write_text(
        "name: names\nfurniture: {margin: 0mm}\nlayers:\n- {id: g, type: background, paint: {background-color: '#fff'}}\n"
        "- {id: p, type: place, layout: {icon-image: marker, icon-size: %gpx, icon-padding: 0px, text-field: [get, name], "
        "text-font: [Noto Sans], text-size: %gpx, text-max-width: 100, text-radial-offset: %gpx}, "
        "paint: {text-color: [to-color, [get, color]]}}\n" % (MARKER_PX, FONT_PX, GAP_PX))
    (folder / "campaign.yaml").write_text(
        "hachure: 1\ntitle: names\nstyles: [.]\nplaces: {data: places.csv}\nmaps:\n  m: {title: names, style: ./s.yaml, projection: 'EPSG:3857', "
        f"page: {{width: {WIDTH * mm}mm, height: {HEIGHT * mm}mm}}, furniture: [], "
        f"view: {{bbox: [{lon[0]}, {lat[0]}, {lon[1]}, {lat[1]}]}}}}\n")
    png = folder / "hachure.png"
    return [program, "render", folder, "--dpi", str(96 * SCALE), "--out", png, "--jobs", "1", "--quiet"], png


def mapnik(page, folder, _program):
    (folder / "points.geojson").write_text(page.geojson())
    (folder / "mapnik.xml").write_text(f"""<Map srs="epsg:3857" background-color="#ffffff">
<Style name="dots"><Rule><MarkersSymbolizer width="{MARKER_PX}" height="{MARKER_PX}" fill="#000000" stroke-width="0"
 allow-overlap="true" ignore-placement="false"/></Rule></Style>
<Style name="names"><Rule><TextSymbolizer face-name="Noto Sans Regular" size="{FONT_PX}" fill="[color]"
 placement-type="simple" placements="E,W,N,S,NE,SE,NW,SW" dx="{MARKER_PX / 2 + GAP_PX}" dy="{MARKER_PX / 2 + GAP_PX}"
 >[name]</TextSymbolizer></Rule></Style>
<Layer name="dots" srs="epsg:3857"><StyleName>dots</StyleName><Datasource><Parameter name="type">geojson</Parameter>
<Parameter name="file">{folder}/points.geojson</Parameter></Datasource></Layer>
<Layer name="names" srs="epsg:3857"><StyleName>names</StyleName><Datasource><Parameter name="type">geojson</Parameter>
<Parameter name="file">{folder}/points.geojson</Parameter></Datasource></Layer></Map>""")
    png = folder / "mapnik.png"
    script = ("import mapnik,sys\nmapnik.register_fonts('/usr/share/fonts/truetype/noto')\n"
              f"m=mapnik.Map({WIDTH * SCALE},{HEIGHT * SCALE})\nmapnik.load_map(m,sys.argv[1])\n"
              f"m.zoom_to_box(mapnik.Box2d{page.box})\ni=mapnik.Image(m.width,m.height)\nmapnik.render(m,i,{float(SCALE)})\n"
              "i.save(sys.argv[2],'png24:z=1')\n")
    return ["/usr/bin/python3", "-c", script, folder / "mapnik.xml", png], png


def mapserver(page, folder, _program):
    (folder / "points.geojson").write_text(page.geojson())
    font = subprocess.run(["fc-match", "-f", "%{file}", "Noto Sans:style=Regular"], capture_output=True, text=True,
                          check=True).stdout
    (folder / "fonts.txt").write_text(f"noto {font}\n")
    (folder / "names.map").write_text(f"""MAP
SIZE {WIDTH * SCALE} {HEIGHT * SCALE}
MAXSIZE 8000
EXTENT {page.box[0]} {page.box[1]} {page.box[2]} {page.box[3]}
FONTSET "{folder}/fonts.txt"
IMAGECOLOR 255 255 255
IMAGETYPE PNG24
OUTPUTFORMAT NAME PNG24 DRIVER AGG/PNG IMAGEMODE RGB END
SYMBOL NAME "dot" TYPE ELLIPSE POINTS 1 1 END FILLED TRUE END
LAYER NAME p TYPE POINT STATUS DEFAULT CONNECTIONTYPE OGR CONNECTION "{folder}/points.geojson" DATA "points" LABELITEM "name"
CLASS STYLE SYMBOL "dot" SIZE {MARKER_PX * SCALE} COLOR 0 0 0 END
LABEL TYPE TRUETYPE FONT "noto" SIZE {FONT_PX * SCALE * 0.75:.2f} COLOR [color] POSITION AUTO PARTIALS FALSE
 OFFSET {GAP_PX * SCALE:.0f} {GAP_PX * SCALE:.0f} END END END
END
""")
    png = folder / "mapserver.png"
    return ["map2img", "-m", folder / "names.map", "-o", png], png


def present(peer):
    if peer is mapserver:
        return shutil.which("map2img")
    if peer is mapnik:
        return subprocess.run(["/usr/bin/python3", "-c", "import mapnik"], capture_output=True, check=False).returncode == 0
    return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", default=ROOT / "build" / "release" / "hachure", type=pathlib.Path)
    parser.add_argument("--points", action="append", default=[], type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    sets = [(path.stem, points_of(path)) for path in options.points] or [("estuary", estuary())]
    print(f"{'points':24} {'by':10} {'asked':>6} {'placed':>7} {'conflicts':>10} {'processor s':>12}")
    for name, points in sets:
        page = Page(points)
        for peer in (hachure, mapnik, mapserver):
            if not present(peer):
                print(f"{name:24} {peer.__name__:10} is not installed")
                continue
            with tempfile.TemporaryDirectory() as work:
                folder = (options.keep / name if options.keep else pathlib.Path(work)).resolve()
                folder.mkdir(parents=True, exist_ok=True)
                command, png = peer(page, folder, options.program.resolve())
                seconds = min(timed(command) for _ in range(options.rounds))
                placed, conflicts = page.count(png)
            print(f"{name:24} {peer.__name__:10} {len(points):6} {placed:7} {conflicts:10} {seconds:12.2f}", flush=True)


if __name__ == "__main__":
    main()
