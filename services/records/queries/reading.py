from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from services.areas.scope import Scope
from services.areas.settings import HEXAVALENT, JE_ENDEMIC, value_of
from services.clinical.immunisation import ImmunisationRules
from services.fields import registry
from services.fields.queries import forms_used, must_be_used
from services.fields.rules import Previous
from services.fields.spec import FormSpec, Shape
from services.posyandu.models import Posyandu
from services.residents.models import Household, Resident
from services.residents.rules import add_months

from ..models import Encounter, Measurement, Record
from ..rules import Told, told

EARLIER_RECORDS = 120  # all of a child's monthly cards: what is asked once must not be asked again
HEXAVALENT_AT_MONTHS = 2
# What is kept on another form and said beside this one.
KEPT_ON = {"kartu_balita": "kartu_imunisasi"}


@dataclass(frozen=True)
class Page:
    """What a form about one subject needs to be drawn: what it holds now, and what was said before."""

    spec: FormSpec
    record: Record | None
    previous: Mapping[str, Previous] = field(default_factory=dict)
    known: tuple[tuple[date, Mapping[str, Any]], ...] = ()

    @property
    def answers(self) -> dict[str, Any]:
        return self.record.answers if self.record else {}

    @property
    def last_answered(self) -> dict[str, date]:
        return {key: earlier.on for key, earlier in self.previous.items()}


def form_page(
    *,
    encounter: Encounter,
    spec: FormSpec,
    subject_column: str,
    subject,
    scope: Scope,
    records: QuerySet[Record] | None = None,
) -> Page:
    """The record of this encounter and the newest earlier answer of every question, in one query.

    Earlier answers are those of the scope: a guest's file elsewhere is not opened. `records` are other rows to look
    among (sensitive ones, reached under their own permission). Raises FormNotUsed where the district has left the
    form out that day; what was written at this encounter before can still be read and corrected.
    """
    readable = Record.objects.within(scope) if records is None else records
    rows = list(
        readable.filter(
            form__in=[spec.key, KEPT_ON.get(spec.key, spec.key)],
            encounter__date__lte=encounter.date,
            **{subject_column: subject},
        )
        .select_related("encounter")
        .order_by("-encounter__date", "-created_at")[:EARLIER_RECORDS]
    )
    current, previous = None, {}
    for row in rows:
        if row.form != spec.key:
            continue
        if row.encounter_id == encounter.pk:
            current = row
            continue
        for key, value in row.answers.items():
            previous.setdefault(key, Previous(value, row.encounter.date))
    if current is None:
        must_be_used(spec, encounter.posyandu.area_id, encounter.date)
    return Page(spec, current, previous, tuple((row.encounter.date, row.answers) for row in rows))


def forms_filled(encounter: Encounter, scope: Scope) -> dict[UUID, set[str]]:
    """Which forms each person has at an encounter: resident id → form keys."""
    found: dict[UUID, set[str]] = {}
    rows = Record.objects.within(scope).filter(encounter=encounter, shape=Shape.PERSON.value)
    for resident_id, form in rows.values_list("resident_id", "form"):
        found.setdefault(resident_id, set()).add(form)
    return found


def activities_of(encounter: Encounter, scope: Scope) -> list[Record]:
    """Group activities of an encounter, newest first."""
    rows = Record.objects.within(scope).filter(encounter=encounter, shape=Shape.ACTIVITY.value)
    return list(rows.select_related("author").order_by("-created_at"))


def latest_measurements(resident_ids: list[UUID], scope: Scope, *, since: date, until: date) -> dict[UUID, Measurement]:
    """The newest measurement of each person in a stretch of days: one query, a few rows a person."""
    rows = Measurement.objects.within(scope).filter(
        resident_id__in=resident_ids, measured_on__gte=since, measured_on__lte=until
    )
    return {row.resident_id: row for row in rows.order_by("measured_on")}


def measurement_at(encounter: Encounter, resident_id: UUID, scope: Scope) -> Measurement | None:
    return Measurement.objects.within(scope).filter(encounter=encounter, resident_id=resident_id).first()


def immunisation_rules(resident: Resident, area_code: str, on: date) -> ImmunisationRules:
    """What the district decided: hexavalent where it ran on the day she was two months old, and JE today."""
    two_months = add_months(resident.birth_date, HEXAVALENT_AT_MONTHS)
    return ImmunisationRules(
        hexavalent=value_of(HEXAVALENT, area_code, two_months), je=value_of(JE_ENDEMIC, area_code, on)
    )


def answers_of_year(resident_id: UUID, form: str, year: int, scope: Scope) -> dict[int, dict[str, Any]]:
    """A person's answers to one form by month of a year, the later record of a month over the earlier: one query."""
    rows = Record.objects.within(scope).filter(resident=resident_id, form=form, encounter__date__year=year)
    found: dict[int, dict[str, Any]] = {}
    for on, answers in rows.order_by("encounter__date").values_list("encounter__date", "answers"):
        found.setdefault(on.month, {}).update(answers)
    return found


def own_entries(encounter: Encounter, scope: Scope, since: datetime) -> QuerySet[Record]:
    """Sensitive records of an encounter that the person who asks has written herself since a moment."""
    return Record.objects.within_own_sensitive(scope).filter(encounter=encounter, created_at__gte=since)


def sensitive_of(resident_id: UUID, scope: Scope) -> list[Record]:
    """Sensitive records of a person for those with the permission, newest first: one query."""
    rows = Record.objects.within_sensitive(scope).filter(resident=resident_id)
    return list(rows.select_related("encounter__posyandu", "author").order_by("-encounter__date", "form"))


def form_title(key: str) -> str:
    return registry.form(key).title


def elsewhere_on(posyandu: Posyandu, day: date) -> Encounter:
    """The day's encounter outside open days and visits, or one that is not saved yet (`actions.keep_encounter`)."""
    found = posyandu.encounters.filter(kind=Encounter.Kind.OTHER, date=day).order_by("created_at").first()
    return found or Encounter(kind=Encounter.Kind.OTHER, posyandu=posyandu, date=day, period=day.replace(day=1))


@dataclass(frozen=True)
class HouseholdForm:
    """A form about a household: what was said last, and whether "masih sama" may be offered."""

    spec: FormSpec
    record: Record | None
    told: Told | None
    can_repeat: bool

    @property
    def on(self) -> date | None:
        return self.record.encounter.date if self.record else None


def household_forms(household: Household, scope: Scope, on: date) -> list[HouseholdForm]:
    """The household forms that the district uses, each with its newest record: one query and the settings'."""
    specs = forms_used(household.posyandu.area_id, on, shape=Shape.HOUSEHOLD, fields=scope.fields)
    newest: dict[str, Record] = {}
    rows = Record.objects.within(scope).filter(household=household, form__in=[spec.key for spec in specs])
    for row in rows.select_related("encounter").order_by("encounter__date", "created_at"):
        newest[row.form] = row
    return [_household_form(spec, newest.get(spec.key), on) for spec in specs]


def _household_form(spec: FormSpec, record: Record | None, on: date) -> HouseholdForm:
    if record is None:
        return HouseholdForm(spec, None, None, can_repeat=False)
    return HouseholdForm(spec, record, told(spec, record.answers), can_repeat=record.encounter.date.year < on.year)
