"""Assess a CSV of children: z-scores, flags, Indonesian categories and a reason for every row that has a fault.

Reads and writes row by row, so the size of the file does not matter.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from django.core.management.base import BaseCommand, CommandError

from services.clinical.assess import Layout, added_heading, assess_row, rejected

LONGEST_LINE = 100_000
"""Bytes. Longer lines are no row of a register; they are cut so that a spreadsheet can still open the result."""

PROGRESS_EVERY = 20_000
DELIMITERS = ";,\t"
BYTE_ORDER_MARK = "\ufeff"


class Command(BaseCommand):
    # Neither a page nor the database is used, so nothing of them needs checking before a file is read.
    requires_system_checks = ()
    help = (
        "Menilai pertumbuhan dari berkas CSV: MASUK.csv KELUAR.csv (atau - untuk masukan/keluaran baku). "
        "Kolom: sex, age_days | age_months | birth_date dan measured_on, weight_kg, lenhei_cm, measure, oedema, "
        "headc_cm, muac_cm."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("source", metavar="MASUK.csv")
        parser.add_argument("target", metavar="KELUAR.csv")

    def handle(self, *args: Any, source: str, target: str, **options: Any) -> None:
        with opened_source(source) as incoming, opened_target(target) as outgoing:
            rows, faulty = assess_file(incoming, outgoing, self.progress)
        self.stderr.write(f"Selesai: {rows} baris, {faulty} dengan catatan di kolom error.")

    def progress(self, rows: int) -> None:
        self.stderr.write(f"{rows} baris …")


@contextmanager
def opened_source(path: str) -> Iterator[BinaryIO]:
    """The file, or standard input for "-"."""
    if path == "-":
        yield sys.stdin.buffer
        return
    if not Path(path).is_file():
        raise CommandError(f"{path} tidak ada atau bukan berkas.")
    with Path(path).open("rb") as file:
        yield file


@contextmanager
def opened_target(path: str) -> Iterator[TextIO]:
    """A file that takes its name only when complete, so a broken run never replaces a good result; or "-"."""
    if path == "-":
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        yield sys.stdout
        sys.stdout.flush()
        return
    unfinished = Path(f"{path}.belum-selesai-{os.getpid()}")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            yield file
        unfinished.replace(path)
    except OSError as error:
        raise CommandError(f"{path} tidak bisa ditulis: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def assess_file(incoming: BinaryIO, outgoing: TextIO, progress: Callable[[int], None]) -> tuple[int, int]:
    """Assess every row; returns how many there were and how many carry a reason in `error`."""
    lines = Lines(incoming)
    first = next(lines, "")
    if not first.strip():
        raise CommandError("Berkas kosong: baris pertama harus berisi nama kolom.")
    if "\x00" in first:
        raise CommandError("Berkas bukan teks. Simpan sebagai CSV UTF-8 lebih dulu.")
    mark = BYTE_ORDER_MARK if first.startswith(BYTE_ORDER_MARK) else ""
    first = first.removeprefix(BYTE_ORDER_MARK)
    delimiter = max(DELIMITERS, key=first.count)
    heading = next(csv.reader([first], delimiter=delimiter))
    layout = Layout(heading)
    if missing := layout.missing():
        raise CommandError(f"Kolom tidak ada: {'; '.join(missing)}.")
    outgoing.write(mark)
    writer = csv.writer(outgoing, delimiter=delimiter, lineterminator="\n")
    writer.writerow([*heading, *added_heading(heading)])
    return write_rows(Records(lines, delimiter, layout.width), layout, writer.writerow, progress)


def write_rows(
    records: Records, layout: Layout, write: Callable[[list[str]], object], progress: Callable[[int], None]
) -> tuple[int, int]:
    rows = faulty = 0
    for cells, damage in records:
        added = rejected(damage) if damage else assess_row(cells, layout)
        if missing := layout.width - len(cells):
            # Cells past the heading have no column: they stay readable, joined in the last one.
            last = layout.width - 1
            cells = cells + [""] * missing if missing > 0 else [*cells[:last], " | ".join(cells[last:])]
        write(cells + added)
        rows += 1
        faulty += bool(added[-1])
        if rows % PROGRESS_EVERY == 0:
            progress(rows)
    return rows, faulty


class Lines:
    """The lines of a file as text: UTF-8, or windows-1252 where a line is not UTF-8 (older Excel)."""

    def __init__(self, incoming: BinaryIO) -> None:
        self.incoming = incoming

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        raw = self.incoming.readline(LONGEST_LINE)
        if not raw:
            raise StopIteration
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return raw.decode("windows-1252", "replace")


class Records:
    """Rows of a CSV that survive damage: a quote left open takes no other row with it.

    Yields the cells and, for a row that could not be read, the reason.
    """

    def __init__(self, lines: Iterator[str], delimiter: str, width: int) -> None:
        self.lines = lines
        self.delimiter = delimiter
        self.width = width
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[tuple[list[str], str]]:
        reader = csv.reader(self._taking(), delimiter=self.delimiter)
        while True:
            self.taken.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield from self._one_by_one()
                continue
            if len(self.taken) > 1 and len(cells) != self.width:
                yield from self._one_by_one()
            else:
                yield cells, damage(self.taken[0])

    def _taking(self) -> Iterator[str]:
        for line in self.lines:
            self.taken.append(line)
            yield line

    def _one_by_one(self) -> Iterator[tuple[list[str], str]]:
        """Each physical line as a row of its own, quotes taken as ordinary characters."""
        for line in list(self.taken):
            cells = line.rstrip("\r\n").split(self.delimiter)
            yield [cell.strip().strip('"') for cell in cells], damage(line)


def damage(line: str) -> str:
    """The reason where `Lines` had to cut this line (a character takes at most four bytes)."""
    cut = len(line) >= LONGEST_LINE // 4 and not line.endswith("\n")
    return "baris terlalu panjang" if cut else ""
