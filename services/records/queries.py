from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from services.areas.scope import Scope
from services.fields import registry
from services.fields.rules import Previous
from services.fields.spec import FormSpec, Shape

from .models import Encounter, Measurement, Record

EARLIER_RECORDS = 14  # enough to look back a year of monthly answers


@dataclass(frozen=True)
class Page:
    """What a form about one subject needs to be drawn: what it holds now, and what was said before."""

    spec: FormSpec
    record: Record | None
    previous: Mapping[str, Previous] = field(default_factory=dict)

    @property
    def answers(self) -> dict[str, Any]:
        return self.record.answers if self.record else {}

    @property
    def last_answered(self) -> dict[str, date]:
        return {key: earlier.on for key, earlier in self.previous.items()}


def form_page(*, encounter: Encounter, spec: FormSpec, subject_column: str, subject, scope: Scope) -> Page:
    """The record of this encounter and the newest earlier answer of every question, in one query.

    Earlier answers are those of the scope: a guest's file elsewhere is not opened.
    """
    rows = (
        Record.objects.within(scope)
        .filter(form=spec.key, encounter__date__lte=encounter.date, **{subject_column: subject})
        .select_related("encounter")
        .order_by("-encounter__date", "-created_at")[:EARLIER_RECORDS]
    )
    current, previous = None, {}
    for row in rows:
        if row.encounter_id == encounter.pk:
            current = row
            continue
        for key, value in row.answers.items():
            previous.setdefault(key, Previous(value, row.encounter.date))
    return Page(spec, current, previous)


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


def form_title(key: str) -> str:
    return registry.form(key).title
