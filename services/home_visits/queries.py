from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from services.areas.scope import Scope
from services.fields import registry
from services.fields.queries import forms_in_use
from services.fields.spec import FormSpec, Shape
from services.follow_ups.models import Need, NeedEvent
from services.follow_ups.queries import Reader, open_needs, tasks_at
from services.follow_ups.rules import KINDS, Task
from services.posyandu.models import Posyandu
from services.records.models import Record
from services.residents.models import Household, Residency
from services.residents.queries import Person, person, pregnancies_of, stage_rules
from services.tickets.rules import Offer, offers_in

from .models import HomeVisit

AT_HOME = "kunjungan"
SENSITIVE = frozenset(code for code, kind in KINDS.items() if kind.is_sensitive)


@dataclass(frozen=True)
class Member:
    """One person of the house, with the sections and cards that fit her and those filled at this visit.

    `closed` are the sensitive forms, each on a page of its own; whether one was filled is not said.
    """

    person: Person
    sections: tuple[FormSpec, ...]
    forms: tuple[FormSpec, ...]
    closed: tuple[FormSpec, ...]
    filled: frozenset[str]


@dataclass(frozen=True)
class House:
    """What can be filled at a visit: for each member, and for the house itself."""

    members: list[Member]
    forms: tuple[FormSpec, ...]
    filled: frozenset[str]
    offers: tuple[Offer, ...] = ()


def visits_of(scope: Scope, *, limit: int = 10) -> QuerySet[HomeVisit]:
    """Home visits of the scope, newest first."""
    rows = HomeVisit.objects.within(scope).select_related("household", "resident", "visited_by")
    return rows.defer("household__no_kk", "resident__nik").order_by("-date", "-recorded_at")[:limit]


def hidden_kinds(visits: Iterable[HomeVisit], reader: Reader) -> dict[UUID, frozenset[str]]:
    """Encounter → the sensitive reasons of that visit which this reader may not know: one query or none.

    Like a need's (Reader.hides): by permission, or because the need is hers. Having been there does not tell it.
    """
    asked = {visit.encounter_id: SENSITIVE & {visit.reason, *visit.answers} for visit in visits}
    if reader.sees_sensitive or not any(asked.values()):
        return {}
    own = NeedEvent.objects.within(reader.scope).filter(
        encounter__in=[pk for pk, kinds in asked.items() if kinds], need__assigned_to=reader.scope.user_id
    )
    known: dict[UUID, set[str]] = {}
    for encounter_id, kind in own.values_list("encounter_id", "need__kind"):
        known.setdefault(encounter_id, set()).add(kind)
    return {pk: kinds - known.get(pk, set()) for pk, kinds in asked.items()}


def members_of(household: Household, scope: Scope, on: date) -> list[Person]:
    """Who lives in a house on a day: two queries and the district's settings."""
    homes = Residency.objects.within(scope).filter(Residency.on_day(on), household=household, kind="warga")
    rows = list(homes.select_related("resident", "household").order_by("resident__birth_date"))
    rules = stage_rules(household.posyandu.area_id, on)
    spans = pregnancies_of(row.resident_id for row in rows)
    return [person(row.resident, on, rules, spans=spans.get(row.resident_id, ()), household=household) for row in rows]


def house_at(visit: HomeVisit, scope: Scope) -> House:
    """The house as one visit sees it."""
    filled: dict = {}
    offers: list[Offer] = []
    rows = Record.objects.within(scope).filter(encounter=visit.encounter_id).order_by("created_at")
    for resident_id, form, answers in rows.values_list("resident_id", "form", "answers"):
        filled.setdefault(resident_id, set()).add(form)
        offers += offers_in(form, answers, household=visit.household_id)
    enabled = forms_in_use(visit.posyandu.area_id, visit.date)
    members = [
        _member(someone, scope, enabled, frozenset(filled.get(someone.id, ())))
        for someone in members_of(visit.household, scope, visit.date)
    ]
    offered = registry.forms_for(shape=Shape.HOUSEHOLD, at=AT_HOME)
    own = tuple(spec for spec in offered if spec.key in enabled and _allowed(spec, scope))
    own = tuple(sorted(own, key=lambda spec: spec.where != AT_HOME))
    return House(members, own, frozenset(filled.get(None, ())), tuple(dict.fromkeys(offers)))


def _member(someone: Person, scope: Scope, enabled: frozenset[str], filled: frozenset[str]) -> Member:
    forms = registry.forms_for_person(
        someone.stages,
        someone.sex,
        conditions=someone.stages,
        age_months=someone.age_months,
        sensitive=True,
        at=AT_HOME,
        enabled=enabled,
    )
    allowed = [spec for spec in forms if _allowed(spec, scope)]
    return Member(
        person=someone,
        sections=tuple(spec for spec in allowed if spec.where == AT_HOME),
        forms=tuple(spec for spec in allowed if spec.where != AT_HOME and not spec.sensitive),
        closed=tuple(spec for spec in allowed if spec.sensitive),
        filled=filled,
    )


def _allowed(spec: FormSpec, scope: Scope) -> bool:
    return scope.fields is None or spec.field in scope.fields


def needs_meant(household: Household, scope: Scope, *, need: Need | None, reason: str, resident_id: UUID | None):
    """The open needs a visit deals with: the one it was opened from, with the same reason of the others in the house
    when the whole family was visited; without one, those of the reason chosen."""
    rows = open_needs(scope).filter(household=household, kind=need.kind if need else reason)
    if resident_id is not None:
        rows = rows.filter(resident=resident_id)
    found = {row.pk: row for row in rows}
    if need is not None:
        found[need.pk] = need
    return list(found.values())


def remaining_at(visit: HomeVisit, reader: Reader) -> list[Task]:
    """What still waits at the house after this visit; what was put off to a later day is not left."""
    return [task for task in tasks_at(visit.household_id, reader) if not task.is_planned]


def names_of_posts(scope: Scope) -> str:
    """The posts of the scope in words, for a paper's head: one query."""
    return ", ".join(str(post) for post in Posyandu.objects.within(scope).order_by("name")[:3])
