"""Referrals that wait for an answer, and the findings of a day that the bidan settles in one batch (flows 11)."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from services.areas.scope import Scope
from services.clinical.ages import completed_months, describe_age
from services.fields import registry
from services.fields.rules.reading import findings
from services.fields.spec import Next
from services.records.models import Encounter, Measurement, Record
from services.records.results import results_of
from services.records.thresholds import limits_on
from services.residents.models import Resident
from services.residents.queries import pregnancies_of, stage_rules
from services.residents.rules import stages

from ..models import Referral
from ..rules import OPEN_STATES

DAYS_SHOWN = 7
URGENT = {"segera": 0, "rujuk": 1, "konfirmasi": 2}
ANSWERED_SHOWN = 30


def referrals_of(scope: Scope) -> QuerySet[Referral]:
    """Referrals of the scope with what a list shows."""
    rows = Referral.objects.within(scope).select_related("resident", "posyandu", "facility", "made_by")
    return rows.defer("resident__nik")


def waiting_referrals(scope: Scope) -> list[Referral]:
    """Who was sent and is not done, urgent and oldest first: one query."""
    rows = referrals_of(scope).exclude(state__in=(Referral.State.DONE, Referral.State.ON_SPOT))
    return sorted(
        rows, key=lambda row: (row.urgency != Referral.Urgency.NOW, row.state not in OPEN_STATES, row.made_on)
    )


def answered_referrals(scope: Scope) -> list[Referral]:
    """Those done lately: one query."""
    return list(referrals_of(scope).filter(state=Referral.State.DONE).order_by("-answered_on")[:ANSWERED_SHOWN])


@dataclass(frozen=True)
class Finding:
    """One person of one day with what must be confirmed. `key` names her in the batch."""

    encounter: Encounter
    resident: Resident
    words: str
    refer: str

    @property
    def key(self) -> str:
        return f"{self.encounter.pk}_{self.resident.pk}"

    @property
    def is_urgent(self) -> bool:
        return self.refer == "segera"


def findings_to_confirm(scope: Scope, today: date) -> list[Finding]:
    """What the open days of the last week measured or heard that a health worker must look at and nobody settled.

    Seven queries or fewer, whatever the number of people.
    """
    encounters = Encounter.objects.within(scope).filter(
        kind=Encounter.Kind.OPEN_DAY, date__gte=today - timedelta(days=DAYS_SHOWN), date__lte=today
    )
    found: dict[tuple[UUID, UUID], list[tuple[str, str]]] = {}
    people: dict[tuple[UUID, UUID], tuple[Encounter, Resident]] = {}
    measured = list(_unsettled(Measurement, encounters, scope))
    spans = pregnancies_of({row.resident_id for row in measured})
    limits_of = cache(limits_on)
    rules = stage_rules(measured[0].encounter.posyandu.area_id, today) if measured else None
    for row in measured:
        key = row.encounter_id, row.resident_id
        people[key] = row.encounter, row.resident
        held = stages(row.resident.birth_date, row.measured_on, spans.get(row.resident_id, ()), rules)
        age = completed_months(row.resident.birth_date, row.measured_on)
        limits = limits_of(row.encounter.posyandu.area_id, row.measured_on)
        for result in results_of(row, stages=held, sex=row.resident.sex, age_months=age, limits=limits):
            if result.refer != "tidak":
                found.setdefault(key, []).append((result.refer, f"{result.about}: {result.words}"))
    for row in _unsettled(Record, encounters, scope).filter(field="kesehatan"):
        key = row.encounter_id, row.resident_id
        people[key] = row.encounter, row.resident
        found.setdefault(key, []).extend(_heard(row))
    rows = [_finding(people[key], lines) for key, lines in found.items() if lines]
    return sorted(rows, key=lambda row: (URGENT[row.refer], -row.encounter.date.toordinal(), row.resident.name))


def _unsettled(model, encounters, scope: Scope):
    settled = Referral.objects.within(scope).filter(encounter=OuterRef("encounter"), resident=OuterRef("resident"))
    rows = model.objects.within(scope).filter(Q(encounter__in=encounters), resident__isnull=False)
    return (
        rows.filter(~Exists(settled)).select_related("resident", "encounter__posyandu__facility").defer("resident__nik")
    )


def _heard(record: Record) -> list[tuple[str, str]]:
    """Answers that a health worker must confirm or that refer."""
    try:
        spec = registry.form(record.form)
    except KeyError:
        return []
    wanted = {Next.URGENT: "segera", Next.REFER: "rujuk", Next.CONFIRM: "konfirmasi"}
    return [
        (wanted[raised.finding.next], raised.finding.sentence)
        for raised in findings(spec, record.answers)
        if raised.finding.next in wanted
    ]


def _finding(person: tuple[Encounter, Resident], lines: list[tuple[str, str]]) -> Finding:
    lines.sort(key=lambda line: URGENT[line[0]])
    words = " · ".join(dict.fromkeys(words for _, words in lines))
    return Finding(*person, words=words[:300], refer=lines[0][0])


def findings_in_words(encounter: Encounter, resident: Resident) -> str:
    """What one person's cards of an encounter said must be looked at; "" for nothing."""
    heard = [
        line
        for record in encounter.records.filter(resident=resident, field="kesehatan", is_sensitive=False)
        for line in _heard(record)
    ]
    lines = [*_measured_lines(encounter, resident), *heard]
    return " · ".join(dict.fromkeys(words for _, words in lines))[:300]


def _measured_lines(encounter: Encounter, resident: Resident) -> list[tuple[str, str]]:
    row = encounter.measurements.filter(resident=resident).first()
    if row is None:
        return []
    spans = pregnancies_of([resident.pk]).get(resident.pk, ())
    held = stages(resident.birth_date, row.measured_on, spans)
    age = completed_months(resident.birth_date, row.measured_on)
    limits = limits_on(encounter.posyandu.area_id, row.measured_on)
    return [
        (result.refer, f"{result.about}: {result.words}")
        for result in results_of(row, stages=held, sex=resident.sex, age_months=age, limits=limits)
        if result.refer != "tidak"
    ]


def age_in_words(resident: Resident, on: date) -> str:
    """A person's age on a day, as a slip says it."""
    return describe_age(resident.birth_date, on)
