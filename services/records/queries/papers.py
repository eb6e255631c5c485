"""Whom or what a paper is about, in its order: for printing names on it, and for typing it back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from services.areas import clock
from services.areas.scope import Scope
from services.clinical.ages import describe_age
from services.fields.spec import FormSpec, Shape
from services.posyandu.models import Posyandu
from services.residents.models import Household, Residency, Resident
from services.residents.queries import living_at, person, pregnancies_of, short_address, stage_rules
from services.web.rules import short_date_text

from ..models import Asset, Encounter, Record
from ..rules import SUBJECT_COLUMNS


@dataclass(frozen=True)
class Subject:
    """A row of a paper: whom or what it is about, and the columns it begins with. Never a NIK that can be read.

    `known` is what the register knows beside them, where the form's `printed` names it.
    """

    about: Resident | Household | Asset
    columns: tuple[str, ...]
    age_months: int | None = None
    sex: str = ""
    known: tuple[str, ...] = ()
    household_id: UUID | None = None

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
    return [(*one.columns, *one.known) for one in subjects_in_order(spec, posyandu, scope, on, **place)]


@dataclass(frozen=True)
class Filled:
    """One record as a line of its paper: the day, the columns it begins with, and its answers."""

    columns: tuple[str, ...]
    answers: Mapping[str, Any]


def filled_in(spec: FormSpec, posyandu: Posyandu, scope: Scope, month: date) -> list[Filled]:
    """What was written of a form in a month, in the order of the days. Nobody's sensitive form is listed."""
    if spec.sensitive:
        return []
    rows = Record.objects.within(scope).filter(
        encounter__posyandu=posyandu, encounter__date__range=(month, clock.last_day(month)), form=spec.key
    )
    records = list(
        rows.select_related("encounter", "resident", "household", "asset").order_by(
            "encounter__date", "household__rw", "household__rt", "household__head_name", "created_at", "pk"
        )
    )
    homes = _homes_of(records, posyandu, scope)
    members = _members(spec, records, scope)
    return [Filled(_line(spec, record, homes, members), record.answers) for record in records]


def _homes_of(records: Iterable[Record], posyandu: Posyandu, scope: Scope) -> dict[UUID, Household]:
    """Resident id → the house of the newest residency here."""
    ids = [record.resident_id for record in records if record.resident_id]
    rows = Residency.objects.within(scope).filter(resident__in=ids, posyandu=posyandu).select_related("household")
    return {row.resident_id: row.household for row in rows.order_by("from_date") if row.household}


def _members(spec: FormSpec, records: Iterable[Record], scope: Scope) -> dict[UUID, int]:
    """Household id → how many live there on the day of its record, where the paper has such a column."""
    if not any(line.key == "jumlah_anggota" for line in spec.printed):
        return {}
    days = {record.household_id: record.encounter.date for record in records if record.household_id}
    found: dict[UUID, int] = {}
    for row in Residency.objects.within(scope).filter(household__in=days, kind="warga"):
        on = days[row.household_id]
        if row.from_date <= on and (row.to_date is None or row.to_date > on):
            found[row.household_id] = found.get(row.household_id, 0) + 1
    return found


def _line(spec: FormSpec, record: Record, homes: Mapping[UUID, Household], members: Mapping[UUID, int]):
    day = short_date_text(record.encounter.date)
    if record.asset:
        return (day, record.asset.name, _where(record.asset))
    if record.household:
        home = record.household
        return (day, home.head_name, short_address(home), *_known(spec, members=members.get(home.pk)))
    if record.resident:
        person, home = record.resident, homes.get(record.resident_id)
        age = describe_age(person.birth_date, record.encounter.date)
        known = _known(spec, resident=person, household=home)
        return (day, person.name, person.sex, age, short_address(home) if home else "", *known)
    return (day,)


def _known(spec: FormSpec, *, resident=None, household=None, members: int | None = None) -> tuple[str, ...]:
    """What the register knows of a row, in the order of the form's `printed`."""
    values: dict[str, Any] = {
        "nama_orang_tua": lambda: resident.mother_name or getattr(household, "head_name", ""),
        "jumlah_anggota": lambda: "" if members is None else str(members),
        "nik": lambda: resident.masked_nik,
    }
    return tuple(values[line.key]() for line in spec.printed if line.key in values)


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
    homes = list(rows.defer("no_kk").order_by("rw", "rt", "head_name", "pk"))
    counted: dict[UUID, int] = {}
    if any(line.key == "jumlah_anggota" for line in spec.printed):
        inside = Residency.objects.within(scope).filter(Residency.on_day(on), household__in=homes, kind="warga")
        counted = dict(inside.order_by().values_list("household").annotate(Count("pk")))
    return [
        Subject(
            home,
            (home.head_name, short_address(home)),
            known=_known(spec, members=counted.get(home.pk)),
            household_id=home.pk,
        )
        for home in homes
    ]


def _assets(spec: FormSpec, posyandu: Posyandu, scope: Scope, on: date, place: Place) -> list[Subject]:
    """Things in use that day. One that was written down later is among them: it may be older than its entry."""
    in_use = Q(retired_on__isnull=True) | Q(retired_on__gt=on)
    things = Asset.objects.within(scope).filter(in_use, posyandu=posyandu, form=spec.key, **place)
    return [Subject(one, (one.name, _where(one))) for one in things.order_by("rw", "rt", "name", "pk")]


def _where(thing: Asset) -> str:
    return " ".join(part for part in (short_address(thing), thing.location_note) if part)


def _people(spec: FormSpec, posyandu: Posyandu, scope: Scope, on: date, place: Place) -> list[Subject]:
    """Who lives there and is of the age, sex and life stage the form is for."""
    wanted = {f"household__{name}": value for name, value in place.items()}
    rows = living_at(scope, on).filter(posyandu=posyandu, resident__birth_date__lte=on, **wanted)
    order = ("household__rw", "household__rt", "household__head_name", "resident__birth_date", "resident_id")
    named = rows.select_related("resident", "household").defer("household__no_kk")
    if not any(line.key == "nik" for line in spec.printed):
        named = named.defer("resident__nik", "household__no_kk")
    homes = list(named.order_by(*order))
    rules, spans = stage_rules(posyandu.area_id, on), pregnancies_of(home.resident_id for home in homes)
    found = []
    for home in homes:
        one = person(home.resident, on, rules, spans=spans.get(home.resident_id, ()), household=home.household)
        stages = frozenset(one.stages)
        if spec.audience.fits(stages, one.sex, conditions=stages, age_months=one.age_months):
            columns = (one.name, one.sex, one.age, one.address)
            known = _known(spec, resident=home.resident, household=home.household)
            found.append(Subject(home.resident, columns, one.age_months, one.sex, known, one.household_id))
    return found
