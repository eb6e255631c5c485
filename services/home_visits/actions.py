"""The one writer of home visits."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from services.areas import clock
from services.areas.scope import Scope
from services.audit.actions import Verb, note
from services.follow_ups.actions import Visited, answer_referrals, open_need, visit_needs
from services.follow_ups.models import Need, Referral
from services.posyandu.actions import hold_month_open
from services.records.actions import start_encounter
from services.records.models import Encounter
from services.residents.models import Household, Residency, Resident
from services.web.refusals import Refusal

from .models import HomeVisit
from .rules import lapse_in_words

MET = HomeVisit.Outcome.MET


@transaction.atomic
def record_visit(
    *,
    household: Household,
    resident: Resident | None,
    day: date,
    by,
    reason: str,
    outcome: str,
    needs: Iterable[Need] = (),
    answers: dict[str, str] | None = None,
    next_date: date | None = None,
    companions=(),
    second: bool = False,
    **details,
) -> HomeVisit:
    """Record a visit to a house, and what it does to the needs it was made for.

    Raises MonthLocked, and Refusal: a day ahead, a next visit before this one, a day before a need, a person who lives
    there no more, or (409, unless `second`) a house that somebody visited that day already.
    """
    _check_dates(day, next_date)
    posyandu = household.posyandu
    encounter = start_encounter(kind=Encounter.Kind.HOME_VISIT, posyandu=posyandu, day=day, by=by)
    _check_house(household, day, second)
    _check_person(resident, household, day)
    visit = HomeVisit.objects.create(
        encounter=encounter,
        posyandu=posyandu,
        household=household,
        resident=resident,
        date=day,
        reason=reason,
        outcome=outcome,
        answers={reason: answers} if answers else {},
        next_date=next_date,
        visited_by=by,
        **details,
    )
    visit.companions.set(companions)
    note(by=by, verb=Verb.CREATE, on=visit, place=posyandu.path)
    settle(visit=visit, needs=needs, next_date=next_date, answers=answers or {}, by=by)
    return visit


@transaction.atomic
def continue_visit(
    *, visit: HomeVisit, need: Need, answers: dict[str, str], by, next_date: date | None = None
) -> HomeVisit:
    """Deal with another need at the same visit ("Masih ada 2 hal di rumah ini")."""
    _check_dates(visit.date, next_date)
    held = _held(visit)
    held.answers = {**held.answers, need.kind: {**held.answers.get(need.kind, {}), **answers}}
    held.save(update_fields=["answers"])
    note(by=by, verb=Verb.UPDATE, on=held, place=held.posyandu.path, changed=("answers",))
    settle(visit=held, needs=[need], next_date=next_date, answers=answers, by=by)
    return held


@transaction.atomic
def report_danger(*, visit: HomeVisit, to: str, on: date, by) -> HomeVisit:
    """Say to which health worker the danger sign was told, when and by whom. Raises Refusal for a day out of order."""
    held = _held(visit)
    if on < held.date or on > clock.today(held.posyandu.area_id):
        raise Refusal("Tanggal lapor tidak sebelum kunjungan dan tidak sesudah hari ini.", status=422, field="on")
    held.reported_to, held.reported_on, held.reported_by = to, on, by
    held.save(update_fields=["reported_to", "reported_on", "reported_by"])
    note(by=by, verb=Verb.UPDATE, on=held, place=held.posyandu.path, changed=("reported_to", "reported_on"))
    return held


def settle(*, visit: HomeVisit, needs: Iterable[Need], next_date: date | None, answers: dict[str, str], by) -> None:
    """Close or carry on what the visit was made for; a house that was met has had its yearly visit too."""
    chosen = {need.pk: need for need in needs}
    met = visit.outcome == MET
    if met and not chosen and (lapse := lapse_in_words(answers)):
        found = _opened_by(visit, lapse, by)
        chosen = {found.pk: found}
    if met:
        routine = _needs_at(visit).filter(kind="RUTIN", resident__isnull=True, opened_on__lte=visit.date)
        chosen |= {need.pk: need for need in routine if need.pk not in chosen}
    visited = Visited(visit.date, met, next_date, visit.get_outcome_display(), lapsed=bool(lapse_in_words(answers)))
    visit_needs(
        needs=sorted(chosen.values(), key=lambda need: need.pk),
        visited=visited,
        posyandu=visit.posyandu,
        by=by,
        encounter=visit.encounter,
    )
    if met and "sudah_ke_rujukan" in answers:
        _verbal_feedback(visit, chosen.values(), answers["sudah_ke_rujukan"], by)


def _opened_by(visit: HomeVisit, lapse: str, by) -> Need:
    """A visit that nothing called for heard that the medicine is missing or not taken."""
    return open_need(
        posyandu=visit.posyandu, kind=visit.reason, words=lapse, on=visit.date, by=by, household=visit.household,
        resident=visit.resident,
    )  # fmt: skip


def _verbal_feedback(visit: HomeVisit, needs: Iterable[Need], state: str, by) -> None:
    people = {need.resident_id for need in needs if need.kind == "RUJUKAN_TAK_DATANG"}
    here = Scope(user_id=None, posyandu=frozenset({visit.posyandu_id}))
    open_ones = Referral.objects.within(here).filter(resident__in=people).exclude(state__in=("selesai", "di_tempat"))
    answer_referrals(referrals=open_ones, state=state, on=visit.date, by=by, is_verbal=True)


def _needs_at(visit: HomeVisit):
    here = Scope(user_id=None, posyandu=frozenset({visit.posyandu_id}))
    return Need.objects.within(here).filter(household=visit.household_id, closed_on__isnull=True)


def _held(visit: HomeVisit) -> HomeVisit:
    hold_month_open(posyandu_id=visit.posyandu_id, day=visit.date)
    here = Scope(user_id=None, posyandu=frozenset({visit.posyandu_id}))
    rows = HomeVisit.objects.within(here).select_for_update(of=("self",))
    return rows.select_related("posyandu", "encounter", "household").get(pk=visit.pk)


def _check_dates(day: date, next_date: date | None) -> None:
    if next_date is not None and next_date <= day:
        raise Refusal("Kunjungan berikutnya harus sesudah kunjungan ini.", status=422, field="next_date")


def _check_house(household: Household, day: date, second: bool) -> None:
    """One visit a day, unless it truly was another. The house is locked, so that two kader cannot both be first."""
    here = Scope(user_id=None, posyandu=frozenset({household.posyandu_id}))
    Household.objects.within(here).select_for_update().values_list("pk").get(pk=household.pk)
    earlier = household.visits.filter(date=day).select_related("visited_by").first()
    if earlier is not None and not second:
        raise Refusal(
            f"{earlier.visited_by} sudah mencatat kunjungan ke rumah ini pada tanggal itu. Bila Ibu/Bapak ikut, buka "
            "kunjungan itu dari halaman keluarga. Bila ini kunjungan lain, centang “Kunjungan lain pada hari yang "
            "sama”, lalu simpan lagi.",
            field="second",
        )


def _check_person(resident: Resident | None, household: Household, day: date) -> None:
    if resident is None:
        return
    lives_there = resident.residencies.filter(
        Residency.on_day(day), household=household, kind=Residency.Kind.RESIDENT
    ).exists()
    if lives_there:
        return
    if resident.merged_into_id:
        said = f"Catatan {resident.name} sudah digabung dengan catatan lain. Muat ulang halaman ini."
    elif resident.died_on:
        said = f"{resident.name} sudah tercatat meninggal. Pilih orang lain, atau “Seluruh keluarga”."
    else:
        said = f"{resident.name} tidak tinggal di rumah ini pada tanggal itu. Pilih orang lain."
    raise Refusal(said, status=422, field="resident")


def today_at(household: Household) -> date:
    """Today where this household lives."""
    return clock.today(household.posyandu.area_id)
