"""Words about this person under a question, and which questions do not concern her. Computed, never asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.clinical.ages import completed_months
from services.clinical.feeding import checklist, deworming_dose, exclusive_marks, stopped_at, vitamin_a_capsule
from services.clinical.immunisation import (
    SCHEDULE,
    SCHOOL,
    ImmunisationRules,
    expected_text,
    is_given,
    labels,
    missing,
    programme,
)
from services.fields.definitions.kesehatan.imunisasi import PREFIX, dose_code, question_key

CODES = {dose.code for dose in SCHEDULE}


@dataclass(frozen=True)
class Words:
    """`hints`: question key → words beside it; `hidden`: keys of questions that do not concern this person."""

    hints: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


def words_for(
    form: str,
    *,
    birth_date: date,
    on: date,
    answers: Iterable[tuple[date, Mapping[str, Any]]],
    rules: ImmunisationRules,
) -> Words:
    """The words for a child's cards; `answers` are all that is known of her with the day of each record."""
    known = list(answers)
    given = given_doses(answer for _, answer in known)
    if form == "kartu_imunisasi":
        return Words(hidden=_other_doses(given, rules))
    if form != "kartu_balita":
        return Words()
    age = completed_months(birth_date, on)
    page = checklist(age)
    hints = {
        "ceklis_perkembangan": f"Halaman umur {page}." if page else "",
        "vitamin_a": _sentence(vitamin_a_capsule(age)),
        "obat_cacing": _sentence(deworming_dose(age)),
        "asi_eksklusif": _exclusive(birth_date, known, on),
        "imunisasi_lengkap_sesuai_umur": _doses(age, given, rules),
    }
    return Words(hints={key: words for key, words in hints.items() if words})


def given_doses(answers: Iterable[Mapping[str, Any]]) -> set[str]:
    """The doses of which a date was copied from the Buku KIA."""
    return {dose_code(key) for answer in answers for key in answer if key.startswith(PREFIX)} & CODES


def _other_doses(given: set[str], rules: ImmunisationRules) -> frozenset[str]:
    wanted = {dose.code for dose in programme(rules) if not is_given(dose, given - {dose.code})}
    return frozenset(question_key(dose.code) for dose in SCHEDULE if dose.where != SCHOOL and dose.code not in wanted)


def _doses(age: int, given: set[str], rules: ImmunisationRules) -> str:
    said = expected_text(age, rules)
    gaps = missing(age, given, rules) if given else []
    return f"{said} Belum tercatat: {labels(gaps)}." if gaps else said


def _exclusive(birth_date: date, known: list[tuple[date, Mapping[str, Any]]], on: date) -> str:
    said = {
        completed_months(birth_date, day): answer["asi_eksklusif"] == "ya"
        for day, answer in known
        if "asi_eksklusif" in answer and day < on
    }
    if not said:
        return ""
    ended = stopped_at(said)
    note = f" Sejak E{ended} sudah tidak ASI saja." if ended is not None else ""
    return f"{exclusive_marks(said)}.{note}"


def _sentence(words: str) -> str:
    return f"{words}." if words else ""
