from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from services.areas.scope import Scope
from services.fields import registry
from services.fields.spec import FormSpec, Shape
from services.follow_ups.queries import needs_of
from services.follow_ups.rules import DueHousehold, Need, grouped
from services.records.models import Record
from services.residents.models import Residency
from services.residents.queries import Person, person, pregnancies_of, stage_rules

from .models import HomeVisit


@dataclass(frozen=True)
class Member:
    """One person of the house, with the forms that fit her and those filled at this visit."""

    person: Person
    forms: tuple[FormSpec, ...]
    filled: frozenset[str]


@dataclass(frozen=True)
class House:
    """What can be filled at a visit: for each member, and for the house itself."""

    members: list[Member]
    forms: tuple[FormSpec, ...]
    filled: frozenset[str]


def due_list(scope: Scope, on: date) -> list[DueHousehold]:
    """Whom to visit: needs by absence and weight, and visits promised for a date; a line per household."""
    return grouped([*needs_of(scope, on), *_promised(scope, on)], on)


def _promised(scope: Scope, on: date) -> list[Need]:
    """Households whose newest visit named a next date."""
    newest = HomeVisit.objects.within(scope).filter(household=OuterRef("household")).order_by("-date", "-recorded_at")
    rows = HomeVisit.objects.within(scope).filter(pk=Subquery(newest.values("pk")[:1]), next_date__isnull=False)
    return [
        Need(
            household=row.household,
            resident=row.resident,
            reason=row.reason,
            words=f"Dijanjikan dikunjungi lagi: {row.get_reason_display().lower()}",
            due_on=row.next_date,
            priority=1,
        )
        for row in rows.select_related("household", "resident")
    ]


def visits_of(scope: Scope, *, limit: int = 50) -> QuerySet[HomeVisit]:
    """Home visits of the scope, newest first."""
    rows = HomeVisit.objects.within(scope).select_related("household", "resident", "posyandu", "visited_by")
    return rows.order_by("-date", "-recorded_at")[:limit]


def members_of(household, scope: Scope, on: date) -> list[Person]:
    """Who lives in a house on a day: two queries and the district's settings."""
    homes = Residency.objects.within(scope).filter(Residency.on_day(on), household=household, kind="warga")
    rows = list(homes.select_related("resident", "household").order_by("resident__birth_date"))
    rules = stage_rules(household.posyandu.area_id, on)
    spans = pregnancies_of(row.resident_id for row in rows)
    return [person(row.resident, on, rules, spans=spans.get(row.resident_id, ()), household=household) for row in rows]


def house_at(visit: HomeVisit, scope: Scope) -> House:
    """The house as one visit sees it."""
    filled: dict = {}
    rows = Record.objects.within(scope).filter(encounter=visit.encounter_id)
    for resident_id, form in rows.values_list("resident_id", "form"):
        filled.setdefault(resident_id, set()).add(form)
    members = [
        Member(someone, _forms(someone, scope), frozenset(filled.get(someone.id, ())))
        for someone in members_of(visit.household, scope, visit.date)
    ]
    own = tuple(spec for spec in registry.forms_for(shape=Shape.HOUSEHOLD) if _allowed(spec, scope))
    return House(members, own, frozenset(filled.get(None, ())))


def _forms(someone: Person, scope: Scope) -> tuple[FormSpec, ...]:
    forms = registry.forms_for_person(
        someone.stages, someone.sex, conditions=someone.stages, age_months=someone.age_months
    )
    return tuple(spec for spec in forms if _allowed(spec, scope))


def _allowed(spec: FormSpec, scope: Scope) -> bool:
    return scope.fields is None or spec.field in scope.fields
