"""The clock of a ticket: working days of the district, a part for the desa and one for the OPD, a pause. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from .states import FINAL, FORWARDED, NOTED, OFFICE, SUBMITTED, VILLAGE, WAITING

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Which days are worked: the first `week` days of a week (5 or 6), but for the days off."""

    off: frozenset[date] = frozenset()
    week: int = 5

    def is_working(self, day: date) -> bool:
        return day.weekday() < self.week and day not in self.off

    def elapsed(self, since: date, until: date) -> int:
        """Working days after `since`, up to and with `until`; the first day itself is not counted."""
        days = (since + DAY * number for number in range(1, (until - since).days + 1))
        return sum(self.is_working(day) for day in days)

    def passed(self, first: date, last: date) -> dict[date, int]:
        """Each day from `first` to `last` with the working days after `first` until it: for many spans at once."""
        passed, count = {first: 0}, 0
        for number in range(1, (last - first).days + 1):
            day = first + DAY * number
            count += self.is_working(day)
            passed[day] = count
        return passed

    def deadline(self, since: date, days: int) -> date:
        """The last day on which something begun on `since` is within `days` working days."""
        day = since
        while days:
            day += DAY
            days -= self.is_working(day)
        return day

    def cutoff(self, today: date, days: int) -> date:
        """What began before this day is older than `days` working days: `since < cutoff` is `elapsed > days`."""
        day, left = today, days
        while left or not self.is_working(day):
            left -= self.is_working(day)
            day -= DAY
        return day

    def back(self, today: date, used: int) -> date:
        """A day from which `used` working days have elapsed today."""
        return self.cutoff(today, used - 1) - DAY if used else today


@dataclass(frozen=True)
class Limits:
    """What a district allows, in working days; `starts_at` is the state in which the desa's part begins."""

    village: int = 2
    office: int = 3
    idle: int = 3
    starts_at: str = SUBMITTED

    def of(self, part: str) -> int:
        return self.village if part == VILLAGE else self.office


@dataclass(frozen=True)
class Clock:
    """Whose part is running since when. Paused: `since` is None and `used` days are spent. Stopped: no part."""

    part: str = ""
    since: date | None = None
    used: int = 0

    @property
    def is_running(self) -> bool:
        return bool(self.part) and self.since is not None


def opened(today: date, limits: Limits) -> Clock:
    """The clock of a new ticket."""
    return Clock(VILLAGE, today) if limits.starts_at == NOTED else Clock()


def after_move(clock: Clock, source: str, target: str, today: date, calendar: Calendar) -> Clock:
    """The clock after a move: it pauses for papers, goes on after them, starts anew at each hand-over, else ends."""
    if target == WAITING:
        return Clock(clock.part, None, calendar.elapsed(clock.since, today)) if clock.part and clock.since else clock
    if source == WAITING and target not in FINAL:
        return Clock(clock.part, calendar.back(today, clock.used)) if clock.part else clock
    if target == FORWARDED:
        return Clock(OFFICE, today)
    if target == SUBMITTED:
        return clock if clock.is_running and clock.part == VILLAGE else Clock(VILLAGE, today)
    keeps = source == NOTED and clock.is_running and target not in FINAL and target == "verifikasi"
    return clock if keeps else Clock()


def days_spent(clock: Clock, today: date, calendar: Calendar) -> int:
    """Working days that the running or paused part has taken."""
    return calendar.elapsed(clock.since, today) if clock.since else clock.used


def is_late(clock: Clock, today: date, calendar: Calendar, limits: Limits) -> bool:
    """Whether the part that runs has taken more than it may."""
    return clock.is_running and days_spent(clock, today, calendar) > limits.of(clock.part)


def median_days(pairs: Iterable[tuple[date, date, int]], calendar: Calendar) -> float | None:
    """The median working days of (from, to, how many); None of nothing."""
    pairs = list(pairs)
    if not pairs:
        return None
    days_named = {day for since, until, _ in pairs for day in (since, until)}
    passed = calendar.passed(min(days_named), max(days_named))
    days = [max(passed[until] - passed[since], 0) for since, until, count in pairs for _ in range(count)]
    return float(median(days))
