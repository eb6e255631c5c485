"""How numbers and dates read in Indonesian. Pure: no clock, no locale of the machine, the same on page and paper."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

MISSING = "–"
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def number_text(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """1234.5 as "1.234,5". None is "–" and never "0". Without `decimals`: at most two, no zeros at the end."""
    if value is None:
        return MISSING
    exact = Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-(2 if decimals is None else decimals)), rounding=ROUND_HALF_UP)
    whole, _, part = f"{abs(rounded):,f}".partition(".")
    if decimals is None:
        part = part.rstrip("0")
    sign = "-" if rounded < 0 else ""
    return sign + whole.replace(",", ".") + (f",{part}" if part else "")


def percent_text(value: int | float | Decimal | None, decimals: int = 1) -> str:
    """A percentage (0 to 100, not a ratio) as "88,9%"; None is "–"."""
    return MISSING if value is None else number_text(value, decimals) + "%"


def phone_text(number: str) -> str:
    """A kept number as people write it: "+6281234567890" as "0812-3456-7890". Other spellings stay as they are."""
    home = "0" + number.removeprefix("+62") if number.startswith("+62") else number
    if not (home.startswith("08") and home.isdigit()):
        return home
    return "-".join(part for part in (home[:4], home[4:8], home[8:]) if part)


def date_text(day: date | None) -> str:
    """Selasa, 10 November 2026."""
    return MISSING if day is None else f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date_text(day: date | None) -> str:
    """10 Nov 2026."""
    return MISSING if day is None else f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def month_text(day: date | None) -> str:
    """Oktober 2026."""
    return MISSING if day is None else f"{MONTHS[day.month - 1]} {day.year}"


def ago_text(moment: date | datetime | None, now: datetime) -> str:
    """How fresh something is, in words: "baru saja", "5 menit lalu", "kemarin", "3 hari lalu", "belum pernah".

    `now` and a `moment` with a time must be in the same, local, time zone; a day counts by the calendar.
    """
    if moment is None:
        return "belum pernah"
    time = moment if isinstance(moment, datetime) else None
    days = (now.date() - (time.date() if time else moment)).days
    if days < 0:
        return short_date_text(moment)
    if days == 0:
        return _today_text(time, now) if time else "hari ini"
    return "kemarin" if days == 1 else _days_text(days)


def _today_text(moment: datetime, now: datetime) -> str:
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return "baru saja"
    return f"{minutes} menit lalu" if minutes < 60 else f"{minutes // 60} jam lalu"


def _days_text(days: int) -> str:
    if days < 31:
        return f"{days} hari lalu"
    if days < 365:
        return f"{days // 30} bulan lalu"
    return f"{days // 365} tahun lalu"
