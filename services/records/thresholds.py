"""What a district may decide about the limits of the cards: one dated setting for each limit that a card judges by.

They hold from their day on for the cards, the bidan's list, home visits, and whatever else is judged on that day.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import isfinite, nan
from typing import Any

from services.areas.settings import Setting, Subject, offer, one_of, value_text, values_of, whole_number
from services.clinical.categories import DEFAULT_CATEGORIES, DEFAULT_MUAC
from services.clinical.kms import DEFAULT_KMS
from services.clinical.limits import Limits
from services.clinical.screening.rules import DEFAULT_SCREENING
from services.web.rules import number_text

_CARD = "kartu bantu 2023"
_KMS = "Buku KIA 2023, KMS"
_REGULATION = "Permenkes 2/2020; lingkar kepala: Buku KIA"
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


_KMS_LABELS = {
    "red_line_z": "KMS: di bawah garis merah (BGM) bila BB/U kurang dari (SD)",
    "orange_line_z": "KMS: di atas garis oranye bila BB/U lebih dari (SD)",
    "grown_at_36_months_g": "Genap 36 bulan: berat dihitung cukup mulai (gram)",
}
_MUAC_LABELS = {
    "severe_below": "LiLA anak 6–59 bulan: gizi buruk (merah) di bawah (cm)",
    "moderate_below": "LiLA anak 6–59 bulan: gizi kurang (kuning) di bawah (cm)",
    "young_risk_below": "LiLA bayi di bawah 6 bulan: berisiko di bawah (cm)",
}
# Index and first month of its ages → what its classes are called on the settings page.
_CLASS_LABELS = {
    ("wfa", 0): "BB/U (SD): batas sangat kurang; kurang; normal",
    ("lhfa", 0): "TB/U (SD): batas sangat pendek; pendek; normal",
    ("wflh", 0): "BB/TB (SD): batas gizi buruk; gizi kurang; gizi baik; berisiko gizi lebih; gizi lebih",
    ("bfa", 0): "IMT/U 0–59 bulan (SD): batas gizi buruk; gizi kurang; gizi baik; berisiko gizi lebih; gizi lebih",
    ("bfa", 60): "IMT/U 5–18 tahun (SD): batas gizi buruk; gizi kurang; gizi baik; gizi lebih",
    ("hcfa", 0): "Lingkar kepala/U (SD): batas kurang; normal",
}
_GAIN_LABELS = {
    "L": "KMS: kenaikan berat minimal laki-laki, umur 1 sampai 11 lalu 12–60 bulan (gram)",
    "P": "KMS: kenaikan berat minimal perempuan, umur 1 sampai 11 lalu 12–60 bulan (gram)",
}
GAIN_MONTHS, LAST_GAIN_MONTH = range(1, 13), 60


def decimal_number(low: float, high: float) -> Callable[[Any], float]:
    """Comma and point both accepted."""

    def check(value):
        number = _number(str(value))
        if not low <= number <= high:
            raise ValueError(f"Isi angka {number_text(low)} sampai {number_text(high)}.")
        return number

    return check


def _number(text: str) -> float:
    """NaN and infinity are no numbers."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = nan
    if not isfinite(number):
        raise ValueError("Isi dengan angka, misalnya 2,5.")
    return number


def numbers_of(text: str) -> tuple[float, ...]:
    """The numbers of a text as "-3; -2; 1" or "0,5; 1". Raises ValueError."""
    return tuple(_number(part) for part in text.split(";"))


def number_series(default: Sequence[float], slack: Callable[[float], float], *, rising: bool) -> Callable[[Any], str]:
    """As many numbers as the default has, each no further from its own than `slack` says; kept as a text."""

    def check(value):
        numbers = numbers_of(str(value))
        if len(numbers) != len(default):
            raise ValueError(f"Isi {len(default)} angka, dipisah titik koma.")
        for number, usual in zip(numbers, default, strict=True):
            if not abs(number - usual) <= slack(usual):
                low, high = number_text(usual - slack(usual)), number_text(usual + slack(usual))
                raise ValueError(f"Angka {number_text(number)} tidak mungkin; isi {low} sampai {high}.")
        if rising and any(after <= before for before, after in pairwise(numbers)):
            raise ValueError("Isi angka dari yang terkecil.")
        return series_text(numbers)

    return check


def series_text(numbers: Sequence[float]) -> str:
    return "; ".join(number_text(number).replace(".", "") for number in numbers)


def _setting(key: str, label: str, default: Any, source: str) -> Setting:
    """A limit may be moved by half of itself, so that a slip of the finger is refused."""
    low, high = sorted((default * 0.5, default * 1.5))
    if isinstance(default, int):
        return Setting(f"ambang_{key}", label, default, source, whole_number(max(1, int(low)), int(high) + 1))
    return Setting(f"ambang_{key}", label, default, source, decimal_number(low, high))


