"""Bodies: children who keep to their line on the WHO charts, and grown-ups who change little."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from services.clinical.ages import DAYS_PER_MONTH, age_days, completed_months
from services.clinical.growth import HEIGHT_FROM_DAY, at_sd
from services.clinical.kms import minimum_gain_g
from services.clinical.tables import SexTables, Table, growth_tables

from .chance import Chance

USUAL_GAIN_G = 200
"""Grams a month after the ages that the KMS names."""
NO_GAIN_SHARE = 0.25
LEAN, HEAVY = 0.9, 1.08
"""Parts of the expected weight below which a child catches up, and above which she stays as she is."""
GROWN_UP_MONTHS = 18 * 12


@dataclass(slots=True)
class Sizes:
    """One weighing of a child. Millimetres and grams; None where it was not measured."""

    grams: int
    length_mm: int
    lying: bool
    head_mm: int | None
    muac_mm: int | None


@dataclass(eq=False, slots=True)
class Body:
    """What stays the same about somebody's body, and the last weight of a child."""

    sex: str
    birth: date
    z_length: float
    z_weight: float
    height_mm: int
    bmi: float
    systolic: int
    glucose: int
    grams: int = 0
    length_mm: int = 0
    weighed_on: date | None = None
    flat_months: int = 0

    def weigh(self, chance: Chance, on: date, *, gains: bool | None = None) -> Sizes:
        """A child under six years on the scales. `gains`: enough, or nothing at all; None leaves it to chance."""
        day, tables = age_days(self.birth, on), growth_tables()[self.sex]
        lying = day < HEIGHT_FROM_DAY
        length = round(10 * _length_cm(tables, day, self.z_length)) + chance.randint(-2, 2)
        self.length_mm = max(length, self.length_mm - (7 if not lying else 0))
        target = _grams(tables, day, self.length_mm, self.z_weight)
        self.grams = target if not self.grams else self._heavier(chance, on, target, gains)
        self.weighed_on = on
        return Sizes(
            grams=self.grams,
            length_mm=self.length_mm,
            lying=lying,
            head_mm=_millimetres(tables.hcfa_day, day, 0.3 * self.z_length, chance),
            muac_mm=_millimetres(tables.acfa_day, day, self.z_weight, chance),
        )

    def _heavier(self, chance: Chance, on: date, target: int, gains: bool | None) -> int:
        """The next weight in steps of 100 g: enough by the KMS in most months, too little in some."""
        months = max(1, round((on - self.weighed_on).days / DAYS_PER_MONTH)) if self.weighed_on else 1
        enough = (minimum_gain_g(self.sex, completed_months(self.birth, on)) or USUAL_GAIN_G) * months
        lean, heavy = self.grams < target * LEAN, self.grams > target * HEAVY
        enough_today = lean or not (heavy or chance.likely(NO_GAIN_SHARE)) if gains is None else gains
        self.flat_months = 0 if enough_today else self.flat_months + 1
        if gains is False:
            return self.grams
        if not enough_today:
            return self.grams + int(enough * chance.uniform(0, 0.8)) // 100 * 100
        return self.grams + ceil(max(enough, target - self.grams) / 100) * 100

    def weight_kg(self, chance: Chance, extra_kg: float = 0.0) -> float:
        """A grown-up's weight today, to 0.1 kg."""
        metres = self.height_mm / 1000
        return round(self.bmi * metres * metres + extra_kg + chance.uniform(-0.8, 0.8), 1)

    def blood_pressure(self, chance: Chance, systolic: int | None = None) -> dict[str, int]:
        """Systolic and diastolic in mmHg, in the shape of an answer."""
        upper = int(chance.around(systolic or self.systolic, 3 if systolic else 7, 85, 195))
        return {"sistol": upper, "diastol": int(chance.around(upper * 0.62, 3, 50, 115))}


def body_of(
    chance: Chance, sex: str, birth: date, today: date, z_length: float | None = None, z_weight: float | None = None
) -> Body:
    """A body for a person of this age; pressure and sugar rise with the years."""
    years = max(0.0, (today - birth).days / 365.25)
    high_pressure, high_sugar = chance.likely(years / 240), chance.likely(years / 900)
    return Body(
        sex=sex,
        birth=birth,
        z_length=chance.around(-1.0, 0.95, -3.4, 2.2) if z_length is None else z_length,
        z_weight=chance.around(-0.25, 0.8, -2.6, 2.4) if z_weight is None else z_weight,
        height_mm=int(chance.around(1630 if sex == "L" else 1520, 55, 1380, 1850)),
        bmi=chance.around(21 if years < 25 else 24, 3.2, 16.5, 36),
        systolic=int(chance.around(104 + 0.35 * years + 24 * high_pressure, 7, 90, 185)),
        glucose=int(chance.around(98 + 0.2 * years + 110 * high_sugar, 14, 70, 380)),
    )


def schoolchild_cm(body: Body, on: date) -> float:
    """Height of somebody of 6 to 18 years, to 0.1 cm."""
    return round(_length_cm(growth_tables()[body.sex], age_days(body.birth, on), body.z_length), 1)


def schoolchild_kg(body: Body, on: date, centimetres: float) -> float:
    """Weight of somebody of 6 to 18 years on her line of IMT/U, to 0.1 kg."""
    table = growth_tables()[body.sex].bfa_month
    bmi = _value(table, int(age_days(body.birth, on) / DAYS_PER_MONTH), body.z_weight)
    return round(bmi * (centimetres / 100) ** 2, 1)


def _length_cm(tables: SexTables, day: int, z: float) -> float:
    if day <= tables.lhfa_day.last:
        return _value(tables.lhfa_day, day, z)
    return _value(tables.hfa_month, int(day / DAYS_PER_MONTH), z)


def _grams(tables: SexTables, day: int, length_mm: int, z: float) -> int:
    """The weight of this length on the child's own line, in steps of 100 g."""
    table = tables.wfl_mm if day < HEIGHT_FROM_DAY else tables.wfh_mm
    return round(_value(table, length_mm, z) * 10) * 100


def _millimetres(table: Table, day: int, z: float, chance: Chance) -> int | None:
    if not table.first <= day <= table.last:
        return None
    return round(10 * _value(table, day, z)) + chance.randint(-2, 2)


def _value(table: Table, key: int, z: float) -> float:
    """The measurement at z; beyond the table's ends, that of its end."""
    at = min(max(key, table.first), table.last) - table.first
    return at_sd(z, table.power[at], table.median[at], table.variation[at])
