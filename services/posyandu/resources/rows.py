"""The rows of a list of posyandu, as offices keep them: titles above the heading, sections, totals, odd spellings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.posyandu.models import Posyandu
from services.posyandu.rules import clean_name, facility_name, month_from, rw_in_address, rw_of
from services.web.tables import Sheet, UnreadableTable

HEADING_ROWS = 15
MOST_POSTS = 10_000
ALIASES = {
    "name": ("posyandu", "nama posyandu", "nama pos", "nama"),
    "code": ("kode kelurahan", "kode desa", "kode desa/kelurahan", "kode kelurahan/desa", "kode wilayah", "kd wilayah"),
    "village": (
        "desa/kel", "desa", "kelurahan", "desa/kelurahan", "kelurahan/desa", "kel/desa", "nama kelurahan", "nama desa",
        "desa/kelurahan/negari",
    ),
    "subdistrict": ("kec", "kecamatan", "nama kecamatan"),
    "rw": ("rw", "no rw"),
    "rt": ("rt", "no rt"),
    "dusun": ("dusun", "lingkungan", "dukuh"),
    "address": ("alamat", "lokasi", "tempat", "alamat posyandu"),
    "facility": ("puskesmas", "pukesmas", "nama puskesmas", "puskesmas pembina"),
    "registration": ("nomor registrasi", "no registrasi", "no reg", "nomor registrasi posyandu"),
    "live_from": ("mulai pakai", "mulai"),
    "wave": ("gelombang",),
    "note": ("ket", "keterangan", "catatan"),
}  # fmt: skip
_KEY_OF = {alias: key for key, aliases in ALIASES.items() for alias in aliases}
NAME_MISSING = "Kolom nama posyandu tidak ada di berkas ini."
VILLAGE_MISSING = "Kolom kelurahan/desa (atau kode kelurahan/desa) tidak ada di berkas ini."
_SECTION = re.compile(r"^(?:kelurahan|kel|desa|ds)\b[.\s:]*(?P<name>.+)$", re.I)
_TOTAL = re.compile(r"^(?:jumlah|total|jml)\b", re.I)
_CLOSED = re.compile(r"\b(?:tdk|tidak|non)[\s-]*aktif\b", re.I)


@dataclass(frozen=True)
class PostRow:
    """One posyandu of a list. `row` is its number in the file; `problem` says what is wrong in the row itself."""

    row: int
    name: str
    code: str = ""
    village: str = ""
    subdistrict: str = ""
    rw: str = ""
    rt: str = ""
    dusun: str = ""
    address: str = ""
    facility: str = ""
    registration: str = ""
    live_from: date | None = None
    wave: str = ""
    note: str = ""
    problem: str = ""

    @property
    def state(self) -> str:
        return Posyandu.State.INACTIVE if _CLOSED.search(self.note) else Posyandu.State.ACTIVE


def read_posts(sheets: Sequence[Sheet], *, village_given: bool = False) -> list[PostRow]:
    """The posyandu of the first sheet that has them. Raises UnreadableTable naming what is missing.

    `village_given`: all rows are of one desa/kelurahan named elsewhere, so no column of it is needed.
    """
    found = [(sheet, *heading) for sheet in sheets if (heading := _heading(sheet))]
    if not found:
        raise UnreadableTable(
            f"Judul kolom tidak ditemukan di {HEADING_ROWS} baris pertama. Yang dicari: nama posyandu, kelurahan/desa."
        )
    complete = [one for one in found if not _missing(one[2], village_given)]
    sheet, line, columns = (complete or found)[0]
    if not complete:
        read = ", ".join(cell.strip() for cell in sheet.rows[line] if cell.strip())
        raise UnreadableTable(f"{_missing(columns, village_given)} Judul yang terbaca di baris {line + 1}: {read}.")
    posts = _rows(sheet, line, columns)
    if not posts:
        raise UnreadableTable(
            f"Tidak ada posyandu di bawah judul kolom di baris {line + 1}. Berkasnya mungkin terpotong."
        )
    if len(posts) > MOST_POSTS:
        raise UnreadableTable(f"Berkas ini berisi lebih dari {MOST_POSTS} posyandu. Bagi per kabupaten/kota dulu.")
    return posts


def _heading(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row, among the first, that knows most columns: its index, and key → column."""
    best = None
    for line, cells in enumerate(sheet.rows[:HEADING_ROWS]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(cells):
            key = _KEY_OF.get(_plain(cell))
            if key:
                columns.setdefault(key, column)
        if columns and (best is None or len(columns) > len(best[1])):
            best = line, columns
    return best


def _plain(cell: str) -> str:
    return " ".join(re.sub(r"[_.:*]+", " ", cell.casefold()).split()).replace(" / ", "/")


def _missing(columns: dict[str, int], village_given: bool) -> str:
    if "name" not in columns:
        return NAME_MISSING
    return "" if village_given or {"village", "code"} & columns.keys() else VILLAGE_MISSING


def _rows(sheet: Sheet, line: int, columns: dict[str, int]) -> list[PostRow]:
    posts, section = [], ""
    for number, cells in enumerate(sheet.rows[line + 1 :], start=line + 2):
        filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
        heading = _SECTION.match(filled[0]) if len(filled) == 1 else None
        if heading:
            section = heading["name"]
            continue
        values = {key: _cell(cells, column) for key, column in columns.items()}
        if _is_post(values, filled):
            posts.append(_post(number, values, section))
    return posts


def _cell(cells: Sequence[str], column: int) -> str:
    return " ".join(cells[column].split()) if column < len(cells) else ""


def _is_post(values: dict[str, str], filled: list[str]) -> bool:
    """Not a blank line, a line of column numbers, a total, a second heading, or a signature."""
    if filled == [str(number) for number in range(1, len(filled) + 1)]:
        return False
    name = values["name"]
    if _TOTAL.match(name):
        return False
    return bool(name or values.get("village") or values.get("code"))


def _post(number: int, values: dict[str, str], section: str) -> PostRow:
    rw, rt = rw_of(values.get("rw", "")), rw_of(values.get("rt", ""))
    address = values.get("address", "")
    only_rw = rw_of(address) if re.match(r"rw\b", address, re.I) else None
    month, wave = month_from(values.get("live_from", "")), _wave(values.get("wave", ""))
    problems = [
        (not clean_name(values["name"]), "nama posyandu kosong"),
        (len(values["name"]) > 80, "nama lebih dari 80 huruf"),
        (len(address) > 200, "alamat lebih dari 200 huruf"),
        (len(values.get("dusun", "")) > 60, "dusun lebih dari 60 huruf"),
        (rw is None, f"RW {values.get('rw', '')!r} tidak terbaca"),
        (rt is None, f"RT {values.get('rt', '')!r} tidak terbaca"),
        (
            month is None and bool(values.get("live_from")),
            f"bulan mulai pakai {values.get('live_from')!r} tidak terbaca",
        ),
        (wave is None, f"gelombang {values.get('wave')!r} tidak dikenal"),
    ]
    return PostRow(
        row=number,
        name=clean_name(values["name"]),
        code=_code(values.get("code", "")),
        village=values.get("village") or section,
        subdistrict=values.get("subdistrict", ""),
        rw=rw or rw_in_address(address),
        rt=rt or "",
        dusun=values.get("dusun", ""),
        address="" if only_rw else address,
        facility=facility_name(values.get("facility", ""))[:100],
        registration=values.get("registration", "").strip("-"),
        live_from=month,
        wave=wave or "",
        note=values.get("note", ""),
        problem="; ".join(text for wrong, text in problems if wrong),
    )


def _code(text: str) -> str:
    """A code with its dots: spreadsheets keep 3375031004 as a number."""
    digits = re.sub(r"\D", "", text)
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}" if len(digits) == 10 else text.strip()


def _wave(text: str) -> str | None:
    """A wave by its word or number ("Gelombang 2", "2", "percontohan"); None when it is none of ours."""
    bare = text.strip().casefold()
    if bare in ("", "-"):
        return ""
    known = {name.casefold(): value for value, label in Posyandu.Wave.choices for name in (value, label) if value}
    return known.get(bare) or known.get(f"gelombang {bare}")
