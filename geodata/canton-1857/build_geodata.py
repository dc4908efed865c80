#!/usr/bin/python3
"""Rebuilds the geodata layers of the Canton campaign.

    python3 build_geodata.py [--only water,coast,city,relief,names]

Reads  digitised/*.geojson  (drawn by hand, never written here) and the GSHHG shore through `gmt pscoast`
Writes layers/*.geojson, layers/*.tif  (everything there is derived; GEODATA.md tells how sure each file is)

Needs Debian's python3-shapely, python3-numpy, python3-scipy, python3-gdal, gmt, gmt-gshhg-full.
The result depends on nothing but the inputs: noise comes from fixed seeds, features are written in a fixed order.
Lengths are metres. Planimetry is done in a local equirectangular frame (X, Y below), which within the box errs by
less than 0.4 %, far below the accuracy of the data.
"""
import argparse
import json
import math
import os
import subprocess
import tempfile

import numpy as np
from osgeo import gdal, osr
from scipy import ndimage
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree
from shapely.geometry import (LineString, MultiPoint, MultiPolygon, Point, Polygon, box, mapping,
                              shape)
from shapely.geometry.polygon import orient
from shapely.ops import polygonize, transform, unary_union
from shapely.prepared import prep
from shapely import affinity

gdal.UseExceptions()
gdal.PushErrorHandler('CPLQuietErrorHandler')  # rasterising planar layers without a reference

HERE = os.path.dirname(os.path.abspath(__file__))
DIGITISED = os.path.join(HERE, 'digitised')
LAYERS = os.path.join(HERE, 'layers')

KX, KY = 102380.42, 110750.0  # metres per degree at 23 N
LON0, LAT0 = 113.0, 22.0

REGION = (112.65, 21.65, 114.65, 23.62)  # west, south, east, north of water.geojson
CITY = (113.10, 22.98, 113.46, 23.24)  # of water_city.geojson: as wide as a frame of 16:9 at 1:60,000
COAST = (76.0, -4.0, 132.0, 44.0)
# Land reaches farther: a frame of 16:9 shows more of the west and east than a page.
COAST_LAND = (44.0, -10.0, 164.0, 48.0)

GSHHG_LICENCE = 'GSHHG 2.3.7 (Wessel and Smith), LGPL-3.0-or-later'
# Water bodies of GSHHG level 2 that never were there; a point inside each.
FALSE_LAKES = [(113.19, 23.17), (113.20, 22.48), (113.295, 22.105), (113.685, 23.135)]


# ---------------------------------------------------------------- reading, writing, frames


def read(name):
    """Features of a digitised file as (properties, shapely geometry) in degrees."""
    with open(os.path.join(DIGITISED, name + '.geojson'), encoding='utf-8') as f:
        return [(x['properties'], shape(x['geometry'])) for x in json.load(f)['features']]


def to_m(g):
    return transform(lambda x, y, z=None: ((x - LON0) * KX, (y - LAT0) * KY), g)


def to_deg(g):
    return transform(lambda x, y, z=None: (x / KX + LON0, y / KY + LAT0), g)


def box_m(b):
    return to_m(box(*b))


def polygons(g):
    """The polygons of any geometry, largest first."""
    if g.is_empty:
        return []
    parts = [g] if g.geom_type == 'Polygon' else [
        p for q in getattr(g, 'geoms', []) for p in polygons(q)]
    return sorted(parts, key=lambda p: (-p.area, p.bounds))


def rounded(g, digits):
    """Geometry in degrees with rounded coordinates, valid, right-handed, without repeated points."""
    r = transform(lambda x, y, z=None: (np.round(x, digits), np.round(y, digits)), g)
    if r.geom_type in ('Polygon', 'MultiPolygon'):
        for _ in range(4):
            if r.is_valid:
                break
            r = transform(lambda x, y, z=None: (np.round(x, digits), np.round(y, digits)),
                          r.buffer(0))
        ps = [orient(p, 1.0) for p in polygons(r) if p.area > 0]
        r = ps[0] if len(ps) == 1 else MultiPolygon(ps)
        assert r.is_valid
    return r


def coordinates(c, digits):
    if isinstance(c[0], (int, float)):
        return [float('%.*f' % (digits, v)) for v in c[:2]]
    out = [coordinates(x, digits) for x in c]
    if isinstance(c[0][0], (int, float)) and len(out) > 4:
        out = [p for i, p in enumerate(out) if i == 0 or p != out[i - 1]]
    return out


def write(name, features, digits=5, note=None):
    """features: (properties, geometry in degrees)."""
    os.makedirs(LAYERS, exist_ok=True)
    seen = set()
    lines = []
    for p, g in features:
        g = rounded(g, digits)
        if g.is_empty:
            continue
        assert p['id'] not in seen, (name, p['id'])
        seen.add(p['id'])
        for k in ('kind', 'uncertainty_m', 'basis'):
            assert k in p, (name, p['id'], k)
        m = mapping(g)
        lines.append(json.dumps(
            {'type': 'Feature', 'id': p['id'], 'properties': p,
             'geometry': {'type': m['type'], 'coordinates': coordinates(m['coordinates'], digits)}},
            ensure_ascii=False, separators=(',', ':')))
    head = {'type': 'FeatureCollection', 'name': name}
    if note:
        head['attribution'] = note
    text = json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [\n' + ',\n'.join(lines) + '\n]}\n'
    path = os.path.join(LAYERS, name + '.geojson')
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    print('%-22s %5d features %8d bytes' % (name, len(lines), len(text.encode())))


def gmt(args, stdin=None):
    """Runs a GMT module in an empty folder (it leaves a history file) and returns its output."""
    with tempfile.TemporaryDirectory() as d:
        r = subprocess.run(['gmt'] + args, input=stdin, capture_output=True, text=True, cwd=d,
                           check=True, env=dict(os.environ, LC_ALL='C', GMT_USERDIR=d))
    return r.stdout


def gmt_lines(args):
    """Line strings of `gmt pscoast -M`, in degrees with longitudes in -180..180."""
    out = []
    current = []
    for line in gmt(['pscoast', '-M'] + args).splitlines():
        if line.startswith('>'):
            current = []
            out.append(current)
        elif line and not line.startswith('#'):
            x, y = line.split()[:2]
            current.append((float(x), float(y)))
    return [LineString(c) for c in out if len(c) > 1]


