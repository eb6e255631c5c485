"""What is measured with scales and tape: adult BMI, waist, upper arm of a pregnant woman."""

from __future__ import annotations

from services.clinical.findings import Finding, number
from services.clinical.screening.rules import DEFAULT_SCREENING, ScreeningRules
from services.clinical.tables import Sex


def bmi_tenths(weight_kg: float | None, height_cm: float | None) -> float | None:
    """kg/m² to one decimal, half up and in whole numbers, so that no value falls between two classes."""
    if weight_kg is None or height_cm is None or weight_kg <= 0 or height_cm <= 0:
        return None
    grams, millimetres = round(weight_kg * 1000), round(height_cm * 10)
    if millimetres == 0:
        return None
    square = millimetres * millimetres
    return ((grams * 10_000 * 2 + square) // (2 * square)) / 10


def adult_bmi(
    weight_kg: float | None, height_cm: float | None, rules: ScreeningRules = DEFAULT_SCREENING
) -> Finding | None:
    """IMT from 18 years: SK, K, N, G, O as the recap counts them. The card refers for none of them by itself."""
    bmi = bmi_tenths(weight_kg, height_cm)
    if bmi is None:
        return None
    shown = f"IMT {number(bmi)}"
    if bmi < rules.bmi_very_thin_below:
        return Finding("SK", "Sangat kurus", "konfirmasi", f"{shown}, kurang dari {number(rules.bmi_very_thin_below)}")
    if bmi < rules.bmi_thin_below:
        return Finding("K", "Kurus", "tidak", f"{shown}, kurang dari {number(rules.bmi_thin_below)}")
    if bmi <= rules.bmi_normal_to:
        return Finding("N", "Normal", "tidak", shown)
    if bmi <= rules.bmi_fat_to:
        return Finding("G", "Gemuk", "tidak", f"{shown}, lebih dari {number(rules.bmi_normal_to)}")
    return Finding("O", "Obesitas", "konfirmasi", f"{shown}, lebih dari {number(rules.bmi_fat_to)}")


def waist(sex: Sex, cm: float | None, rules: ScreeningRules = DEFAULT_SCREENING) -> Finding | None:
    """Lingkar perut from 15 years; counted and talked about, not referred."""
    if cm is None:
        return None
    limit = rules.waist_male_above if sex == "L" else rules.waist_female_above
    if cm > limit:
        reason = f"Lingkar perut {number(cm)} cm, lebih dari {number(limit)} cm"
        return Finding("OS", "Obesitas sentral", "tidak", reason)
    return Finding("N", "Normal", "tidak", f"Lingkar perut {number(cm)} cm")


def muac_pregnant(cm: float | None, rules: ScreeningRules = DEFAULT_SCREENING) -> Finding | None:
    """LiLA of a pregnant woman or one of childbearing age; the limit itself is green."""
    if cm is None:
        return None
    if cm < rules.muac_pregnant_below:
        reason = f"LiLA {number(cm)} cm, kurang dari {number(rules.muac_pregnant_below)} cm"
        return Finding("merah", "KEK (kurang energi kronis)", "rujuk", reason)
    return Finding("hijau", "Normal", "tidak", f"LiLA {number(cm)} cm")
