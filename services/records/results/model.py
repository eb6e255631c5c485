"""One line of "Hasil hari ini", and what it is made from."""

from dataclasses import dataclass
from typing import Protocol

from services.clinical.findings import Finding

URGENCY = ("segera", "rujuk", "konfirmasi", "tidak")


class Measured(Protocol):
    """The typed columns of a measurement."""

    weight_g: int | None
    length_mm: int | None
    head_mm: int | None
    muac_mm: int | None
    waist_mm: int | None
    systolic: int | None
    diastolic: int | None
    glucose_mg_dl: int | None
    hb_mg_dl: int | None
    oedema: bool
    weight_status: str
    status_computed: str
    status_override: str
    no_gain_months: int
    flags: list[str]


@dataclass(frozen=True)
class Result:
    """What it is about, the words, and what to do ('tidak' … 'segera'); `measure` is whose question it stands under."""

    about: str
    words: str
    refer: str
    reason: str = ""
    measure: str = ""

    @property
    def needs_referral(self) -> bool:
        return self.refer in {"rujuk", "segera"}

    @property
    def is_urgent(self) -> bool:
        return self.refer == "segera"


def line(about: str, found: Finding | None, measure: str = "") -> list[Result]:
    """The line of a finding; none where nothing was measured."""
    return [] if found is None else [Result(about, found.label, found.refer, found.reason, measure)]