def gshhg_land(bounds, resolution):
    """Land polygons of GSHHG in a box: shore segments and box frame polygonised, faces classified
    by `gmt select`."""
    w, s, e, n = bounds
    frame = box(w, s, e, n)
    shore = gmt_lines(['-D' + resolution, '-R%g/%g/%g/%g' % (w, e, s, n), '-W'])
    net = unary_union([x.intersection(frame) for x in shore] + [frame.exterior])
    faces = sorted(polygonize(net), key=lambda p: p.bounds)
    pts = [p.representative_point() for p in faces]
    text = '\n'.join('%.10f %.10f %d' % (p.x, p.y, i) for i, p in enumerate(pts))
    kept = gmt(['select', '-D' + resolution, '-Ns/k/s/k/s'], stdin=text)
    land = {int(float(x.split()[2])) for x in kept.splitlines() if x.strip()}
    return [p for i, p in enumerate(faces) if i in land]


# ---------------------------------------------------------------- curves


def noise_along(length, wavelength, rng):
    """Band-limited noise, unit variance, one value per metre of `length`, as a function."""
    n = max(8, int(length / wavelength * 8) + 24)
    raw = ndimage.gaussian_filter1d(rng.standard_normal(n), 8 / 2.5, mode='wrap')
    raw /= max(1e-9, raw.std())
    at = np.linspace(0, length, n)
    return lambda s: np.interp(s, at, raw)


def catmull_rom(points, step, closed=False):
    """Centripetal Catmull-Rom (alpha 0.5) through `points`, sampled about every `step` metres."""
    p = np.asarray(points, float)
    if closed and np.allclose(p[0], p[-1]):
        p = p[:-1]
    if len(p) < 3 and not closed:
        n = max(2, int(np.hypot(*(p[1] - p[0])) / step) + 1)
        return p[0] + (p[1] - p[0]) * np.linspace(0, 1, n)[:, None]
    q = np.vstack([p[-1], p, p[:2]]) if closed else np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    out = []
    for i in range(1, len(q) - 2):
        a, b, c, d = q[i - 1:i + 3]
        t0 = 0.0
        t1 = t0 + max(1e-6, np.hypot(*(b - a))) ** 0.5
        t2 = t1 + max(1e-6, np.hypot(*(c - b))) ** 0.5
        t3 = t2 + max(1e-6, np.hypot(*(d - c))) ** 0.5
        n = max(1, int(round(np.hypot(*(c - b)) / step)))
        t = t1 + (t2 - t1) * np.arange(n)[:, None] / n
        a1 = (t1 - t) / (t1 - t0) * a + (t - t0) / (t1 - t0) * b
        a2 = (t2 - t) / (t2 - t1) * b + (t - t1) / (t2 - t1) * c
        a3 = (t3 - t) / (t3 - t2) * c + (t - t2) / (t3 - t2) * d
        b1 = (t2 - t) / (t2 - t0) * a1 + (t - t0) / (t2 - t0) * a2
        b2 = (t3 - t) / (t3 - t1) * a2 + (t - t1) / (t3 - t1) * a3
        out.append((t2 - t) / (t2 - t1) * b1 + (t - t1) / (t2 - t1) * b2)
    if not closed:
        out.append(p[-1:])
    return np.vstack(out)


def normals(p, closed=False):
    if closed:
        d = np.roll(p, -1, 0) - np.roll(p, 1, 0)
    else:
        d = np.gradient(p, axis=0)
    d /= np.maximum(1e-9, np.hypot(d[:, 0], d[:, 1]))[:, None]
    return np.column_stack([-d[:, 1], d[:, 0]])


def natural_ring(poly, step, amplitude, wavelength, rng):
    """A hand-drawn outline made natural: spline through its vertices, displaced along the normal
    by band-limited noise."""
    p = catmull_rom(poly.exterior.coords, step, closed=True)
    length = np.hypot(*np.diff(np.vstack([p, p[:1]]), axis=0).T).sum()
    s = np.linspace(0, length, len(p), endpoint=False)
    p = p + normals(p, True) * (amplitude * noise_along(length, wavelength, rng)(s))[:, None]
    g = Polygon(p)
    return g if g.is_valid else polygons(g.buffer(0))[0]


def chaikin(coords, passes, closed, longest_cut=1e9):
    """Corner cutting; no corner is cut farther back than `longest_cut`."""
    p = np.asarray(coords, float)
    if closed:
        p = p[:-1]
    for _ in range(passes):
        a, b = (p, np.roll(p, -1, 0)) if closed else (p[:-1], p[1:])
        side = np.maximum(1e-9, np.hypot(*(b - a).T))[:, None]
        cut = np.minimum(0.25, longest_cut / side)
        m = np.stack([a + cut * (b - a), b - cut * (b - a)], 1).reshape(-1, 2)
        p = m if closed else np.vstack([p[:1], m, p[-1:]])
    return np.vstack([p, p[:1]]) if closed else p


def smooth_ring(ring, tolerance, passes):
    """Staircase removal: Douglas-Peucker, then Chaikin. Small rings get a smaller tolerance."""
    g = Polygon(ring)
    tolerance = min(tolerance, 0.09 * math.sqrt(g.area))
    s = ring.simplify(tolerance)
    if len(s.coords) < 5:
        s = ring.simplify(tolerance / 4)
    return chaikin(s.coords, passes, True, 320.0)


def smooth_polygon(p, tolerance, passes):
    g = Polygon(smooth_ring(p.exterior, tolerance, passes),
                [smooth_ring(r, tolerance, passes) for r in p.interiors if Polygon(r).area > 4e3])
    return g if g.is_valid else g.buffer(0)