def _class_setting(index: str, from_month: int, label: str) -> Setting:
    ends = DEFAULT_CATEGORIES.limits(index, from_month)
    check = number_series(ends, lambda end: 1, rising=True)
    return Setting(f"ambang_kelas_{index}_{from_month}", label, series_text(ends), _REGULATION, check)


def _gain_setting(sex: str, label: str) -> Setting:
    gains = [DEFAULT_KMS.minimum_gain_g[sex][month] for month in GAIN_MONTHS]
    check = number_series(gains, lambda gain: gain / 2, rising=False)
    return Setting(f"ambang_minimum_gain_{sex.lower()}", label, series_text(gains), _KMS, check)


THRESHOLDS = {name: _setting(name, label, getattr(DEFAULT_SCREENING, name), _CARD) for name, label in _LABELS.items()}
KMS_LIMITS = {name: _setting(name, label, getattr(DEFAULT_KMS, name), _KMS) for name, label in _KMS_LABELS.items()}
CONSECUTIVE = Setting(
    "ambang_two_t_needs_consecutive_months",
    "2T hanya bila dua bulan kalender berturut-turut",
    DEFAULT_KMS.two_t_needs_consecutive_months,
    _KMS,
    bool,
)
WITHOUT_STANDARD = Setting(
    "ambang_without_standard",
    "Umur 0 bulan (belum ada kenaikan minimal), bulan lalu ditimbang: statusnya",
    DEFAULT_KMS.without_standard,
    _KMS,
    one_of("O", "N"),
    (("O", "O"), ("N", "N")),
)
GAINS = {sex: _gain_setting(sex, label) for sex, label in _GAIN_LABELS.items()}
MUAC_LIMITS = {
    name: _setting(f"muac_{name}", label, getattr(DEFAULT_MUAC, name), _CARD) for name, label in _MUAC_LABELS.items()
}
CLASS_LIMITS = {(index, month): _class_setting(index, month, label) for (index, month), label in _CLASS_LABELS.items()}
GROWTH_SETTINGS = (
    *KMS_LIMITS.values(),
    CONSECUTIVE,
    WITHOUT_STANDARD,
    *GAINS.values(),
    *MUAC_LIMITS.values(),
    *CLASS_LIMITS.values(),
)
THRESHOLD_SETTINGS = (*THRESHOLDS.values(), *GROWTH_SETTINGS)


def offer_thresholds() -> None:
    """Let districts set them (called once, when the app is ready)."""
    offer(Subject.SCREENING, *THRESHOLDS.values())
    offer(Subject.GROWTH, *GROWTH_SETTINGS)


def limits_on(area_code: str, on: date) -> Limits:
    """Every limit that holds in this place's district on a day. One query, and one a district in a whole request."""
    return limits_from(values_of(THRESHOLD_SETTINGS, area_code, on))


def limits_from(values: dict[str, Any]) -> Limits:
    """The same of settings that were read already, by key; other keys are none of these."""
    return _limits(tuple(values[setting.key] for setting in THRESHOLD_SETTINGS))


@lru_cache(maxsize=256)
def _limits(ordered: tuple[Any, ...]) -> Limits:
    """Made once for each set of values: a child's chain asks for every day she was weighed."""
    values = dict(zip((setting.key for setting in THRESHOLD_SETTINGS), ordered, strict=True))
    categories = DEFAULT_CATEGORIES
    for (index, month), setting in CLASS_LIMITS.items():
        categories = categories.with_limits(index, month, numbers_of(values[setting.key]))
    return Limits(
        screening=replace(DEFAULT_SCREENING, **{name: values[setting.key] for name, setting in THRESHOLDS.items()}),
        kms=replace(
            DEFAULT_KMS,
            minimum_gain_g={sex: _gains(values[setting.key]) for sex, setting in GAINS.items()},
            two_t_needs_consecutive_months=values[CONSECUTIVE.key],
            without_standard=values[WITHOUT_STANDARD.key],
            **{name: values[setting.key] for name, setting in KMS_LIMITS.items()},
        ),
        muac=replace(DEFAULT_MUAC, **{name: values[setting.key] for name, setting in MUAC_LIMITS.items()}),
        categories=categories,
    )


def _gains(text: str) -> dict[int, int]:
    """Grams by completed month; the last number holds up to month 60."""
    numbers = [int(number) for number in numbers_of(text)]
    return dict(zip(GAIN_MONTHS, numbers, strict=True)) | dict.fromkeys(range(12, LAST_GAIN_MONTH + 1), numbers[-1])


def changed_limits(area_code: str, on: date) -> tuple[str, ...]:
    """The limits of this place's district that are not the cards' own, each with its value, for whoever reads a sum."""
    values = values_of(THRESHOLD_SETTINGS, area_code, on)
    return tuple(
        f"{setting.label} {value_text(setting, values[setting.key])}"
        for setting in THRESHOLD_SETTINGS
        if values[setting.key] != setting.default
    )
