from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from services.areas.scope import Scope
from services.records.models import Record
from services.records.queries import measurement_at
from services.records.results import Result, results_of
from services.records.thresholds import limits_on

from ..models import OpenDay
from .roster import person_at


@dataclass(frozen=True)
class Told:
    """What the card that was saved last came to: whose it is, where it stands, and what needs eyes, urgent first."""

    name: str
    url: str
    results: tuple[Result, ...]
    refer_url: str = ""


def results_told(day: OpenDay, scope: Scope, record_id: str) -> Told | None:
    """The results of one card of the day that need eyes; None where there are none, or where the id says nothing."""
    try:
        pk = UUID(record_id)
    except ValueError:
        return None
    rows = Record.objects.within(scope).filter(pk=pk, encounter=day.encounter_id, resident__isnull=False)
    record = rows.select_related("resident").first()
    if record is None:
        return None
    person, _ = person_at(day, record.resident, scope)
    found = results_of(
        measurement_at(day.encounter, person.id, scope),
        stages=person.stages,
        sex=record.resident.sex,
        age_months=person.age_months,
        answers={record.form: record.answers},
        limits=limits_on(day.posyandu.area_id, day.date),
    )
    needing = tuple(result for result in found if result.refer != "tidak")
    refer = f"{reverse('follow_ups:referral_new', args=[person.id])}?pertemuan={day.encounter_id}"
    url = reverse("open_days:record_edit", args=[day.pk, person.id, record.form])
    return Told(person.name, url, needing, "" if person.is_guest else refer) if needing else None
