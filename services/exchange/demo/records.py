"""Encounters, records and measurements as the one writer would make them, but many at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from services.areas.clock import month_of
from services.clinical.ages import completed_months
from services.fields import registry
from services.fields.spec import FormSpec, Shape
from services.records.growth import ASSESSED_UNTIL_MONTHS, apply_chain, set_growth
from services.records.models import Encounter, Measurement, Record
from services.records.rules import measured_columns
from services.residents.rules import PRESCHOOL_MONTHS

from .chance import moment_of
from .rows import made
from .world import Person, Post


def encounter_of(post: Post, kind: str, day: date, by) -> Encounter:
    """Where the records of one day or visit hang on."""
    at = moment_of(day, 8)
    encounter = made(
        Encounter,
        id=post.chance.row_id(at),
        kind=kind,
        posyandu_id=post.row.pk,
        date=day,
        period=month_of(day),
        created_by_id=by.pk,
        created_at=at,
    )
    encounter.posyandu = post.row
    post.rows.add(encounter)
    return encounter


def record_of(
    post: Post, encounter: Encounter, spec: FormSpec, answers: Mapping[str, object], by, at: datetime, **subject
) -> Record:
    """One form about one subject, every question answered by `by` at this moment."""
    told = [by.pk, at.isoformat(timespec="seconds")]
    row = made(
        Record,
        id=post.chance.row_id(at),
        encounter_id=encounter.pk,
        recorded_on=encounter.date,
        form=spec.key,
        field=spec.field,
        shape=spec.shape.value,
        registry_version=registry.version(),
        is_sensitive=spec.sensitive,
        answers=dict(answers),
        answered=dict.fromkeys(answers, told),
        author_id=by.pk,
        created_at=at,
        changed_at=at,
        **subject,
    )
    post.rows.add(row)
    return row


def record_person(
    post: Post, encounter: Encounter, spec: FormSpec, person: Person, answers: Mapping[str, object], by, at: datetime
) -> None:
    """A form about a person, and what was measured with it."""
    record_of(post, encounter, spec, answers, by, at, resident_id=person.row.pk)
    if spec.shape is Shape.PERSON and any(question.measure and question.key in answers for question in spec.questions):
        _measure(post, encounter, spec, person, answers)


def _measure(post: Post, encounter: Encounter, spec: FormSpec, person: Person, answers: Mapping[str, object]) -> None:
    row = made(
        Measurement,
        id=post.chance.row_id(moment_of(encounter.date, 9)),
        resident_id=person.row.pk,
        encounter_id=encounter.pk,
        measured_on=encounter.date,
        period=encounter.period,
        **measured_columns(spec, answers),
    )
    row.encounter = encounter
    if completed_months(person.row.birth_date, encounter.date) < ASSESSED_UNTIL_MONTHS:
        set_growth(person.row, row)
    person.measurements.append(row)
    post.rows.add(row)


def follow_growth(people: list[Person], first: date) -> None:
    """Give every child's weighings their status (N, T, O, B), oldest first."""
    for person in people:
        if person.measurements and completed_months(person.row.birth_date, first) < PRESCHOOL_MONTHS:
            person.measurements.sort(key=lambda row: row.measured_on)
            apply_chain(person.row, person.measurements)
