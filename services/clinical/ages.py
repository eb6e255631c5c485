"""Ages on a date: in days for the growth standard, in completed months and years for everything a kader reads."""

from __future__ import annotations

from datetime import date

DAYS_PER_MONTH = 30.4375
"""WHO's length of a month in days (365.25 / 12)."""

MONTHS_SHOWN_UNTIL = 60
"""Below this many completed months an age is shown in months, as the cards for under-fives do."""


def age_days(birth: date, on: date) -> int:
    """Days lived on `on`; negative where `on` lies before the birth, so that the caller can say so."""
    return (on - birth).days


def completed_months(birth: date, on: date) -> int:
    """Completed calendar months ("bulan penuh"): left-over days are ignored, never rounded.

    Born on a day the month does not have, the month completes on the 1st of the next one. Negative before the birth.
    """
    months = (on.year - birth.year) * 12 + (on.month - birth.month)
    return months - 1 if on.day < birth.day else months


def completed_years(birth: date, on: date) -> int:
    """Completed calendar years; negative before the birth."""
    return completed_months(birth, on) // 12


def decimal_months(days: int) -> float:
    """Unrounded months of WHO's length, the key of the 5 to 19 year tables."""
    return days / DAYS_PER_MONTH


def days_from_months(months: float) -> int:
    """Age in days where only decimal months are known, rounded half up as WHO does."""
    return int(months * DAYS_PER_MONTH + 0.5)


def describe_age(birth: date, on: date) -> str:
    """The age in the words of a card: "12 hari", "23 bulan", "67 tahun"."""
    if on < birth:
        return "belum lahir"
    months = completed_months(birth, on)
    if months < 1:
        return f"{age_days(birth, on)} hari"
    if months < MONTHS_SHOWN_UNTIL:
        return f"{months} bulan"
    return f"{months // 12} tahun"
