"""The national routine immunisation schedule: which doses a child of an age should have had, and which are missing.

Vaccines are given by health workers; a kader copies dates out of the Buku KIA. Ages are completed months, the
earliest at which a dose is given.
"""

from __future__ import annotations

import csv
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from services.clinical.findings import Finding
from services.clinical.tables import RULES_FOLDER

PENTA, HEXA, JE, SCHOOL = "penta", "heksa", "je", "sekolah"
GRACE_MONTHS = 1
"""A dose is missed only when the month in which it is first given has passed."""


@dataclass(frozen=True, slots=True)
class Dose:
    """One dose. `where` says in which programme it belongs ("" is everywhere); `replaces` the doses it stands for."""

    code: str
    label: str
    from_month: int
    age_words: str
    replaces: tuple[str, ...]
    where: str
    until_month: int | None  # from this age on it is no longer given
    sex: str


def read_schedule(path: Path) -> tuple[Dose, ...]:
    """Doses from a file laid out as `fixtures/rules/immunisation.csv`, in its order."""
    with path.open(newline="", encoding="utf-8") as file:
        return tuple(
            Dose(
                code=row["code"],
                label=row["vaccine"],
                from_month=int(row["from_month"]),
                age_words=row["age_words"],
                replaces=tuple(row["instead_of"].split()),
                where=row["where"],
                until_month=int(row["until_month"]) if row["until_month"] else None,
                sex=row["sex"],
            )
            for row in csv.DictReader(file)
        )


SCHEDULE = read_schedule(RULES_FOLDER / "immunisation.csv")


@dataclass(frozen=True, slots=True)
class ImmunisationRules:
    """What a district decides. `hexavalent`: this child gets the hexavalent vaccine; `je`: JE is endemic here."""

    hexavalent: bool = False
    je: bool = False


def programme(rules: ImmunisationRules, *, sex: str | None = None) -> tuple[Dose, ...]:
    """The doses of the under-six schedule that this child is meant to get, by age."""
    running = {"", HEXA if rules.hexavalent else PENTA} | ({JE} if rules.je else set())
    doses = (dose for dose in SCHEDULE if dose.where in running and not (dose.sex and sex and dose.sex != sex))
    return tuple(sorted(doses, key=lambda dose: dose.from_month))


def is_given(dose: Dose, given: Container[str]) -> bool:
    """Whether the child had this dose, or what stood in its place where the programmes differ."""
    if dose.code in given or (dose.replaces and all(code in given for code in dose.replaces)):
        return True
    return any(other.code in given for other in SCHEDULE if dose.code in other.replaces)


def missing(age_months: int, given: Container[str], rules: ImmunisationRules = ImmunisationRules()) -> list[Dose]:
    """The doses a child should have had by now and of which no date is known, oldest first."""
    return [
        dose
        for dose in programme(rules)
        if dose.from_month + GRACE_MONTHS <= age_months and _still_given(dose, age_months) and not is_given(dose, given)
    ]


def open_now(age_months: int, given: Container[str], rules: ImmunisationRules = ImmunisationRules()) -> list[Dose]:
    """The doses she may get today: due by age, still given at this age, and not had yet."""
    return [
        dose
        for dose in programme(rules)
        if dose.from_month <= age_months and _still_given(dose, age_months) and not is_given(dose, given)
    ]


def _still_given(dose: Dose, age_months: int) -> bool:
    return dose.until_month is None or age_months <= dose.until_month


def expected_text(age_months: int, rules: ImmunisationRules = ImmunisationRules()) -> str:
    """The doses by age in words: "Sampai umur 3 bulan: Hepatitis B (HB0), BCG, …"."""
    doses = [dose for dose in programme(rules) if dose.from_month <= age_months]
    return f"Sampai umur {age_months} bulan: {labels(doses)}." if doses else ""


def labels(doses: Iterable[Dose]) -> str:
    return ", ".join(dose.label for dose in doses)


def immunisation(
    age_months: int, given: Container[str], rules: ImmunisationRules = ImmunisationRules()
) -> Finding | None:
    """Complete for her age or not, by the dates that are known; None before anything is due."""
    if not [dose for dose in programme(rules) if dose.from_month <= age_months]:
        return None
    gaps = missing(age_months, given, rules)
    if gaps:
        return Finding("tidak", "Belum lengkap menurut tanggal yang dicatat", "konfirmasi", f"Belum: {labels(gaps)}")
    return Finding("ya", "Lengkap sesuai umur", "tidak", "")
