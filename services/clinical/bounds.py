"""Limits of what is typed for a child, and advice that never blocks: jumps, falling height, copies of last month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.clinical.findings import number


@dataclass(frozen=True, slots=True)
class Limits:
    """Hard: refused. Soft: kept with a question. In the unit of the measurement."""

    label: str
    unit: str
    hard: tuple[float, float]
    soft: tuple[float, float]


@dataclass(frozen=True, slots=True)
class BoundRules:
    """Under five: WHO anthro NEWS 1.1.0 for the soft ranges [A]; head and upper arm [K]. From five: custom [K]."""

    weight: Limits = Limits("Berat", "kg", (0.3, 60), (0.9, 58))
    length: Limits = Limits("Panjang/tinggi", "cm", (25, 150), (38, 150))
    head: Limits = Limits("Lingkar kepala", "cm", (20, 70), (25, 64))
    muac: Limits = Limits("LiLA", "cm", (4, 60), (6, 35))
    weight_from_five: Limits = Limits("Berat", "kg", (5, 250), (9, 150))
    length_from_five: Limits = Limits("Tinggi", "cm", (50, 230), (75, 210))
    muac_from_five: Limits = Limits("LiLA", "cm", (4, 80), (8, 60))
    weight_jump_kg: float = 2.0
    weight_jump_part: float = 0.15
    height_fall_cm: float = 0.5


DEFAULT_BOUNDS = BoundRules()


Measure = Literal["weight", "length", "head", "muac"]


def limits_for(measure: Measure, age_months: float, rules: BoundRules = DEFAULT_BOUNDS) -> Limits:
    """The limits of a measurement at an age in months; the head is measured in under-fives only."""
    if age_months < 60 or measure == "head":
        return {"weight": rules.weight, "length": rules.length, "head": rules.head, "muac": rules.muac}[measure]
    return {"weight": rules.weight_from_five, "length": rules.length_from_five, "muac": rules.muac_from_five}[measure]


def refusal(value: float, limits: Limits) -> str:
    """Why a value cannot be right, with the likely slip where there is one; empty where it can."""
    low, high = limits.hard
    if low <= value <= high:
        return ""
    said = f"{limits.label} {number(value)} {limits.unit} di luar {number(low)}–{number(high)} {limits.unit}"
    if limits.unit == "kg" and low <= value / 1000 <= high:
        return f"{said}; mungkin gram"
    if limits.unit == "cm" and low <= value / 10 <= high:
        return f"{said}; mungkin milimeter"
    if limits.unit == "cm" and low <= value * 100 <= high:
        return f"{said}; mungkin meter"
    return said


def advice(value: float, limits: Limits) -> str:
    """A question for an unusual but possible value; empty where it is usual."""
    low, high = limits.soft
    if low <= value <= high:
        return ""
    return f"{limits.label} {number(value)} {limits.unit} tidak biasa, periksa ulang"


def change_advice(
    *,
    weight_g: int | None = None,
    previous_weight_g: int | None = None,
    length_mm: int | None = None,
    previous_length_mm: int | None = None,
    rules: BoundRules = DEFAULT_BOUNDS,
) -> list[str]:
    """Questions from comparing with last month's values, in whole grams and millimetres."""
    questions = []
    if weight_g is not None and previous_weight_g:
        change = abs(weight_g - previous_weight_g)
        if change > rules.weight_jump_kg * 1000 or change > rules.weight_jump_part * previous_weight_g:
            questions.append(f"Berat berubah {number(change / 1000)} kg sejak bulan lalu, periksa ulang")
    if length_mm is not None and previous_length_mm is not None:
        fall = previous_length_mm - length_mm
        if fall > rules.height_fall_cm * 10:
            questions.append(f"Tinggi turun {number(fall / 10)} cm sejak bulan lalu, periksa ulang")
    if weight_g is not None and (weight_g, length_mm) == (previous_weight_g, previous_length_mm):
        questions.append("Semua hasil sama dengan bulan lalu, periksa ulang")
    return questions
