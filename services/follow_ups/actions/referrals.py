"""The one writer of referrals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from services.areas.scope import Scope
from services.audit.actions import Verb, note
from services.posyandu.actions import hold_month_open
from services.posyandu.models import Facility, Posyandu
from services.records.models import Encounter
from services.residents.models import Resident
from services.web.ids import uuid7
from services.web.refusals import Refusal

from ..models import Need, NeedEvent, Referral, ReferralEvent
from ..rules import may_become, slip_code
from .needs import close_need, remember

TWICE = "Orang ini sudah dirujuk atau sudah ditangani pada kunjungan itu. Lihat daftar rujukan."


@dataclass(frozen=True)
class Settled:
    """One finding of a day, and what the bidan decided: 'di_tempat' or 'dirujuk'."""

    encounter: Encounter
    resident: Resident
    reason: str
    decision: str


@transaction.atomic
def make_referral(
    *,
    posyandu: Posyandu,
    resident: Resident,
    reason: str,
    on: date,
    by,
    facility: Facility | None = None,
    place: str = "",
    encounter: Encounter | None = None,
    urgency: str = Referral.Urgency.NORMAL,
) -> Referral:
    """Send somebody to a health facility, with a slip. Raises MonthLocked, and Refusal for a second one of that day."""
    if facility is None and not place:
        raise Refusal("Pilih dulu ke mana dirujuk.", status=422, field="facility")
    hold_month_open(posyandu_id=posyandu.pk, day=on)
    key = uuid7()
    referral = Referral(
        id=key,
        code=slip_code(str(key)),
        posyandu=posyandu,
        resident=resident,
        encounter=encounter,
        facility=facility,
        place=place,
        reason=reason[:300],
        urgency=urgency,
        made_on=on,
        made_by=by,
    )
    _insert(referral, by)
    note(by=by, verb=Verb.CREATE, on=referral, place=posyandu.path)
    _tell_needs(referral, by)
    return referral


def _insert(referral: Referral, by) -> None:
    try:
        with transaction.atomic():
            referral.save(force_insert=True)
    except IntegrityError:
        raise Refusal(TWICE) from None
    ReferralEvent.objects.create(referral=referral, state=referral.state, on=referral.made_on, author=by)


def _tell_needs(referral: Referral, by) -> None:
    """Her open needs remember that she was sent on."""
    for need in _needs_of(referral).exclude(kind="RUJUKAN_TAK_DATANG"):
        remember(need=need, what=NeedEvent.What.REFERRED, on=max(referral.made_on, need.opened_on), by=by,
                 words=referral.destination, encounter=referral.encounter)  # fmt: skip


def _needs_of(referral: Referral):
    here = Scope(user_id=None, posyandu=frozenset({referral.posyandu_id}))
    return Need.objects.within(here).filter(resident=referral.resident_id, closed_on__isnull=True)


@transaction.atomic
def answer_referrals(
    *, referrals: Iterable[Referral], state: str, on: date, by, feedback: str = "", is_verbal: bool = False
) -> int:
    """Say what became of several referrals at once; how many changed. Those that cannot go there stay as they are."""
    changed = 0
    for referral in referrals:
        held = _held(referral)
        if not may_become(held.state, state):
            continue
        held.state, held.answered_on = state, on
        held.feedback = feedback[:300] or held.feedback
        held.save(update_fields=["state", "answered_on", "feedback"])
        ReferralEvent.objects.create(
            referral=held, state=state, on=on, note=feedback[:300], is_verbal=is_verbal, author=by
        )
        note(by=by, verb=Verb.UPDATE, on=held, place=held.posyandu.path, changed=("state",), menjadi=state)
        if state != Referral.State.NO_SHOW:
            _answered(held, on, by)
        changed += 1
    return changed


def _answered(referral: Referral, on: date, by) -> None:
    for need in _needs_of(referral).filter(kind="RUJUKAN_TAK_DATANG").select_related("posyandu"):
        close_need(need=need, closed_as="rujukan_dijawab", on=on, by=by)


def _held(referral: Referral) -> Referral:
    here = Scope(user_id=None, posyandu=frozenset({referral.posyandu_id}))
    return Referral.objects.within(here).select_for_update(of=("self",)).select_related("posyandu").get(pk=referral.pk)


@transaction.atomic
def settle_findings(*, settled: Iterable[Settled], facility: Facility | None, on: date, by) -> tuple[int, int]:
    """The bidan's batch: (settled on the spot, sent out). A finding somebody settled meanwhile is passed over."""
    on_spot = sent = 0
    for one in settled:
        posyandu = one.encounter.posyandu
        details = {"posyandu": posyandu, "resident": one.resident, "reason": one.reason, "encounter": one.encounter}
        try:
            if one.decision == Referral.State.ON_SPOT:
                _on_spot(details, on, by)
                on_spot += 1
            else:
                make_referral(on=on, by=by, facility=facility or posyandu.facility, **details)
                sent += 1
        except Refusal as refusal:
            if refusal.message != TWICE:
                raise
    return on_spot, sent


def _on_spot(details: dict, on: date, by) -> None:
    hold_month_open(posyandu_id=details["posyandu"].pk, day=on)
    key = uuid7()
    reason = details.pop("reason")[:300]
    referral = Referral(
        id=key,
        code=slip_code(str(key)),
        state=Referral.State.ON_SPOT,
        reason=reason,
        made_on=on,
        made_by=by,
        answered_on=on,
        **details,
    )
    _insert(referral, by)
    note(by=by, verb=Verb.CREATE, on=referral, place=referral.posyandu.path)
