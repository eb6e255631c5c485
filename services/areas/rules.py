"""The Kemendagri list of places, row by row: what a code says by itself, and which rows cannot be right. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot

CODE = re.compile(r"^\d{2}(\.\d{2}(\.\d{2}(\.[123]\d{3})?)?)?$", re.ASCII)
POSTCODE = re.compile(r"^\d{5}$", re.ASCII)
LEVELS = ("provinsi", "kabkota", "kecamatan", "desa")
VILLAGE_KINDS = {"1": "kelurahan", "2": "desa", "3": "desa_adat"}
# The second group of a kota starts at 71 everywhere in the list (98 kota, 416 kabupaten).
FIRST_KOTA = 71

HEADINGS = {
    "code": {"code", "kode", "kode_wilayah", "kode wilayah", "kd_wilayah"},
    "name": {"name", "nama", "nama_wilayah", "nama wilayah"},
    "kind": {"type", "jenis", "kind"},
    "parent": {"parent_code", "kode_induk", "kode induk"},
    "postcode": {"postcode", "postal_code", "kode_pos", "kodepos", "kode pos"},
    "old_codes": {"old_codes", "old_code", "kode_lama", "kode lama"},
}
NEEDED = ("code", "name")
LONGEST_NAME, LONGEST_CODE = 100, 13
# Kemendagri takes away a few places of a list a year.
MOST_GONE, SHARE_GONE = 10, 0.2


@dataclass(frozen=True)
class AreaRow:
    """One place of a list. `row` is its line in the file, the heading being line 1 (0: from the package)."""

    code: str
    name: str
    postcode: str = ""
    old_codes: tuple[str, ...] = ()
    row: int = 0

    @property
    def parent(self) -> str:
        return self.code.rpartition(".")[0]

    @property
    def level(self) -> str:
        return LEVELS[self.code.count(".")]

    @property
    def kind(self) -> str:
        return kind_of(self.code)


class BadList(ValueError):
    """A list of places that cannot be right; the message names the row and what to do."""


def kind_of(code: str) -> str:
    """What a place is, by its code alone: 33.75 is a kota, 33.75.03.1003 a kelurahan, 33.20.13.2004 a desa."""
    groups = code.split(".")
    if len(groups) == 2:
        return "kota" if int(groups[1]) >= FIRST_KOTA else "kabupaten"
    return VILLAGE_KINDS[groups[3][0]] if len(groups) == 4 else LEVELS[len(groups) - 1]


def read_rows(headings: Iterable[str], lines: Iterable[tuple[int, Mapping[str, str]]]) -> list[AreaRow]:
    """Rows of a CSV, its columns found by their usual headings. Raises BadList at the first wrong row."""
    columns = _columns(list(headings))
    rows = [_read_row(number, {key: line.get(name) or "" for key, name in columns.items()}) for number, line in lines]
    if not rows:
        raise BadList("Daftar ini kosong: ada judul kolom, tetapi tidak ada baris di bawahnya.")
    return rows


def _columns(headings: list[str]) -> dict[str, str]:
    found = {
        key: heading for key, names in HEADINGS.items() for heading in headings if heading.strip().lower() in names
    }
    for key in NEEDED:
        if key not in found:
            raise BadList(f"Kolom {key!r} tidak ada. Yang terbaca: {', '.join(headings) or 'tidak ada'}.")
    return found


def _read_row(number: int, cells: dict[str, str]) -> AreaRow:
    code, name = cells["code"].strip(), cells["name"].strip()
    if not CODE.match(code):
        raise BadList(f"Baris {number}: kode {code!r} bukan kode Kemendagri (contoh 33.75.03.1003).")
    if not name:
        raise BadList(f"Baris {number}: nama untuk kode {code} kosong.")
    if len(name) > LONGEST_NAME:
        raise BadList(f"Baris {number}: nama untuk kode {code} lebih dari {LONGEST_NAME} huruf.")
    postcode = cells.get("postcode", "").strip()
    if postcode and not POSTCODE.match(postcode):
        raise BadList(f"Baris {number}: kode pos {postcode[:20]!r} untuk {code} bukan 5 angka.")
    row = AreaRow(code, name, postcode, tuple(re.findall(r"[\d.]+", cells.get("old_codes", ""))), number)
    kind, parent = cells.get("kind", "").strip().lower(), cells.get("parent", "").strip()
    if kind and kind != row.kind and (kind, row.kind) != ("distrik", "kecamatan"):
        raise BadList(f"Baris {number}: {code} tertulis {kind}, padahal kodenya kode {row.kind}.")
    if parent and parent != row.parent:
        raise BadList(f"Baris {number}: induk {parent} tidak cocok dengan kode {code}; mestinya {row.parent}.")
    return row


def check_rows(rows: Iterable[AreaRow], known: Iterable[str]) -> None:
    """Every code once, and every parent in the list or already `known`. Raises BadList with the row's number."""
    rows = list(rows)
    first: dict[str, int] = {}
    for row in rows:
        if row.code in first:
            raise BadList(f"Baris {row.row}: kode {row.code} sudah ada di baris {first[row.code]}.")
        first[row.code] = row.row
    there = first.keys() | set(known)
    for row in rows:
        if row.parent and row.parent not in there:
            raise BadList(
                f"Baris {row.row}: induk {row.parent} dari {row.code} ({row.name}) tidak ada di daftar ini "
                "dan belum ada di basis data. Tambahkan induknya, lalu ulangi."
            )


