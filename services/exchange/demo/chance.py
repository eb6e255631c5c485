"""Chance that repeats itself: the same seed gives the same people, days and identifiers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Jakarta")
"""Both demo districts keep WIB."""


class Chance(Random):
    """Random numbers of one posyandu, and row ids that look like version 7 but follow from the seed."""

    def likely(self, share: float) -> bool:
        """True in this share of cases."""
        return self.random() < share

    def around(self, middle: float, spread: float, low: float, high: float) -> float:
        """A normal value held within bounds."""
        return min(high, max(low, self.gauss(middle, spread)))

    def day_between(self, first: date, last: date) -> date:
        """A day of the span, both ends included; `first` when the span is empty."""
        return first + timedelta(days=self.randint(0, max(0, (last - first).days)))

    def row_id(self, moment: datetime) -> UUID:
        """A UUID of version 7 for something written down at this moment."""
        milliseconds = int(moment.timestamp() * 1000) & (1 << 48) - 1
        rest = self.getrandbits(74)
        return UUID(int=milliseconds << 80 | 7 << 76 | rest >> 62 << 64 | 2 << 62 | rest & (1 << 62) - 1)


def moment_of(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of a local day, in UTC as the database keeps it."""
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)
