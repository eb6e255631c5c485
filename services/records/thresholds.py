"""What a district may decide about the limits of the cards: one dated setting for each limit that a card judges by.

They hold for the cards, for what the bidan confirms and for home visits, from their day on. Monthly reports are added
up over districts and keep counting by the limits of the national cards.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from services.areas.settings import Setting, offer, values_of, whole_number
from services.clinical.screening.rules import DEFAULT_SCREENING, ScreeningRules
from services.web.rules import number_text

_CARD = "kartu bantu 2023; laporan tetap menurut kartu nasional"
_LABELS = {
    "systolic_high": "Tekanan darah tinggi mulai sistol (mmHg)",
    "diastolic_high": "Tekanan darah tinggi mulai diastol (mmHg)",
    "systolic_crisis": "Tekanan darah gawat mulai sistol (mmHg)",
    "diastolic_crisis": "Tekanan darah gawat mulai diastol (mmHg)",
    "systolic_low": "Tekanan darah rendah di bawah sistol (mmHg)",
    "diastolic_low": "Tekanan darah rendah di bawah diastol (mmHg)",
    "systolic_pregnancy_danger": "Ibu hamil: tanda bahaya mulai sistol (mmHg)",
    "diastolic_pregnancy_danger": "Ibu hamil: tanda bahaya mulai diastol (mmHg)",
    "glucose_high": "Gula darah sewaktu tinggi mulai (mg/dL)",
    "glucose_low": "Gula darah sewaktu rendah di bawah (mg/dL)",
    "glucose_watch": "Gula darah sewaktu waspada mulai (mg/dL)",
    "bmi_very_thin_below": "IMT dewasa: sangat kurus di bawah",
    "bmi_thin_below": "IMT dewasa: kurus di bawah",
    "bmi_normal_to": "IMT dewasa: normal sampai",
    "bmi_fat_to": "IMT dewasa: gemuk sampai",
    "waist_male_above": "Lingkar perut laki-laki lebih dari (cm)",
    "waist_female_above": "Lingkar perut perempuan lebih dari (cm)",
    "muac_pregnant_below": "LiLA ibu: kurang energi kronis di bawah (cm)",
    "hb_5_to_11": "Anemia umur 5–11 tahun: Hb di bawah (g/dL)",
    "hb_12_to_14": "Anemia umur 12–14 tahun: Hb di bawah (g/dL)",
    "hb_female": "Anemia perempuan mulai 15 tahun: Hb di bawah (g/dL)",
    "tbc_refer_from": "Gejala TBC dirujuk mulai (dari 4)",
    "puma_refer_from": "Skor PUMA dirujuk mulai",
    "srq_refer_from": "Skor SRQ-20 dirujuk mulai",
    "heeadsss_refer_from": "Masalah HEEADSSS dirujuk mulai",
}


def decimal_number(low: float, high: float) -> Callable[[Any], float]:
    """Comma and point both accepted; NaN is no number."""

    def check(value):
        number = float(str(value).replace(",", "."))
        if not low <= number <= high:
            raise ValueError(f"Isi angka {number_text(low)} sampai {number_text(high)}.")
        return number

    return check


def _setting(name: str, label: str) -> Setting:
    """A limit may be moved by half of itself, so that a slip of the finger is refused."""
    default = getattr(DEFAULT_SCREENING, name)
    low, high = default * 0.5, default * 1.5
    if isinstance(default, int):
        return Setting(f"ambang_{name}", label, default, _CARD, whole_number(max(1, int(low)), int(high) + 1))
    return Setting(f"ambang_{name}", label, default, _CARD, decimal_number(low, high))


THRESHOLDS = {name: _setting(name, label) for name, label in _LABELS.items()}
THRESHOLD_SETTINGS = tuple(THRESHOLDS.values())


def offer_thresholds() -> None:
    """Let districts set them (called once, when the app is ready)."""
    for setting in THRESHOLD_SETTINGS:
        offer(setting)


def screening_rules(area_code: str, on: date) -> ScreeningRules:
    """The limits that hold in this district on a day. One query, and one a district in a whole request."""
    return rules_from(values_of(THRESHOLD_SETTINGS, area_code, on))


def rules_from(values: dict[str, Any]) -> ScreeningRules:
    """The same of settings that were read already, by key; other keys are none of these."""
    return replace(DEFAULT_SCREENING, **{name: values[setting.key] for name, setting in THRESHOLDS.items()})
