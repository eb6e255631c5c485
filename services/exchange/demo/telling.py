"""What `seed_demo` says when the demo is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from services.web.rules import number_text

from .filling import OPENED

SAID = (
    ("Posyandu", "posyandu"),
    ("Household", "keluarga"),
    ("Resident", "warga"),
    ("Birth", "kelahiran"),
    ("OpenDay", "hari buka"),
    ("Attendance", "kehadiran"),
    ("HomeVisit", "kunjungan rumah"),
    ("Record", "isian kartu dan formulir"),
    ("Ticket", "laporan warga"),
    ("MonthlyReport", "laporan bulanan tersimpan"),
    (OPENED, "kunjungan yang perlu dilakukan"),
)


def summary(written: Mapping[str, int]) -> Iterator[str]:
    """The demo in numbers, one line each."""
    yield "Contoh sudah jadi:"
    for name, label in SAID:
        if written.get(name):
            yield f"  {number_text(written[name]):>9} {label}"