def channel_polygon(line, w0, w1, rng):
    """A watercourse with natural banks. The centre wanders by a tenth of the width, each sample
    is a disc whose radius varies with two wavelengths; hulls of neighbouring discs are united.
    An end narrower than 65 m is a headwater and tapers to nothing."""
    step = max(18.0, min(70.0, 0.22 * min(w0, w1)))
    p = catmull_rom(line.coords, step)
    d = np.hypot(*np.diff(p, axis=0).T)
    s = np.concatenate([[0], np.cumsum(d)])
    length = s[-1]
    u = s / length
    w = w0 + (w1 - w0) * u
    mean = (w0 + w1) / 2
    bend = 0.13 * noise_along(length, 7 * mean, rng)(s) + 0.07 * noise_along(length, 2.6 * mean, rng)(s)
    side = 0.10 * noise_along(length, 5.5 * mean, rng)(s) + 0.05 * noise_along(length, 2.1 * mean, rng)(s)
    ends = np.minimum(1, np.minimum(s, length - s) / (1.5 * mean))
    p = p + normals(p) * (w * side * ends)[:, None]
    r = w / 2 * (1 + np.clip(bend, -.3, .3) * ends)
    if w1 < 65:
        r *= np.clip((length - s) / max(2500.0, 12 * mean), 0.0, 1) ** 0.6
    if w0 < 65:
        r *= np.clip(s / max(2500.0, 12 * mean), 0.0, 1) ** 0.6
    discs = [Point(x).buffer(max(4.0, k), 8) for x, k in zip(p, r)]
    return unary_union([MultiPoint(list(a.exterior.coords) + list(b.exterior.coords)).convex_hull
                        for a, b in zip(discs, discs[1:])])


# ---------------------------------------------------------------- water


def round_joints(water):
    """Opening and closing that rounds the corners where watercourses join (TARGETS: +30 -45 +15)."""
    return water.buffer(30, 8).buffer(-45, 8).buffer(15, 8)


def compose_water():
    """All water of the region in metres. Order: smoothed GSHHG, land added, watercourses, the
    front reach between its drawn banks, islands taken out."""
    rng = np.random.RandomState(1857)
    w, s, e, n = REGION
    outer = tuple(round(v, 3) for v in (w - .06, s - .06, e + .06, n + .06))
    land = [to_m(p) for p in gshhg_land(outer, 'f')]
    lakes = [Point((x - LON0) * KX, (y - LAT0) * KY) for x, y in FALSE_LAKES]
    frame = box_m(outer)
    mainland = land_with_lakes_filled(land, lakes, frame)
    river = to_m(box(113.0, 22.60, 113.8, 23.4))
    smooth = []
    for p in mainland:
        # staircase of 100-150 m steps in the rivers; the rocky coast of the islands is finer
        tolerance = 62.0 if p.intersects(river) or p.area > 5e8 else 40.0
        smooth.append(smooth_polygon(p, tolerance, 3))
    water = drop_stubs(frame.difference(unary_union(smooth)))
    parts = {}
    for p, g in read('banks'):
        parts.setdefault((p['kind'], p['role']), []).append((p, to_m(g)))
    fills = [g.buffer(12) for p, g in parts[('land', 'fill')]]
    banks = [natural_ring(g, 60, 14, 420, rng) for p, g in parts[('land', 'bank')]]
    water = water.difference(unary_union(fills + banks))
    courses = [channel_polygon(to_m(g), p['width_m'], p['width_end_m'], rng) for p, g in read('channels')]
    front = [natural_ring(g, 18, 4.0, 130, rng) for p, g in parts[('water', 'banks')]]
    # the shore drawn round the Bogue forts is kept against the GSHHG creeks, not against courses
    water = round_joints(unary_union([water] + courses + front))
    keep = [p for p in polygons(water) if p.area > 1.5e5]
    islands = [natural_ring(g, 16, 4.0, 130, rng) for p, g in parts[('land', 'island')]]
    islets = [natural_ring(g, 9, 2.0, 60, rng) for p, g in parts[('land', 'islet')]]
    water = unary_union(keep).difference(unary_union(islands + islets))
    return water.intersection(box_m(REGION))


def drop_stubs(water):
    """Without the short dead ends of GSHHG: parts narrower than 170 m that touch wider water once."""
    wide = water.buffer(-85, 4).buffer(90, 4)
    out = []
    for r in polygons(water.difference(wide)):
        contacts = polygons(r.buffer(12).intersection(wide))
        if len(contacts) <= 1 and 200 < r.area < 2.2e5:
            out.append(r.buffer(14))
    return water.difference(unary_union(out))


def land_with_lakes_filled(land, lakes, frame):
    """Land polygons after the false lakes have been filled (they are holes or separate faces)."""
    water = polygons(frame.difference(unary_union(land)))
    fill = [w for w in water if any(w.distance(k) < 1 for k in lakes)]
    assert all(f.area < 1.5e8 for f in fill), [f.area for f in fill]
    return polygons(unary_union(land + [f.buffer(1) for f in fill]))


def water_features(water, prefix, tolerance, min_area):
    """Polygons and their islands, simplified, without specks."""
    out = []
    for i, p in enumerate(polygons(water.simplify(tolerance))):
        if p.area < min_area:
            continue
        p = Polygon(p.exterior, [r for r in p.interiors if Polygon(r).area > min_area])
        out.append(({'id': '%s_%d' % (prefix, i), 'kind': 'water', 'uncertainty_m': 300,
                     'basis': 'GSHHG full, smoothed; river above Whampoa, the Bogue and creeks redrawn by hand '
                              '(digitised/banks, channels)'}, to_deg(p)))
    return out


def build_water():
    water = compose_water()
    note = GSHHG_LICENCE + '; control points (c) OpenStreetMap contributors, ODbL 1.0'
    write('water', water_features(water, 'water', 9.0, 4500.0), 5, note)
    city = water.intersection(box_m(CITY))
    write('water_city', water_features(city, 'water_city', 1.2, 1500.0), 6, note)
    return water


# ---------------------------------------------------------------- China coast


def build_coast():
    w, s, e, n = COAST_LAND
    land = gshhg_land(COAST_LAND, 'i')
    out = []
    for p in sorted(land, key=lambda q: (-q.area, q.bounds)):
        if p.area < 0.0016:
            continue
        q = p.simplify(0.016)
        q = Polygon(q.exterior, [r for r in q.interiors if Polygon(r).area > 0.02])
        if not q.is_valid:
            q = q.buffer(0)
        out.append(({'id': 'land_%d' % len(out), 'kind': 'land', 'uncertainty_m': 2000,
                     'basis': 'GSHHG intermediate, simplified to 0.016 degrees'}, q))
    write('land_coast', out, 3, GSHHG_LICENCE)
    build_coast_rivers()
    write('regions_coast', [(p, g) for p, g in read('regions_coast')], 4)


