"""What was measured, in words for the kader: class, next step and reason. Screening, never a diagnosis. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from services.clinical.categories import classify, muac_child
from services.clinical.findings import Finding
from services.clinical.screening import adult_bmi, blood_pressure, glucose, muac_pregnant, waist

BALITA_STAGES = {"bayi", "balita", "apras"}
ADULT_STAGES = {"dewasa", "lansia"}
INDICES = (("wfa", "BB/U"), ("lhfa", "TB/U"), ("wflh", "BB/TB"), ("hcfa", "Lingkar kepala"))
WEIGHT_STATUS = {
    "N": ("Berat naik (N)", "tidak"),
    "T": ("Berat tidak naik (T)", "rujuk"),
    "O": ("Bulan lalu tidak ditimbang (O)", "tidak"),
    "B": ("Baru pertama ditimbang (B)", "tidak"),
}


class Measured(Protocol):
    """The typed columns of a measurement."""

    weight_g: int | None
    length_mm: int | None
    muac_mm: int | None
    waist_mm: int | None
    systolic: int | None
    diastolic: int | None
    glucose_mg_dl: int | None
    weight_status: str
    no_gain_months: int
    flags: list[str]


@dataclass(frozen=True)
class Result:
    """One line of "Hasil hari ini": what it is about, the words, and what to do ('tidak' … 'segera')."""

    about: str
    words: str
    refer: str
    reason: str = ""

    @property
    def needs_referral(self) -> bool:
        return self.refer in {"rujuk", "segera"}


def results_of(measured: Measured, *, stages: Iterable[str], sex: str, age_months: int) -> tuple[Result, ...]:
    """The results of one measurement for a person of these stages; what was not measured has no line."""
    held = set(stages)
    lines: list[Result] = []
    if held & BALITA_STAGES:
        lines += _balita(measured, age_months)
    if "bumil" in held:
        lines += _checked(("LiLA", muac_pregnant(_cm(measured.muac_mm))), ("Tekanan darah", _pressure(measured, True)))
    elif held & ADULT_STAGES:
        lines += _adult(measured, sex)
    return tuple(sorted(lines, key=lambda line: _URGENCY.index(line.refer)))


_URGENCY = ("segera", "rujuk", "konfirmasi", "tidak")


def _balita(measured: Measured, age_months: int) -> list[Result]:
    lines = []
    if measured.weight_status:
        words, refer = WEIGHT_STATUS[measured.weight_status]
        months = measured.no_gain_months
        lines.append(Result("Berat", f"{words} · {months} bulan" if months > 1 else words, refer))
    for index, label in INDICES:
        z = getattr(measured, f"z_{index}")
        category = classify(index, None if z is None else float(z), age_months)
        if category is not None:
            flagged = index in measured.flags
            words = f"{category.label} – periksa ulang ukurannya" if flagged else category.label
            lines.append(Result(label, words, "konfirmasi" if flagged else "rujuk" if category.refer else "tidak"))
    return lines + _checked(("LiLA", muac_child(_cm(measured.muac_mm), age_months)))


def _adult(measured: Measured, sex: str) -> list[Result]:
    weight = None if measured.weight_g is None else measured.weight_g / 1000
    return _checked(
        ("IMT", adult_bmi(weight, _cm(measured.length_mm))),
        ("Lingkar perut", waist(sex, _cm(measured.waist_mm))),
        ("Tekanan darah", _pressure(measured, False)),
        ("Gula darah", glucose(measured.glucose_mg_dl)),
    )


def _pressure(measured: Measured, pregnant: bool) -> Finding | None:
    return blood_pressure(measured.systolic, measured.diastolic, pregnant=pregnant)


def _checked(*pairs: tuple[str, Finding | None]) -> list[Result]:
    return [Result(about, found.label, found.refer, found.reason) for about, found in pairs if found is not None]


def _cm(millimetres: int | None) -> float | None:
    return None if millimetres is None else millimetres / 10
