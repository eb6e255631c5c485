"""The rows behind the figures of a posyandu-month: the counting itself, asked row by row (design 8).

While `listing` lasts, `people.grouped` gives one row for each person, record or visit instead of their number, and
`people.add` remembers it under the figure it is counted in. So the filter of a number and of its rows are one.
A row is "kind:id": warga (a resident), keluarga, hari_buka, kunjungan, kehadiran, isian (a record), keperluan (a need)
or petugas (who works for the post).
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import QuerySet

from services.home_visits.models import HomeVisit
from services.records.models import Attendance, Measurement, Record
from services.residents.models import Residency

Rows = dict[str, list[str]]
# What a row of each model stands for; other models (helpers, tickets) are counted without rows.
_SUBJECTS = {
    Residency: ("warga", "resident_id"),
    Measurement: ("warga", "resident_id"),
    Attendance: ("kehadiran", "id"),
    HomeVisit: ("kunjungan", "id"),
    Record: ("isian", "id"),
}
# What is counted once, however many rows it has.
_DISTINCT = {"household_id": "keluarga", "resident_id": "warga", "user_id": "petugas"}


class Listing:
    """Collects under each figure the rows it counts."""

    def __init__(self) -> None:
        self.found: dict[str, set[str]] = defaultdict(set)
        self.subject = ""

    def each(self, rows: QuerySet, by: tuple[str, ...], counts: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The groups of a count, split up by what is counted."""
        kind, column = _subject(rows, counts)
        columns = (*by, column) if column else by
        for row in rows.order_by().values(*columns).annotate(**counts):
            self.subject = f"{kind}:{row[column]}" if column else ""
            yield row
        self.subject = ""

    def add(self, key: str) -> None:
        if self.subject:
            self.found[key].add(self.subject)

    def rows(self) -> Rows:
        """All rows in order; who did not come are those who should have and did not."""
        for key in [key for key in self.found if key.endswith(".sasaran")]:
            base = key.removesuffix(".sasaran")
            self.found[f"{base}.tidak_hadir"] = self.found[key] - self.found.get(f"{base}.hadir", set())
        return {key: sorted(rows) for key, rows in self.found.items()}


_current: ContextVar[Listing | None] = ContextVar("rows_behind_figures", default=None)


@contextmanager
def listing() -> Iterator[Listing]:
    """List rows while counting. For one posyandu: it asks for every row."""
    found = Listing()
    token = _current.set(found)
    try:
        yield found
    finally:
        _current.reset(token)


def current() -> Listing | None:
    return _current.get()


def about(kind: str = "", identifier: Any = None) -> None:
    """What is counted next is this row, or has none."""
    if (found := current()) is not None:
        found.subject = f"{kind}:{identifier}" if kind else ""


def subject_of(rows: QuerySet) -> tuple[str, str]:
    """What a row of these stands for, and the column that identifies it."""
    return _SUBJECTS.get(rows.model, ("", ""))


def _subject(rows: QuerySet, counts: dict[str, Any]) -> tuple[str, str]:
    for count in counts.values():
        if getattr(count, "distinct", False):
            column = count.get_source_expressions()[0].name
            return (_DISTINCT[column], column) if column in _DISTINCT else ("", "")
    return subject_of(rows)
