"""Blood pressure, random blood glucose and haemoglobin. The last is measured by health workers, not by kader."""

from __future__ import annotations

from services.clinical.findings import Finding, number
from services.clinical.screening.rules import DEFAULT_SCREENING, ScreeningRules
from services.clinical.tables import Sex


def blood_pressure(
    systolic: int | None,
    diastolic: int | None,
    *,
    pregnant: bool = False,
    rules: ScreeningRules = DEFAULT_SCREENING,
) -> Finding | None:
    """mmHg from 15 years: R, N, T; for a pregnant woman hijau or merah.

    One number alone may already be high or low, but is never enough for "normal": the answer is then None.
    """
    if systolic is None and diastolic is None:
        return None
    shown = f"Tekanan darah {_part(systolic)}/{_part(diastolic)}"
    if pregnant:
        return _pregnant(systolic, diastolic, shown, rules)
    if _at_least(systolic, rules.systolic_crisis) or _at_least(diastolic, rules.diastolic_crisis):
        reason = f"{shown}, {rules.systolic_crisis}/{rules.diastolic_crisis} atau lebih"
        return Finding("T", "Sangat tinggi", "segera", reason)
    if _at_least(systolic, rules.systolic_high) or _at_least(diastolic, rules.diastolic_high):
        return Finding("T", "Tinggi", "rujuk", f"{shown}, {rules.systolic_high}/{rules.diastolic_high} atau lebih")
    if _below(systolic, rules.systolic_low) or _below(diastolic, rules.diastolic_low):
        reason = f"{shown}, kurang dari {rules.systolic_low}/{rules.diastolic_low}"
        return Finding("R", "Rendah", "konfirmasi", reason)
    if systolic is None or diastolic is None:
        return None
    return Finding("N", "Normal", "tidak", shown)


def _pregnant(systolic: int | None, diastolic: int | None, shown: str, rules: ScreeningRules) -> Finding | None:
    danger = rules.systolic_pregnancy_danger, rules.diastolic_pregnancy_danger
    if _at_least(systolic, danger[0]) or _at_least(diastolic, danger[1]):
        return Finding("merah", "Tanda bahaya", "segera", f"{shown}, {danger[0]}/{danger[1]} atau lebih")
    if _at_least(systolic, rules.systolic_high) or _at_least(diastolic, rules.diastolic_high):
        return Finding("merah", "Tinggi", "rujuk", f"{shown}, {rules.systolic_high}/{rules.diastolic_high} atau lebih")
    if systolic is None or diastolic is None:
        return None
    return Finding("hijau", "Normal", "tidak", shown)


def glucose(mg_dl: float | None, rules: ScreeningRules = DEFAULT_SCREENING) -> Finding | None:
    """Gula darah sewaktu from 15 years: R, N, T. The range to watch is counted as N, as the card has no column."""
    if mg_dl is None:
        return None
    shown = f"Gula darah {number(mg_dl)} mg/dL"
    if mg_dl >= rules.glucose_high:
        return Finding("T", "Tinggi", "rujuk", f"{shown}, {number(rules.glucose_high)} atau lebih")
    if mg_dl < rules.glucose_low:
        return Finding("R", "Rendah", "rujuk", f"{shown}, kurang dari {number(rules.glucose_low)}")
    if rules.glucose_watch_shown and mg_dl >= rules.glucose_watch:
        return Finding("N", "Waspada", "konfirmasi", f"{shown}, {number(rules.glucose_watch)} atau lebih")
    return Finding("N", "Normal", "tidak", shown)


def haemoglobin(
    g_dl: float | None,
    *,
    sex: Sex,
    age_months: int,
    pregnant: bool = False,
    trimester: int | None = None,
    rules: ScreeningRules = DEFAULT_SCREENING,
) -> Finding | None:
    """Anaemia by sex, completed months and pregnancy; None below six months, where there is no limit."""
    limit = _anaemia_below(sex, age_months, pregnant, trimester, rules)
    if g_dl is None or limit is None:
        return None
    shown = f"Hb {number(g_dl)} g/dL"
    if pregnant and g_dl < rules.hb_pregnant_severe:
        return Finding("ya", "Anemia berat", "segera", f"{shown}, kurang dari {number(rules.hb_pregnant_severe)}")
    if g_dl < limit:
        return Finding("ya", "Anemia", "rujuk", f"{shown}, kurang dari {number(limit)}")
    return Finding("tidak", "Normal", "tidak", shown)


def _anaemia_below(
    sex: Sex, age_months: int, pregnant: bool, trimester: int | None, rules: ScreeningRules
) -> float | None:
    if pregnant:
        return rules.hb_second_trimester if trimester == 2 else rules.hb_pregnant
    if age_months < 6:
        return None
    if age_months < 24:
        return rules.hb_6_to_23_months
    if age_months < 60:
        return rules.hb_6_to_59_months
    if age_months < 12 * 12:
        return rules.hb_5_to_11
    if age_months < 15 * 12:
        return rules.hb_12_to_14
    return rules.hb_male if sex == "L" else rules.hb_female


def _part(value: int | None) -> str:
    return "?" if value is None else str(value)


def _at_least(value: int | None, limit: int) -> bool:
    return value is not None and value >= limit


def _below(value: int | None, limit: int) -> bool:
    return value is not None and value < limit
