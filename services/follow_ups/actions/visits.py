"""What a visit does to the needs of a house. Called by home_visits, which knows the visit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from services.areas.settings import FAILED_ATTEMPTS, MEDICINE_VISIT_DAYS, NEXT_VISIT_DAYS, values_of
from services.posyandu.models import Posyandu
from services.web.refusals import Refusal
from services.web.rules import short_date_text

from ..models import Need, NeedEvent
from ..rules import KINDS
from .needs import close_need, hand_to_village, hold, remember

What = NeedEvent.What


@dataclass(frozen=True)
class Visited:
    """What the visit found, as far as needs are concerned. `next_date` carries a need on to that day; `lapsed` says
    that medicine was missing or not taken."""

    day: date
    met: bool
    next_date: date | None = None
    words: str = ""
    lapsed: bool = False


@transaction.atomic
def visit_needs(*, needs: Iterable[Need], visited: Visited, posyandu: Posyandu, by, encounter=None) -> None:
    """Close or carry on these needs after a visit.

    Met: closed, unless a next date was promised, a treatment has lapsed, or the kind is chronic; those wait for their
    next visit. Not met: one more attempt; after the district's number of attempts the desa takes over. Raises Refusal
    (422) for a visit dated before the need.
    """
    limits = values_of((FAILED_ATTEMPTS, NEXT_VISIT_DAYS, MEDICINE_VISIT_DAYS), posyandu.area_id, visited.day)
    for need in needs:
        held = hold(need=need)
        _check(held, visited)
        if visited.met:
            _met(held, visited, _next_date(held, visited, limits), by, encounter)
        else:
            _not_met(held, visited, limits[FAILED_ATTEMPTS.key], by, encounter)


def _check(need: Need, visited: Visited) -> None:
    if visited.day < need.opened_on:
        opened = short_date_text(need.opened_on)
        raise Refusal(
            f"Keperluan ini baru ada sejak {opened}, jadi kunjungannya tidak mungkin sebelum itu. Periksa tanggalnya.",
            status=422,
            field="date",
        )


def _next_date(need: Need, visited: Visited, limits: dict) -> date | None:
    """When a need that was met is visited again; None when it is dealt with."""
    kind = KINDS[need.kind]
    if visited.next_date is not None:
        return visited.next_date
    if visited.lapsed and kind.is_treated:
        return visited.day + timedelta(days=limits[MEDICINE_VISIT_DAYS.key])
    return visited.day + timedelta(days=limits[NEXT_VISIT_DAYS.key]) if kind.is_chronic else None


def _met(need: Need, visited: Visited, next_date: date | None, by, encounter) -> None:
    remember(need=need, what=What.MET, on=visited.day, by=by, words=visited.words, encounter=encounter)
    if need.closed_on is not None:
        return
    if next_date is None:
        close_need(need=need, closed_as="dikunjungi", on=visited.day, by=by, encounter=encounter)
        return
    need.planned_on, need.attempts, need.state = next_date, 0, Need.State.OPEN
    need.save(update_fields=["planned_on", "attempts", "state"])


def _not_met(need: Need, visited: Visited, at_most: int, by, encounter) -> None:
    remember(need=need, what=What.NOT_MET, on=visited.day, by=by, words=visited.words, encounter=encounter)
    if need.closed_on is not None:
        return
    need.attempts += 1
    need.planned_on = visited.next_date
    need.save(update_fields=["attempts", "planned_on"])
    if need.attempts >= at_most and need.state == Need.State.OPEN:
        hand_to_village(need=need, on=visited.day, by=by, encounter=encounter)
