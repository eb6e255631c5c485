"""The dates of immunisations as they stand in a child's Buku KIA; some children have fallen behind."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil

from services.clinical.ages import DAYS_PER_MONTH, completed_months
from services.clinical.immunisation import ImmunisationRules, labels, missing, programme
from services.fields.definitions.kesehatan.imunisasi import question_key

from .chance import Chance
from .world import Person

BEHIND_SHARE = 0.1
"""Of all children: they had some doses and then none."""
LATEST_DAYS = 24
"""A dose is given within so many days after its age."""
DOSES = programme(ImmunisationRules())


def plan_doses(chance: Chance, person: Person) -> None:
    """Draw when the child got, or will get, each dose."""
    stops_at = chance.choice((3, 4, 9, 18)) if chance.likely(BEHIND_SHARE) else None
    if person.script.no_doses_from is not None:
        stops_at = person.script.no_doses_from
    month, day = 0, person.row.birth_date
    for dose in DOSES:
        if stops_at is not None and dose.from_month >= stops_at:
            break
        if dose.from_month > month:  # doses of one age are given together
            month = dose.from_month
            age = timedelta(days=ceil(month * DAYS_PER_MONTH) + chance.randint(0, LATEST_DAYS))
            day = person.row.birth_date + age
        person.doses[dose.code] = day


def given_by(chance: Chance, person: Person, on: date) -> dict[str, date]:
    """Dose code → its date, of those a child had by a day."""
    if not person.doses:
        plan_doses(chance, person)
    return {code: day for code, day in person.doses.items() if day <= on}


def dated_doses(chance: Chance, person: Person, on: date) -> dict[str, object]:
    """The answers of the immunisation card that day."""
    return {question_key(code): day.isoformat() for code, day in given_by(chance, person, on).items()}


def doses_missed(chance: Chance, person: Person, on: date) -> str:
    """The labels of the doses she should have had by then and has not; "" when none."""
    given = given_by(chance, person, on)
    return labels(missing(completed_months(person.row.birth_date, on), given))
