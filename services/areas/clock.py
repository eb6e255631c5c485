"""Local dates: a record belongs to the day, and so to the month, of its district's clock, not of the server's."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from .settings import TIME_ZONE, value_of


def local_date(moment: datetime, zone: str) -> date:
    """The calendar day of an aware moment in a zone: 2026-10-31T23:30Z is 1 November in Asia/Jakarta."""
    return moment.astimezone(ZoneInfo(zone)).date()


def month_of(day: date) -> date:
    """The month a day belongs to, as its first day (the stored `period`)."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def previous_month(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def months_back(month: date, count: int) -> list[date]:
    """The `count` months that end with `month`, oldest first."""
    months = [month]
    while len(months) < count:
        months.append(previous_month(months[-1]))
    return months[::-1]


def last_day(month: date) -> date:
    return date.fromordinal(next_month(month).toordinal() - 1)


def local_now(area_code: str = "") -> datetime:
    """This moment on the clock of the place's district. Without a place, of the server's zone (Asia/Jakarta)."""
    now = timezone.now()
    if not area_code:
        return timezone.localtime(now)
    zone = value_of(TIME_ZONE, area_code, timezone.localdate(now))
    return now.astimezone(ZoneInfo(zone))


def today(area_code: str = "") -> date:
    """Today in the place's district."""
    return local_now(area_code).date()
