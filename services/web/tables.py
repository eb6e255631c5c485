"""Reading tables people upload: CSV as it comes from spreadsheets, and XLSX. Cells are text, rows keep their number."""

import csv
import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus

from python_calamine import CalamineWorkbook

from .refusals import Refusal

MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 100_000
DELIMITERS = ",;\t"
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0")


class UnreadableTable(Refusal):
    """A file that is no table, or a broken one. Nothing was read."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TableTooBig(Refusal):
    """More than one upload may bring."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows from the very first, so that row n of the file is rows[n - 1]."""

    name: str
    rows: Sequence[Sequence[str]]


def read_table(content: bytes, *, most_bytes: int) -> list[Sheet]:
    """The sheets of a CSV or XLSX. Raises TableTooBig, or UnreadableTable for anything else, broken or cut off."""
    if len(content) > most_bytes:
        raise TableTooBig(
            f"Berkas ini lebih besar dari {most_bytes // 1024 // 1024} MB. Bagi menjadi beberapa berkas dulu."
        )
    if not content.strip():
        raise UnreadableTable("Berkas ini kosong.")
    if content.startswith(b"PK"):
        return _read_workbook(content)
    if content.startswith(_BINARY) or b"\0" in content:
        raise UnreadableTable("Berkas ini bukan CSV atau XLSX. Simpan daftarnya sebagai XLSX, lalu kirim lagi.")
    return [Sheet("", _read_csv(content))]


def _read_csv(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    sample = "\n".join(text.splitlines()[:20])
    delimiter = max(DELIMITERS, key=sample.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        lines = list(reader)
    except csv.Error as error:
        raise UnreadableTable(
            f"Berkas ini terpotong atau rusak di sekitar baris {reader.line_num}. Simpan ulang, lalu kirim lagi."
        ) from error
    if _is_cut_off(text, lines):
        raise UnreadableTable(f"Berkas ini terpotong di baris {reader.line_num}. Simpan ulang, lalu kirim lagi.")
    return _checked(lines)


def _is_cut_off(text: str, lines: list[list[str]]) -> bool:
    """Whether the last line neither ends nor has the cells of the line before: half an address reads like a whole."""
    return len(lines) > 1 and not text.endswith(("\n", "\r")) and len(lines[-1]) < len(lines[-2])


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1252", errors="replace")


def _read_workbook(content: bytes) -> list[Sheet]:
    broken = UnreadableTable("Berkas XLSX ini terpotong atau rusak. Buka dan simpan ulang berkasnya, lalu kirim lagi.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise TableTooBig("Isi berkas XLSX ini terlalu besar. Bagi menjadi beberapa berkas, lalu kirim lagi.")
            whole = archive.testzip() is None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise broken from error
    if "xl/workbook.xml" not in names:
        raise UnreadableTable("Berkas ini bukan XLSX. Simpan daftarnya sebagai XLSX atau CSV, lalu kirim lagi.")
    if not whole:
        raise broken
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [Sheet(name, _sheet_rows(book, name)) for name in book.sheet_names]
    except Refusal:
        raise
    except Exception as error:  # the reader has many ways to say that a part is broken
        raise broken from error


def _sheet_rows(book: CalamineWorkbook, name: str) -> list[list[str]]:
    lines = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return _checked([[_text(cell) for cell in line] for line in lines])


def _checked(lines: list[list[str]]) -> list[list[str]]:
    if len(lines) > MOST_ROWS:
        raise TableTooBig(f"Berkas ini lebih dari {MOST_ROWS} baris. Bagi menjadi beberapa berkas, lalu kirim lagi.")
    return lines


def _text(cell) -> str:
    """6.0 as "6", a date as 2026-10-01; spreadsheets keep whole numbers as fractions."""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