def river_graph():
    """Vertices of the WDB II lines as a graph. Loose ends within 0.12 degrees are joined at
    five times their distance, so that a path follows drawn water wherever there is some."""
    w, s, e, n = COAST
    lines = []
    for cls in '1234':
        lines += gmt_lines(['-Di', '-R%g/%g/%g/%g' % (w, e, s, n), '-I' + cls])
    lines += gmt_lines(['-Di', '-R%g/%g/%g/%g' % (w, e, s, n), '-Ia'])
    index, xy, rows, cols, cost, ends = {}, [], [], [], [], []

    def node(c):
        k = (round(c[0], 4), round(c[1], 4))
        if k not in index:
            index[k] = len(xy)
            xy.append(k)
        return index[k]

    for line in lines:
        c = [node(q) for q in line.coords]
        ends += [c[0], c[-1]]
        for a, b in zip(c, c[1:]):
            if a != b:
                rows.append(a)
                cols.append(b)
                cost.append(math.hypot(xy[a][0] - xy[b][0], xy[a][1] - xy[b][1]))
    xy = np.array(xy)
    tree = cKDTree(xy)
    ends = sorted(set(ends))
    for a in ends:
        for b in tree.query_ball_point(xy[a], 0.12):
            if b != a:
                rows.append(a)
                cols.append(b)
                cost.append(5 * max(1e-6, float(np.hypot(*(xy[a] - xy[b])))))
    n = len(xy)
    keep = {}
    for r, c, k in zip(rows, cols, cost):
        for q in ((r, c), (c, r)):
            keep[q] = min(k, keep.get(q, 1e9))
    m = coo_matrix((list(keep.values()), tuple(zip(*keep.keys()))), shape=(n, n)).tocsr()
    return xy, tree, m


def build_coast_rivers():
    xy, tree, m = river_graph()
    out = []
    for p, g in read('rivers_coast'):
        q = {k: v for k, v in p.items() if k != 'via'}
        q['kind'] = 'river'
        if p['via'] == 'hand':
            line = LineString(chaikin(g.coords, 2, False)).simplify(0.01)
        else:
            pts = []
            stops = [int(tree.query(c)[1]) for c in g.coords]
            for a, b in zip(stops, stops[1:]):
                if a == b:
                    continue
                dist, before = dijkstra(m, indices=a, return_predecessors=True)
                straight = float(np.hypot(*(xy[a] - xy[b])))
                path = [b]
                if np.isfinite(dist[b]) and dist[b] < 4 * straight + 1:
                    while path[-1] != a:
                        path.append(int(before[path[-1]]))
                else:
                    path.append(a)
                pts += [tuple(xy[k]) for k in reversed(path)][(1 if pts else 0):]
            line = LineString(chaikin(LineString(pts).simplify(0.02).coords, 1, False)).simplify(0.006)
        out.append((q, line))
    write('rivers_coast', out, 3, GSHHG_LICENCE + ' (WDB II)')


# ---------------------------------------------------------------- city and lowland


def compound_polygon(p, g):
    """A point with width, depth and rotation (degrees, clockwise from east) as a rectangle."""
    c = to_m(g)
    w, h = p['width_m'] / 2, p['depth_m'] / 2
    r = affinity.rotate(box(c.x - w, c.y - h, c.x + w, c.y + h), -p['rotation_deg'], origin=c)
    return to_deg(r)


def smooth_line(g, step, digits_m=1.5):
    m = LineString(catmull_rom(to_m(g).coords, step)).simplify(digits_m)
    return to_deg(m)


def azimuth_at(line, point, reach=60.0):
    """Bearing (0..360, clockwise from north) of a line where it passes the point."""
    s = line.project(point)
    a, b = line.interpolate(max(0, s - reach)), line.interpolate(min(line.length, s + reach))
    return math.degrees(math.atan2(b.x - a.x, b.y - a.y)) % 360


def build_city(water):
    walls = read('walls')
    lines = [(p, g) for p, g in walls if p['kind'] == 'wall']
    write('walls', lines, 6, 'control points (c) OpenStreetMap contributors, ODbL 1.0')
    old = to_m(next(g for p, g in walls if p['id'] == 'old_city'))
    new = to_m(next(g for p, g in walls if p['id'] == 'new_city'))
    both = unary_union([old, new])
    gates = []
    for p, g in walls:
        if g.geom_type != 'Point':
            continue
        m = to_m(g)
        near = min(lines, key=lambda q: to_m(q[1]).distance(m))
        wall = to_m(near[1])
        az = azimuth_at(wall, m)
        # the bearing of the wall, turned so that the outside of the city lies on its left
        rad = math.radians(az)
        left = Point(m.x - 45 * math.cos(rad), m.y + 45 * math.sin(rad))
        inside = old if near[0]['class'] == 'dividing' else both
        if near[0]['class'] == 'wing':  # outside is the side away from the strip between the wings
            strip = to_m(Point(113.262, 23.1165))
            turn = left.distance(strip) < m.distance(strip)
        else:
            turn = inside.contains(left)
        if turn:
            az = (az + 180) % 360
        on = wall.interpolate(wall.project(m))
        q = dict(p, place=p['id'], wall=near[0]['id'], azimuth_deg=round(az, 1),
                 outward_deg=round((az - 90) % 360, 1), moved_m=round(on.distance(m)))
        gates.append((q, to_deg(on)))
    write('gates', gates, 6, 'control points (c) OpenStreetMap contributors, ODbL 1.0')

    creeks = [(p, smooth_line(g, 25)) for p, g in read('creeks')]
    write('creeks', creeks, 6)
    write('streets', read('streets'), 6)
    write('roads', [(p, smooth_line(g, 30)) for p, g in read('roads')], 6)
    compounds = [({k: v for k, v in p.items() if k not in ('width_m', 'depth_m', 'rotation_deg')},
                  compound_polygon(p, g)) for p, g in read('compounds')]
    write('compounds', compounds, 6)

    rng = np.random.RandomState(43)
    shoals = []
    for p, g in read('shoals'):
        m = to_m(g)
        big = math.sqrt(m.area)
        m = natural_ring(m, big / 25, big * .012, big * .35, rng).intersection(water)
        if not m.is_empty:
            shoals.append((p, to_deg(MultiPolygon(polygons(m)[:3]).simplify(big * .002))))
    write('shoals', shoals, 6)
    # the chain of 1841 stays in digitised/
    write('barrier', [x for x in read('barrier') if x[0]['kind'] != 'barrier_old'], 6)

    built = []
    for p, g in read('builtup'):
        m = to_m(g)
        if p['kind'] not in ('old_city', 'new_city'):
            if p['kind'] in ('town', 'village'):
                m = natural_ring(m, 40, 12, 160, rng)
            else:
                m = Polygon(chaikin(m.exterior.coords, 2, True, 40.0)).buffer(0)
            near = water.intersection(box(*m.buffer(200).bounds))
            m = m.difference(both.buffer(12)).difference(near.buffer(6))
        built.append((p, MultiPolygon([q for q in polygons(m) if q.area > 3e3])))
    write('builtup', [(p, to_deg(g)) for p, g in built], 6)
    return unary_union([g for p, g in built] + [both])


