"""The one writer of home visits."""

from datetime import date

from django.db import transaction

from services.areas import clock
from services.audit.actions import Verb, note
from services.records.actions import start_encounter
from services.records.models import Encounter
from services.residents.models import Household, Resident
from services.web.refusals import Refusal

from .models import HomeVisit


@transaction.atomic
def record_visit(
    *,
    household: Household,
    resident: Resident | None,
    day: date,
    by,
    next_date: date | None = None,
    companions=(),
    **details,
) -> HomeVisit:
    """Record a visit to a house. Raises MonthLocked, and Refusal for a day ahead or a next visit before this one."""
    if next_date is not None and next_date <= day:
        raise Refusal("Kunjungan berikutnya harus sesudah kunjungan ini.", status=422, field="next_date")
    posyandu = household.posyandu
    encounter = start_encounter(kind=Encounter.Kind.HOME_VISIT, posyandu=posyandu, day=day, by=by)
    visit = HomeVisit.objects.create(
        encounter=encounter,
        posyandu=posyandu,
        household=household,
        resident=resident,
        date=day,
        next_date=next_date,
        visited_by=by,
        **details,
    )
    visit.companions.set(companions)
    note(by=by, verb=Verb.CREATE, on=visit, place=posyandu.path)
    return visit


def today_at(household: Household) -> date:
    return clock.today(household.posyandu.area_id)
