"""Whom or what a paper is about, in its order: for printing names on it, and for typing it back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from services.areas.scope import Scope
from services.fields.spec import FormSpec, Shape
from services.posyandu.models import Posyandu
from services.residents.models import Household, Residency, Resident
from services.residents.queries import living_at, person, pregnancies_of, short_address, stage_rules

from ..models import Asset, Encounter, Record
from ..rules import SUBJECT_COLUMNS

MOST_NAMES = 1000


@dataclass(frozen=True)
class Subject:
    """A row of a paper: whom or what it is about, and the columns it begins with. Never a NIK."""

    about: Resident | Household | Asset
    columns: tuple[str, ...]
    age_months: int | None = None
    sex: str = ""

    @property
    def pk(self) -> UUID:
        return self.about.pk

    @property
    def name(self) -> str:
        return self.columns[0]

    @property
    def note(self) -> str:
        """What tells two of the same name apart."""
        return " · ".join(part for part in self.columns[1:] if part)


def subjects_in_order(
    spec: FormSpec, posyandu: Posyandu, scope: Scope, on: date, *, rw: str = "", rt: str = "", dusun: str = ""
) -> list[Subject]:
    """All whom a form is about on a day, in the order of the paper. Empty parts of the place narrow nothing."""
    place = {name: value for name, value in (("rw", rw), ("rt", rt), ("dusun", dusun)) if value}
    find = {Shape.HOUSEHOLD: _households, Shape.ASSET: _assets, Shape.PERSON: _people}[spec.shape]
    return find(spec, posyandu, scope, on, place)


def names_for_paper(spec: FormSpec, posyandu: Posyandu, scope: Scope, on: date, **place: str) -> list[tuple[str, ...]]:
    """Whom a form is about, as the first columns of its paper."""
    return [one.columns for one in subjects_in_order(spec, posyandu, scope, on, **place)[:MOST_NAMES]]


def records_on(encounter: Encounter, spec: FormSpec, scope: Scope, subjects: Iterable[Subject]) -> dict[UUID, Record]:
    """Subject id → its record of this form at this encounter."""
    column = SUBJECT_COLUMNS[spec.shape]
    asked = {f"{column}__in": [one.pk for one in subjects]}
    rows = Record.objects.within(scope).filter(encounter=encounter.pk, form=spec.key, **asked)
    return {getattr(row, f"{column}_id"): row for row in rows}


Place = Mapping[str, Any]


def _households(spec: FormSpec, posyandu: Posyandu, scope: Scope, on: date, place: Place) -> list[Subject]:
    """Households somebody lives in."""
    living = Residency.objects.within(scope).filter(Residency.on_day(on), household=OuterRef("pk"), kind="warga")
    rows = Household.objects.within(scope).filter(Exists(living), posyandu=posyandu, **place)
    homes = rows.defer("no_kk").order_by("rw", "rt", "head_name", "pk")
    return [Subject(home, (home.head_name, short_address(home))) for home in homes]


def _assets(spec: FormSpec, posyandu: Posyandu, scope: Scope, on: date, place: Place) -> list[Subject]:
    """Things in use that day. One that was written down later is among them: it may be older than its entry."""
    in_use = Q(retired_on__isnull=True) | Q(retired_on__gt=on)
    things = Asset.objects.within(scope).filter(in_use, posyandu=posyandu, form=spec.key, **place)
    return [
        Subject(one, (one.name, " ".join(part for part in (short_address(one), one.location_note) if part)))
        for one in things.order_by("rw", "rt", "name", "pk")
    ]


def _people(spec: FormSpec, posyandu: Posyandu, scope: Scope, on: date, place: Place) -> list[Subject]:
    """Who lives there and is of the age, sex and life stage the form is for."""
    wanted = {f"household__{name}": value for name, value in place.items()}
    rows = living_at(scope, on).filter(posyandu=posyandu, resident__birth_date__lte=on, **wanted)
    order = ("household__rw", "household__rt", "household__head_name", "resident__birth_date", "resident_id")
    named = rows.select_related("resident", "household").defer("resident__nik", "household__no_kk")
    homes = list(named.order_by(*order))
    rules, spans = stage_rules(posyandu.area_id, on), pregnancies_of(home.resident_id for home in homes)
    found = []
    for home in homes:
        one = person(home.resident, on, rules, spans=spans.get(home.resident_id, ()), household=home.household)
        stages = frozenset(one.stages)
        if spec.audience.fits(stages, one.sex, conditions=stages, age_months=one.age_months):
            columns = (one.name, one.sex, one.age, one.address)
            found.append(Subject(home.resident, columns, one.age_months, one.sex))
    return found