def lowland(water, height, extent, cell, limit):
    """Ground below `limit` metres as polygons in metres, from a height grid."""
    x0, y1 = extent[0], extent[3]
    drv = gdal.GetDriverByName('MEM').Create('', height.shape[1], height.shape[0], 1, gdal.GDT_Byte)
    drv.SetGeoTransform((x0, cell, 0, y1, 0, -cell))
    drv.GetRasterBand(1).WriteArray((height > limit).astype(np.uint8))
    from osgeo import ogr
    mem = ogr.GetDriverByName('Memory').CreateDataSource('')
    lay = mem.CreateLayer('p', None, ogr.wkbPolygon)
    lay.CreateField(ogr.FieldDefn('v', ogr.OFTInteger))
    gdal.Polygonize(drv.GetRasterBand(1), None, lay, 0, [])
    high = []
    for f in lay:
        if f.GetField('v') == 1:
            g = shape(json.loads(f.GetGeometryRef().ExportToJson()))
            if g.area > 6 * cell * cell:
                high.append(g.buffer(0))
    high = unary_union(high).buffer(cell).simplify(cell * .8)
    smooth = [smooth_polygon(p, cell * .8, 2) for p in polygons(high)]
    return box(*extent).difference(unary_union(smooth)).difference(water)


def build_fields(water, built, river, city):
    """Rice land and marsh: conjectural textures for flat ground, not land use of 1857."""
    out = []
    basis = ('conjectural: all flat ground (model height under %d m) that is neither water, town nor wall; '
             'a texture, not a record of land use')
    m = city['extent']
    g = lowland(water.buffer(25), city['height'], m, city['cell'], 6.0)
    g = g.difference(built.buffer(45)).buffer(-25).buffer(25)
    for i, p in enumerate(q for q in polygons(g) if q.area > 4e4):
        out.append(({'id': 'paddy_city_%d' % i, 'kind': 'paddy', 'sheet': 'city', 'uncertainty_m': 500,
                     'basis': basis % 6}, to_deg(p.simplify(4))))
    delta = to_m(Polygon([(112.95, 23.20), (113.20, 23.24), (113.35, 23.16), (113.56, 23.16), (113.75, 23.16),
                          (113.88, 23.14), (113.80, 22.98), (113.72, 22.86), (113.70, 22.78), (113.56, 22.74),
                          (113.55, 22.55), (113.40, 22.53), (113.25, 22.46), (113.05, 22.62), (112.95, 22.85)]))
    delta = natural_ring(delta, 400, 420, 2600, np.random.RandomState(17))
    extent = river['extent']
    g = lowland(water.buffer(110), river['height'], extent, river['cell'], 8.0)
    g = g.intersection(delta).difference(built.buffer(250))
    g = g.buffer(-120).buffer(120)
    for i, p in enumerate(q for q in polygons(g) if q.area > 1e6):
        p = Polygon(p.exterior, [r for r in p.interiors if Polygon(r).area > 2e5])
        out.append(({'id': 'paddy_river_%d' % i, 'kind': 'paddy', 'sheet': 'river', 'uncertainty_m': 2500,
                     'basis': basis % 8}, to_deg(p.simplify(60))))
    write('paddy', out, 5)

    # marsh: an irregular strip of flat ground behind the banks of the tidal river below Whampoa
    rng = np.random.RandomState(7)
    tidal = to_m(Polygon([(113.40, 22.98), (113.50, 23.07), (113.56, 23.07), (113.63, 22.98), (113.66, 22.86),
                          (113.62, 22.82), (113.60, 22.82), (113.55, 22.80), (113.49, 22.70), (113.50, 22.55),
                          (113.62, 22.55), (113.55, 22.75), (113.40, 22.86), (113.40, 22.92)]).convex_hull)
    low = lowland(water.buffer(40), river['height'], extent, river['cell'], 5.0).intersection(tidal)
    strip = low.intersection(water.intersection(tidal.buffer(3000)).buffer(620))
    # broken into reed beds by discs of random size
    blobs = []
    b = strip.bounds
    for _ in range(2600):
        c = Point(rng.uniform(b[0], b[2]), rng.uniform(b[1], b[3]))
        r = rng.uniform(160, 520)
        blobs.append(affinity.rotate(affinity.scale(c.buffer(r, 6), 1.5, .7), rng.uniform(0, 180)))
    beds = unary_union(blobs).buffer(60).buffer(-60).intersection(strip).buffer(-70).buffer(70)
    out = []
    for i, p in enumerate(q for q in polygons(beds.intersection(strip)) if q.area > 1.2e5):
        p = Polygon(p.exterior, [r for r in p.interiors if Polygon(r).area > 3e4])
        p = polygons(smooth_polygon(p.simplify(25), 25, 1).intersection(strip))[0]
        out.append(({'id': 'marsh_%d' % i, 'kind': 'marsh', 'uncertainty_m': 2000,
                     'basis': 'conjectural: reed ground along the tidal banks, invented within the flat land '
                              'behind the shore; a texture'}, to_deg(p.simplify(8))))
    write('marsh', out, 5)


# ---------------------------------------------------------------- relief


