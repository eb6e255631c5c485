"""What one row of a growth file says, and what in it cannot be read.

A bad value never stops the file: it is treated as not measured and named in the row's errors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from math import floor, inf

from services.clinical.ages import DAYS_PER_MONTH, age_days, completed_months, days_from_months
from services.clinical.assess.layout import Layout, Texts
from services.clinical.bounds import DEFAULT_BOUNDS, BoundRules, Measure, limits_for, refusal
from services.clinical.growth import Position
from services.clinical.tables import Sex

SEXES: Mapping[str, Sex] = {
    "l": "L",
    "m": "L",
    "male": "L",
    "laki-laki": "L",
    "laki laki": "L",
    "p": "P",
    "f": "P",
    "female": "P",
    "perempuan": "P",
}
POSITIONS: Mapping[str, Position | None] = {
    "": None,
    "l": "L",
    "telentang": "L",
    "h": "H",
    "berdiri": "H",
}
OEDEMA = {"": False, "n": False, "no": False, "tidak": False, "0": False, "y": True, "yes": True, "ya": True, "1": True}
MEASURES: Mapping[str, Measure] = {"weight_kg": "weight", "lenhei_cm": "length", "headc_cm": "head", "muac_cm": "muac"}
OLDEST_MONTH = 228


@dataclass(slots=True)
class Reading:
    """What a row says, and what could not be read."""

    sex: Sex | None = None
    days: int | None = None
    months: float = 0.0
    full_months: int = 0
    exact_months: float | None = None
    position: Position | None = None
    oedema: bool = False
    oedema_unclear: bool = False
    values: dict[str, float] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    impossible: set[str] = field(default_factory=set)


def read_row(cells: Sequence[str], layout: Layout, bounds: BoundRules = DEFAULT_BOUNDS) -> Reading:
    """Everything the row says; each value that makes no sense becomes an error instead."""
    reading = Reading()
    if len(cells) > layout.width and any(cell.strip() for cell in cells[layout.width :]):
        reading.errors.append(f"kolom terlalu banyak ({len(cells)}, seharusnya {layout.width})")
        return reading
    if not any(cells):
        reading.errors.append("baris kosong")
        return reading
    texts = layout.texts(cells)
    _read_sex(reading, texts.sex)
    _read_age(reading, texts)
    _read_choices(reading, texts.measure, texts.oedema)
    _read_measure(reading, "weight_kg", texts.weight_kg, bounds)
    _read_measure(reading, "lenhei_cm", texts.lenhei_cm, bounds)
    _read_measure(reading, "headc_cm", texts.headc_cm, bounds)
    _read_measure(reading, "muac_cm", texts.muac_cm, bounds)
    if not reading.values and not reading.errors:
        reading.errors.append("belum diukur")
    return reading


def _read_sex(reading: Reading, text: str) -> None:
    reading.sex = SEXES.get(text.lower())
    if reading.sex is None:
        reading.errors.append(f"jenis kelamin {quoted(text)} tidak dikenal" if text else "jenis kelamin kosong")


def _read_age(reading: Reading, texts: Texts) -> None:
    """From both dates, else age_days, else age_months. A wrong date is reported, not worked around."""
    if texts.birth_date and texts.measured_on:
        _age_from_dates(reading, texts.birth_date, texts.measured_on)
    elif texts.age_days:
        days = _read_amount(reading, "age_days", texts.age_days, OLDEST_MONTH * 10 * DAYS_PER_MONTH)
        if days is not None:
            _age_from_days(reading, days)
    elif texts.age_months:
        months = _read_amount(reading, "age_months", texts.age_months, OLDEST_MONTH * 10)
        if months is not None:
            _age_from_months(reading, months)
    else:
        reading.errors.append("umur kosong")


def _read_amount(reading: Reading, column: str, text: str, most: float) -> float | None:
    amount = read_number(text)
    if amount is None or not 0 <= amount <= most:
        reading.errors.append(f"{column} {quoted(text)} bukan umur")
        return None
    return amount


def _age_from_dates(reading: Reading, birth_text: str, measured_text: str) -> None:
    birth, measured = read_date(birth_text), read_date(measured_text)
    for column, text, day in (("birth_date", birth_text, birth), ("measured_on", measured_text, measured)):
        if day is None:
            reading.errors.append(f"{column} {quoted(text)} bukan tanggal (tahun-bulan-hari)")
    if birth is None or measured is None:
        return
    if measured < birth:
        reading.errors.append("diukur sebelum lahir")
        return
    _age_from_days(reading, age_days(birth, measured))
    reading.full_months = completed_months(birth, measured)


def _age_from_days(reading: Reading, days: float) -> None:
    reading.days = floor(days + 0.5)
    _set_months(reading, reading.days / DAYS_PER_MONTH)


def _age_from_months(reading: Reading, months: float) -> None:
    reading.days = days_from_months(months)
    reading.exact_months = months
    _set_months(reading, months)


def _set_months(reading: Reading, months: float) -> None:
    reading.months = months
    reading.full_months = int(months)
    if months > OLDEST_MONTH:
        reading.errors.append("umur di luar tabel WHO (0–228 bulan)")


def _read_choices(reading: Reading, position: str, oedema: str) -> None:
    try:
        reading.position = POSITIONS[position.lower()]
    except KeyError:
        reading.errors.append(f"cara ukur {quoted(position)} tidak dikenal (L atau H)")
    try:
        reading.oedema = OEDEMA[oedema.lower()]
    except KeyError:
        reading.errors.append(f"oedema {quoted(oedema)} tidak dikenal (y atau n)")
        reading.oedema_unclear = True


def _read_measure(reading: Reading, column: str, text: str, bounds: BoundRules) -> None:
    if not text:
        return
    measure = MEASURES[column]
    value = read_number(text)
    if value is None:
        reading.errors.append(f"{column} {quoted(text)} bukan angka")
        return
    if value <= 0:
        reading.errors.append(f"{column} harus lebih dari 0")
        return
    reading.values[measure] = value
    if reading.days is not None:
        reason = refusal(value, limits_for(measure, reading.months, bounds))
        if reason:
            reading.errors.append(reason)
            reading.impossible.add(measure)


@lru_cache(maxsize=4096)
def read_number(text: str) -> float | None:
    """A finite number with a decimal comma or point; None for anything else ("NaN", "1.234,5", "1_000")."""
    try:
        value = float(text.replace(",", ".")) if "_" not in text else inf
    except ValueError:
        return None
    return value if -inf < value < inf else None


@lru_cache(maxsize=4096)
def read_date(text: str) -> date | None:
    """An ISO date (a time behind it is ignored); None for anything else."""
    if len(text) < 10 or text[4:5] != "-" or text[10:11] not in ("", "T", " "):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def quoted(text: str) -> str:
    """The typed text inside a reason, shortened where it would fill the screen."""
    return f'"{text}"' if len(text) <= 40 else f'"{text[:40]}…"'