def check_code(old: str) -> None:
    """An old code may be of any form that was in use, but not longer than a code. Raises BadList."""
    if len(old) > LONGEST_CODE:
        raise BadList(f"Kode lama {old[:30]!r} lebih dari {LONGEST_CODE} huruf.")


def is_only_a_part(*, gone: int, kept: int) -> bool:
    """Whether a list lacks so many of the places it speaks for that it is a part of one, or was cut off."""
    return gone >= MOST_GONE and gone > SHARE_GONE * (gone + kept)


def vanished(listed: Iterable[str], known: Iterable[str], *, whole: bool) -> set[str]:
    """Codes that are known but no longer listed. A part of the list speaks only for the kabupaten/kota it opens up."""
    listed = set(listed)
    if whole:
        return set(known) - listed
    opened = {code[:5] for code in listed if len(code) > 5}
    return {code for code in known if len(code) > 5 and code[:5] in opened and code not in listed}


# A degree is about 111 km: what lies closer than this to a line is left out of an outline (about 30 m).
OUTLINE_DETAIL = 0.0003
MOST_POINTS = 400
Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class Outline:
    """The outline of one place, simplified: rings of (longitude, latitude), outer and inner ones alike."""

    code: str
    rings: tuple[Ring, ...]


def read_outlines(collection: object) -> list[Outline]:
    """The outlines of a GeoJSON FeatureCollection whose features carry a Kemendagri code. Raises BadList."""
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features:
        raise BadList("Berkas ini bukan GeoJSON berisi kumpulan wilayah (FeatureCollection).")
    found = [_outline(number, feature) for number, feature in enumerate(features, start=1)]
    codes = [outline.code for outline in found]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice:
        raise BadList(f"Kode {twice} ada lebih dari sekali di berkas ini.")
    return found


def _outline(number: int, feature: object) -> Outline:
    if not isinstance(feature, dict):
        raise BadList(f"Wilayah ke-{number}: bukan wilayah GeoJSON (Feature).")
    properties = feature.get("properties")
    code = str((properties or {}).get("code") or (properties or {}).get("kode") or "")
    if not CODE.match(code):
        raise BadList(f"Wilayah ke-{number}: kode {code!r} bukan kode Kemendagri (contoh 33.75.03.1003).")
    geometry = feature.get("geometry") or {}
    kind = geometry.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise BadList(f"Wilayah {code}: bentuknya harus Polygon atau MultiPolygon.")
    try:
        held = geometry["coordinates"]
        polygons = [held] if kind == "Polygon" else list(held)
        rings = [_ring(ring) for polygon in polygons for ring in polygon]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise BadList(f"Wilayah {code}: titik-titiknya tidak dapat dibaca.") from error
    rings = [ring for ring in rings if len(ring) >= 3]
    if not rings:
        raise BadList(f"Wilayah {code}: garis batasnya kosong.")
    return Outline(code, tuple(rings))


def _ring(points: Sequence[Sequence[float]]) -> Ring:
    ring = [(round(float(point[0]), 5), round(float(point[1]), 5)) for point in points]
    if any(not (-180 <= x <= 180 and -90 <= y <= 90) for x, y in ring):
        raise ValueError("not longitude and latitude")
    if ring[:1] == ring[-1:]:
        ring = ring[:-1]
    detail = OUTLINE_DETAIL
    kept = simplified(ring, detail)
    while len(kept) > MOST_POINTS:
        detail *= 2
        kept = simplified(ring, detail)
    return kept


def simplified(line: Ring, detail: float) -> Ring:
    """The line without the points that lie closer than `detail` to it (Douglas and Peucker), without recursion."""
    if len(line) < 4:
        return line
    keep, stack = {0, len(line) - 1}, [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        far, at = max(
            ((_distance(line[i], line[first], line[last]), i) for i in range(first + 1, last)), default=(0, 0)
        )
        if far > detail:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [line[index] for index in sorted(keep)]


def _distance(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """How far a point lies from a piece of a line, in degrees."""
    across, up = end[0] - start[0], end[1] - start[1]
    length = across * across + up * up
    share = ((point[0] - start[0]) * across + (point[1] - start[1]) * up) / length if length else 0
    share = min(max(share, 0), 1)
    x, y = start[0] + share * across - point[0], start[1] + share * up - point[1]
    return hypot(x, y)