class Noise:
    """Value noise; the lattice of every octave is turned by an angle of its own, so that nodes of
    different octaves never line up and no lattice shows."""

    def __init__(self, seed):
        self.rng = np.random.RandomState(seed)

    def octave(self, x, y, wavelength):
        a = self.rng.uniform(0, 2 * math.pi)
        u = (x * math.cos(a) - y * math.sin(a)) / wavelength + self.rng.uniform(0, 64)
        v = (x * math.sin(a) + y * math.cos(a)) / wavelength + self.rng.uniform(0, 64)
        t = self.rng.standard_normal((256, 256)).astype(np.float32)
        i, j = np.floor(u), np.floor(v)
        fu, fv = u - i, v - j
        fu, fv = fu * fu * fu * (fu * (fu * 6 - 15) + 10), fv * fv * fv * (fv * (fv * 6 - 15) + 10)
        i, j = i.astype(np.int32) & 255, j.astype(np.int32) & 255
        i1, j1 = (i + 1) & 255, (j + 1) & 255
        lo = t[j, i] * (1 - fu) + t[j, i1] * fu
        hi = t[j1, i] * (1 - fu) + t[j1, i1] * fu
        return (1.35 * (lo * (1 - fv) + hi * fv)).astype(np.float32)

    def smooth(self, x, y, wavelength, octaves):
        out = np.zeros_like(x, dtype=np.float32)
        for k in range(octaves):
            out += self.octave(x, y, wavelength / 2 ** k) * 0.5 ** k
        return out

    def ridged(self, x, y, wavelength, octaves):
        """Ridged multifractal in 0..1: sharp crests, octaves weighted by the one before."""
        out = np.zeros_like(x, dtype=np.float32)
        weight = 1.0
        total = 0.0
        for k in range(octaves):
            s = 1 - np.minimum(1, np.abs(self.octave(x, y, wavelength / 2.03 ** k)) * 0.9)
            s = s * s * weight
            out += s * 0.55 ** k
            total += 0.55 ** k
            weight = np.clip(s * 1.9, 0, 1)
        return out / total


def skeleton(points, heights, widths, rng, depth, finest):
    """A drawn ridge as a tree of crest lines: the ridge itself, wandering a little and sagging
    between its summits, and spurs that leave it on alternate sides and fall to its foot; spurs
    carry spurs of their own down to half-widths of `finest`. Items: (xy, height, half-width)."""
    w_mean = float(np.mean(widths))
    p = np.asarray(points, float)
    xy = catmull_rom(p, 0.45 * w_mean)
    at = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(p, axis=0).T))])
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    length = along[-1]
    u = along * at[-1] / max(1e-9, length)
    h, w = np.interp(u, at, heights), np.interp(u, at, widths)
    # sag: none at the drawn vertices, up to a sixth between them
    gap = np.min(np.abs(u[:, None] - at[None, :]), axis=1)
    sag = np.minimum(1, gap / (1.2 * w))
    h = h * (1 - 0.16 * sag * rng.uniform(.3, 1, len(h)))
    xy = xy + normals(xy) * (0.2 * w * sag * noise_along(length, 3 * w_mean, rng)(along))[:, None]
    out = [(xy, h, 0.62 * w)]
    if depth == 0:
        return out

    def spur(x0, h0, w0, heading, size):
        turn = rng.uniform(-.5, .5)
        n = 5
        pts, q, d = [x0], np.array(x0, float), heading
        for k in range(n):
            q = q + size / n * np.array([math.cos(d), math.sin(d)])
            d += turn / n + rng.uniform(-.16, .16)
            pts.append(q.copy())
        t = np.linspace(0, 1, n + 1)
        hs = h0 * ((1 - t) ** 1.15 * .95 + .02)
        ws = w0 * (0.56 - 0.20 * t)
        if depth > 1 and w0 * .42 > finest:
            out.extend(skeleton(pts, hs, ws, rng, depth - 1, finest))
        else:
            out.append((np.array(pts), hs, ws))

    s, side = rng.uniform(.2, .8) * w_mean, 1
    while s < length:
        k = int(np.searchsorted(along, s))
        k = min(max(k, 1), len(xy) - 1)
        d = xy[k] - xy[k - 1]
        heading = math.atan2(d[1], d[0])
        # spurs lean towards the lower end of the ridge
        lean = rng.uniform(.95, 1.45) if h[-1] < h[0] else rng.uniform(1.2, 1.9)
        spur(xy[k], h[k], w[k], heading + side * lean, w[k] * rng.uniform(1.35, 2.15))
        side = -side if rng.uniform() < .85 else side
        s += w[k] * rng.uniform(.34, .66)
    for end, back, rest in ((0, min(2, len(xy) - 1), h[0]), (-1, max(-3, -len(xy)), h[-1])):
        d = xy[end] - xy[back]
        heading = math.atan2(d[1], d[0])
        for a in (-.75, .1, .8):
            spur(xy[end], rest * .96, w[end], heading + a + rng.uniform(-.2, .2),
                 w[end] * rng.uniform(1.1, 1.9))
    return out


def hill_heights(x, y, ridges, warp, finest, seed):
    """Heights of all ridges at warped coordinates: the highest of the crests of their skeletons,
    each with concave flanks (1 - d/2w)^1.4, over a low broad foot for every ridge."""
    total = np.zeros_like(x, dtype=np.float32)
    wx, wy = warp
    cell = abs(float(x[0, 1] - x[0, 0]))
    slack = max(float(np.abs(wx).max()), float(np.abs(wy).max()))

    def window(x0, y0, x1, y1):
        c0 = max(0, int((x0 - x[0, 0]) / cell))
        c1 = min(x.shape[1], int((x1 - x[0, 0]) / cell) + 2)
        r0 = max(0, int((y[0, 0] - y1) / cell))
        r1 = min(x.shape[0], int((y[0, 0] - y0) / cell) + 2)
        return (slice(r0, r1), slice(c0, c1)) if r1 > r0 and c1 > c0 else None

    def raise_line(pts, hs, ws, k, profile, reach_w):
        # piece by piece of the line, so that the windows stay small
        for (ax, ay), (bx, by), h0, h1, w0, w1 in zip(pts, pts[1:], hs, hs[1:], ws, ws[1:]):
            reach = reach_w * max(w0, w1) + slack * k
            win = window(min(ax, bx) - reach, min(ay, by) - reach, max(ax, bx) + reach, max(ay, by) + reach)
            if not win:
                continue
            px, py = x[win] + wx[win] * k, y[win] + wy[win] * k
            l2 = max(1.0, (bx - ax) ** 2 + (by - ay) ** 2)
            t = np.clip(((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / l2, 0, 1)
            d = np.hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay))
            np.maximum(total[win], (h0 + t * (h1 - h0)) * profile(d / (w0 + t * (w1 - w0))),
                       out=total[win])

    crest = lambda q: np.clip(1 - q / 2, 0, 1) ** 1.4
    foot = lambda q: 0.46 * np.exp(-(q / 1.35) ** 2)
    for i, (pts, hs, ws, depth) in enumerate(ridges):
        wmax = max(ws)
        xs, ys = [q[0] for q in pts], [q[1] for q in pts]
        if not window(min(xs) - 6 * wmax, min(ys) - 6 * wmax, max(xs) + 6 * wmax, max(ys) + 6 * wmax):
            continue
        k = min(1, wmax / 900)
        # the seed belongs to the ridge: the same ridge has the same spurs on every sheet
        rng = np.random.RandomState((seed + int(abs(xs[0]) * 7 + abs(ys[0]) * 13)) % (2 ** 31))
        raise_line(pts, hs, ws, k, foot, 3.0)
        for line, lh, lw in skeleton(pts, hs, ws, rng, depth, finest):
            raise_line(line, lh, lw, k, crest, 2.0)
    return total


