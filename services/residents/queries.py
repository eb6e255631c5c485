from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from services.areas.scope import Scope
from services.areas.settings import ADULT_FROM_YEARS, BREASTFEEDING_MONTHS, ELDERLY_FROM_YEARS, values_of
from services.clinical.ages import completed_months, describe_age

from .models import Pregnancy, Residency, Resident
from .rules import PregnancySpan, StageRules, name_key, stages


@dataclass(frozen=True)
class Person:
    """A resident as lists show her on a day: no query is made when these are drawn."""

    id: UUID
    name: str
    sex: str
    birth_date: date
    stages: tuple[str, ...]
    age: str
    age_months: int
    address: str
    mother_name: str
    household_id: UUID | None
    is_guest: bool = False

    @property
    def stage(self) -> str:
        return self.stages[0]


def stage_rules(area_code: str, on: date) -> StageRules:
    """The ages this district has set, in one query."""
    found = values_of((ADULT_FROM_YEARS, ELDERLY_FROM_YEARS, BREASTFEEDING_MONTHS), area_code, on)
    return StageRules(found[ADULT_FROM_YEARS.key], found[ELDERLY_FROM_YEARS.key], found[BREASTFEEDING_MONTHS.key])


def living_at(scope: Scope, on: date) -> QuerySet[Residency]:
    """Who lives in the posts of the scope on a day."""
    return Residency.objects.within(scope).filter(Residency.on_day(on), kind=Residency.Kind.RESIDENT)


def reachable(scope: Scope) -> QuerySet[Resident]:
    """Residents of the scope, and guests its posts have served: for reading a form at an encounter, not for a file."""
    here = Residency.objects.within(scope).values("resident_id")
    return Resident.objects.within(scope) | Resident.objects.unscoped(reason="guests served at posts of the scope").filter(
        pk__in=here
    )


def search(scope: Scope, text: str, on: date) -> QuerySet[Resident]:
    """Residents whose name has words that begin with the letters typed, or who were born on the date typed."""
    found = Resident.objects.within(scope).filter(merged_into__isnull=True)
    day = _as_date(text)
    if day:
        return found.filter(birth_date=day)
    for word in name_key(text).split():
        found = found.filter(Q(name_key__startswith=word) | Q(name_key__contains=f" {word}"))
    return found.order_by("name_key")


def pregnancies_of(resident_ids: Iterable[UUID]) -> dict[UUID, list[PregnancySpan]]:
    """Pregnancies of people already reached in scope, in one query."""
    rows = Pregnancy.objects.unscoped(reason="pregnancies of people already reached in scope").filter(
        resident_id__in=list(resident_ids)
    )
    found: dict[UUID, list[PregnancySpan]] = {}
    for row in rows:
        born = row.outcome == Pregnancy.Outcome.BIRTH
        found.setdefault(row.resident_id, []).append(PregnancySpan(row.registered_on, row.ended_on, born))
    return found


def person(
    resident: Resident,
    on: date,
    rules: StageRules,
    *,
    spans: Iterable[PregnancySpan] = (),
    household=None,
    is_guest: bool = False,
) -> Person:
    """A resident as lists show her; all rows it needs are handed in."""
    return Person(
        id=resident.pk,
        name=resident.name,
        sex=resident.sex,
        birth_date=resident.birth_date,
        stages=stages(resident.birth_date, on, spans, rules),
        age=describe_age(resident.birth_date, on),
        age_months=completed_months(resident.birth_date, on),
        address=short_address(household) if household else "",
        mother_name=resident.mother_name,
        household_id=household.pk if household else None,
        is_guest=is_guest,
    )


def short_address(household) -> str:
    """'RT 02 / RW 03 · Dusun Krajan', as far as known."""
    numbers = " / ".join(
        f"{label} {value}" for label, value in (("RT", household.rt), ("RW", household.rw)) if value
    )
    return " · ".join(part for part in (numbers, household.dusun and f"Dusun {household.dusun}") if part)


def _as_date(text: str) -> date | None:
    parts = text.replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 3 or not all(part.strip().isdigit() for part in parts):
        return None
    first, second, third = (int(part) for part in parts)
    year, month, day = (first, second, third) if first > 31 else (third, second, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None
