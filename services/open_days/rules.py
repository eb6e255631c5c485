"""When a posyandu opens, and what an open day may become. Pure."""

from calendar import monthrange
from datetime import date

from services.areas.clock import next_month

# from → to; each with the permission-free condition that its action checks
MOVES = {
    "dijadwalkan": {"berlangsung", "batal"},
    "berlangsung": {"selesai", "batal"},
    "selesai": {"berlangsung"},
    "batal": set(),
}

OBSTACLES = {
    "hujan": "Hujan/cuaca buruk",
    "kader_kurang": "Kader kurang",
    "nakes_tidak_hadir": "Bidan/perawat tidak hadir",
    "alat_rusak": "Alat rusak atau kurang",
    "vaksin_habis": "Vaksin/vitamin habis",
    "tempat": "Tempat tidak memadai",
    "warga_bekerja": "Warga bekerja/bepergian",
    "hari_besar": "Bertepatan hari besar",
    "lain": "Lainnya",
}


def nth_weekday(month: date, nth: int, weekday: int) -> date:
    """The nth Monday (0) … Sunday (6) of a month; the fifth falls back to the last there is."""
    first = (weekday - month.weekday()) % 7 + 1
    day = first + 7 * (nth - 1)
    last = monthrange(month.year, month.month)[1]
    return month.replace(day=day if day <= last else day - 7)


def coming_day(nth: int, weekday: int, on: date) -> date:
    """The first scheduled day that is today or later."""
    this_month = nth_weekday(on.replace(day=1), nth, weekday)
    return this_month if this_month >= on else nth_weekday(next_month(on.replace(day=1)), nth, weekday)


def may_become(state: str, target: str) -> bool:
    return target in MOVES[state]