def ellipse_ridge(cx, cy, h, length, width, az):
    """A hill given as an ellipse, as a short ridge along its long axis."""
    t = math.radians(90 - az)
    a = 0.30 * length
    rng = np.random.RandomState(int(abs(cx) * 3 + abs(cy)) % (2 ** 31))
    f = (-1, -.45, 0, .5, 1)
    hs = [h * k for k in (.5 + rng.uniform(-.1, .1), .78 + rng.uniform(-.1, .1), 1.0,
                          .74 + rng.uniform(-.1, .1), .46 + rng.uniform(-.1, .1))]
    off = [0.08 * width * rng.uniform(-1, 1) for _ in f]
    pts = [(cx + a * k * math.cos(t) - o * math.sin(t), cy + a * k * math.sin(t) + o * math.cos(t))
           for k, o in zip(f, off)]
    return pts, hs, [0.32 * width * k for k in (.75, .95, 1, .95, .75)], 2


# Flat ground of the delta and its valleys; outside it the land rolls (low hills without names).
FLAT = [(112.60, 23.28), (112.98, 23.24), (113.25, 23.26), (113.27, 23.16), (113.60, 23.14), (113.72, 23.19),
        (113.92, 23.19), (114.70, 23.20), (114.70, 23.05), (114.05, 23.06), (113.86, 23.03), (113.76, 22.99),
        (113.69, 22.93), (113.73, 22.80), (113.80, 22.74), (113.84, 22.62), (113.90, 22.53), (113.90, 22.0),
        (113.60, 22.0), (113.60, 22.45), (113.55, 22.50), (113.40, 22.55), (113.35, 22.44), (113.32, 22.25),
        (113.27, 22.10), (113.11, 22.10), (113.10, 22.35), (113.10, 22.55), (113.0, 22.66), (112.95, 22.82),
        (112.86, 22.95), (112.60, 23.05)]


def to_m_line(points, step):
    """Points of a line every `step` metres."""
    line = LineString(points)
    n = max(1, int(line.length / step))
    return [line.interpolate(k / n, normalized=True).coords[0] for k in range(n + 1)]


def rolling_hills(water, drawn):
    """Low hills without names for the ground outside FLAT, thrown at random about 1.9 km apart:
    30-150 m, none within 900 m of wide water or on a drawn summit."""
    rng = np.random.RandomState(99)
    flat = to_m(Polygon(FLAT))
    ground = to_m(box(*RIVER_RELIEF)).difference(flat.buffer(600))
    free = prep(ground.difference(water.buffer(350)))
    b = ground.bounds
    taken = [(p[0], p[1], 1200.0) for p in drawn]
    cells = {}

    def near(x, y, r):
        i, j = int(x // 2500), int(y // 2500)
        return any((x - px) ** 2 + (y - py) ** 2 < max(r, pr) ** 2
                   for a in (-1, 0, 1) for c in (-1, 0, 1) for px, py, pr in cells.get((i + a, j + c), ()))

    def put(x, y, r):
        cells.setdefault((int(x // 2500), int(y // 2500)), []).append((x, y, r))

    for x, y, r in taken:
        put(x, y, r)
    out = []
    for _ in range(9000):
        x, y = rng.uniform(b[0], b[2]), rng.uniform(b[1], b[3])
        r, h = rng.uniform(1300, 2400), 30 + 120 * rng.uniform() ** 1.8
        az, length, k = rng.uniform(20, 110), rng.uniform(1800, 4200), rng.uniform(.42, .75)
        edge = rng.uniform(600, 5500)  # the plain has no sharp edge
        if near(x, y, r) or not free.contains(Point(x, y)) or flat.distance(Point(x, y)) < edge:
            continue
        put(x, y, r)
        out.append((x, y, h, length, k * length, az))
    return out


def island_hills(water, drawn):
    """Hills for sea islands on which nobody drew one: the islands of this coast are granite, so
    each gets a bell 150 m high per square root of its square kilometres, 430 m at most."""
    out = []
    tops = MultiPoint([(h[0], h[1]) for h in drawn])
    sea = box_m((112.65, 21.5, 114.7, 22.60))
    for p in polygons(water):
        for ring in p.interiors:
            isle = Polygon(ring)
            if not 8e4 < isle.area < 9e7 or not sea.contains(isle.centroid) or isle.intersects(tops):
                continue
            rect = isle.minimum_rotated_rectangle
            c = list(rect.exterior.coords)
            e = sorted([(math.dist(c[0], c[1]), c[0], c[1]), (math.dist(c[1], c[2]), c[1], c[2])])
            (wid, _, _), (length, a, b) = e
            az = math.degrees(math.atan2(b[0] - a[0], b[1] - a[1]))
            h = min(430, 150 * math.sqrt(isle.area / 1e6))
            q = isle.representative_point() if not isle.contains(isle.centroid) else isle.centroid
            out.append((q.x, q.y, h, .95 * length, .95 * wid, az))
    return out


def rasterise(geometry, extent, cell, shape_):
    """Share of each cell covered (0..1) by a geometry in metres, from four samples a side."""
    from osgeo import ogr
    k = 3
    ds = gdal.GetDriverByName('MEM').Create('', shape_[1] * k, shape_[0] * k, 1, gdal.GDT_Byte)
    ds.SetGeoTransform((extent[0], cell / k, 0, extent[3], 0, -cell / k))
    mem = ogr.GetDriverByName('Memory').CreateDataSource('')
    lay = mem.CreateLayer('p', None, ogr.wkbPolygon)
    for p in polygons(geometry.intersection(box(*extent))):
        f = ogr.Feature(lay.GetLayerDefn())
        f.SetGeometry(ogr.CreateGeometryFromWkb(p.wkb))
        lay.CreateFeature(f)
    gdal.RasterizeLayer(ds, [1], lay, burn_values=[1])
    a = ds.GetRasterBand(1).ReadAsArray().astype(np.float32)
    return a.reshape(shape_[0], k, shape_[1], k).mean(axis=(1, 3))


def all_ridges(water):
    """Every hill of every sheet as (points, heights, half-widths, depth of the skeleton)."""
    hills = [(to_m(g).x, to_m(g).y, p['height_m'], p['length_m'], p['width_m'], p['azimuth_deg'])
             for p, g in read('hills')]
    ridges = [(list(to_m(g).coords), p['height_m'], p['halfwidth_m'], 2) for p, g in read('ridges')]
    crests = [q for r in ridges for q in to_m_line(r[0], 700.0)]
    hills += island_hills(water, hills + crests)
    rolling = rolling_hills(water, hills + crests)
    ridges += [ellipse_ridge(*h) for h in hills]
    ridges += [ellipse_ridge(*h)[:3] + (1,) for h in rolling]
    return ridges


def relief(water, ridges, bounds, cell, seed, warp_m, rough, blur):
    """Height model of a box in degrees; returns a dict with height (m), extent (m) and cell."""
    w, s, e, n = to_m(box(*bounds)).bounds
    cols, rows = int(round((e - w) / cell)), int(round((n - s) / cell))
    extent = (w, n - rows * cell, w + cols * cell, n)
    x = w + cell * (np.arange(cols, dtype=np.float32) + .5)
    y = n - cell * (np.arange(rows, dtype=np.float32) + .5)
    x, y = np.meshgrid(x, y)
    noise = Noise(seed)
    warp = (warp_m * noise.smooth(x, y, 7 * warp_m, 3), warp_m * noise.smooth(x, y, 7 * warp_m, 3))
    h = hill_heights(x, y, ridges, warp, 1.6 * cell, 1857)
    r = noise.ridged(x + warp[0], y + warp[1], 11 * warp_m, 5)
    # ravines: the lower a point on its hill, the deeper they bite; summits keep their height
    h = h * (1 - rough * (1 - np.clip(r * 1.7, 0, 1)))
    fade = np.clip((h - 2) / 16, 0, 1)
    h = h * fade * fade * (3 - 2 * fade)
    wet = rasterise(water, extent, cell, h.shape)
    dist = ndimage.distance_transform_edt(wet < .5) * cell
    shore = np.clip(dist / np.clip(70 + 1.1 * h, 70, 480), 0, 1)
    h = h * shore * (2 - shore)
    # creeks keep a valley: the ground falls to them over up to 900 m
    wide = water.buffer(-420, 4).buffer(430, 4)
    creek = rasterise(water.difference(wide), extent, cell, h.shape)
    if (creek > .1).any():
        dist = ndimage.distance_transform_edt(creek < .1) * cell
        bank = np.clip(dist / np.clip(200 + 4.0 * h, 200, 900), 0, 1)
        h = h * bank * bank * (3 - 2 * bank)
    h = ndimage.gaussian_filter(h, blur / cell) * (wet < .5)
    return {'height': h.astype(np.float32), 'extent': extent, 'cell': cell}


def write_relief(name, r, step):
    """GeoTIFF in degrees, heights in metres rounded to `step`."""
    a = np.round(r['height'] / step) * step
    w, s, e, n = r['extent']
    kind = gdal.GDT_Int16 if step >= 1 else gdal.GDT_Float32
    path = os.path.join(LAYERS, name + '.tif')
    opts = ['COMPRESS=DEFLATE', 'ZLEVEL=9', 'TILED=YES', 'PREDICTOR=%d' % (2 if step >= 1 else 3)]
    ds = gdal.GetDriverByName('GTiff').Create(path, a.shape[1], a.shape[0], 1, kind, opts)
    ds.SetGeoTransform((w / KX + LON0, r['cell'] / KX, 0, n / KY + LAT0, 0, -r['cell'] / KY))
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(4326)
    ds.SetProjection(srs.ExportToWkt())
    ds.SetMetadata({'AREA_OR_POINT': 'Area', 'TIFFTAG_IMAGEDESCRIPTION':
                    'schematic relief made from hand-drawn ridge lines; not a survey; metres'})
    ds.GetRasterBand(1).WriteArray(a)
    ds = None
    print('%-22s %5d x %d cells %8d bytes, max %.0f m' % (name, a.shape[1], a.shape[0], os.path.getsize(path),
                                                          a.max()))


RIVER_RELIEF = (112.88, 21.88, 114.42, 23.50)
CITY_RELIEF = (113.185, 23.035, 113.350, 23.205)
BOGUE_RELIEF = (113.48, 22.68, 113.74, 22.88)


def build_relief(water):
    ridges = all_ridges(water)
    river = relief(water, ridges, RIVER_RELIEF, 80.0, 11, 260.0, 0.34, 70.0)
    write_relief('relief_river', river, 1.0)
    bogue = relief(water, ridges, BOGUE_RELIEF, 28.0, 12, 150.0, 0.30, 32.0)
    write_relief('relief_bogue', bogue, 0.5)
    city = relief(water, ridges, CITY_RELIEF, 12.0, 13, 60.0, 0.22, 18.0)
    write_relief('relief_city', city, 0.25)
    write('spot_heights', read('spot_heights'), 5)
    write('ridges', [(dict(p, height_m=p['height_m'], halfwidth_m=p['halfwidth_m']), g)
                     for p, g in read('ridges')], 5)
    write('hills', read('hills'), 5)
    return river, city


# ---------------------------------------------------------------- names


def build_names():
    for name in ('names_water', 'names_land'):
        out = []
        for p, g in read(name):
            if g.geom_type == 'LineString':
                step = max(60.0, to_m(g).length / 40)
                g = smooth_line(g, step, step * .03)
            out.append((p, g))
        write(name, out, 5)


def main():
    a = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    a.add_argument('--only', help='water, coast, city, relief, names (comma-separated); default all')
    want = set((a.parse_args().only or 'water,coast,city,relief,names').split(','))
    if 'names' in want:
        build_names()
    if 'coast' in want:
        build_coast()
    if want & {'water', 'city', 'relief'}:
        water = build_water()
    if 'city' in want:
        built = build_city(water)
    if 'relief' in want:
        river, city = build_relief(water)
        if 'city' in want:
            build_fields(water, built, river, city)


if __name__ == '__main__':
    main()
