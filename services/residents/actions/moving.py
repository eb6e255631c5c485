"""Moving, moving away and dying: a residency ends on a day, and with a move the next begins."""

from datetime import date

from django.db import IntegrityError, transaction

from services.areas import clock
from services.areas.scope import Scope
from services.audit.actions import Verb, note
from services.posyandu.actions import hold_month_open
from services.posyandu.models import Posyandu
from services.web.refusals import Refusal

from ..fields import claim_hash
from ..models import Birth, Household, Pregnancy, Residency, Resident
from .households import add_household, change_household
from .people import claim_nik


@transaction.atomic
def end_residency(
    *, residency: Residency, on: date, ended: str, by, destination: str = "", reason: str = ""
) -> Residency:
    """Say that somebody no longer lives here from a day on. Raises Refusal for dates out of order or a second end."""
    check_day(residency, on)
    if residency.to_date is not None:
        raise Refusal("Ia sudah tercatat tidak tinggal di sini lagi.", status=409)
    hold_month_open(posyandu_id=residency.posyandu_id, day=on)
    residency.to_date, residency.ended = on, ended
    residency.destination, residency.end_reason = destination, reason
    residency.save(update_fields=["to_date", "ended", "destination", "end_reason"])
    note(by=by, verb=Verb.UPDATE, on=residency, place=residency.posyandu.path, changed=("to_date", "ended"))
    return residency


def move_out(*, residency: Residency, on: date, destination: str, by, reason: str = "") -> Residency:
    """She moved to where this register does not reach."""
    return end_residency(
        residency=residency, on=on, ended=Residency.Ended.MOVED_OUT, by=by, destination=destination, reason=reason
    )


@transaction.atomic
def move_to(
    *,
    residency: Residency,
    posyandu: Posyandu,
    household: Household | None,
    on: date,
    by,
    relation: str = "",
    reason: str = "",
    scope: Scope | None = None,
) -> Residency:
    """She moved to another household or posyandu: this residency ends and the next begins on the same day.

    Raises Refusal (422) when she lives there already or the dates are out of order.
    """
    if household is not None and household.pk == residency.household_id:
        raise Refusal("Ia sudah tinggal di keluarga ini. Pilih keluarga yang lain.", status=422, field="household")
    moved = posyandu.pk != residency.posyandu_id
    if not moved and household is None:
        raise Refusal("Ia sudah tinggal di posyandu ini.", status=422, field="place_name")
    end_residency(
        residency=residency,
        on=on,
        ended=Residency.Ended.MOVED_OUT if moved else Residency.Ended.HOUSEHOLD,
        by=by,
        destination=str(posyandu) if moved else str(household or ""),
        reason=reason,
    )
    hold_month_open(posyandu_id=posyandu.pk, day=on)
    following = Residency(
        resident=residency.resident,
        household=household,
        posyandu=posyandu,
        from_date=on,
        began=Residency.Began.MOVED_IN if moved else Residency.Began.HOUSEHOLD,
        relation=relation,
        recorded_by=by,
    )
    _open(following, scope, force_insert=True)
    note(by=by, verb=Verb.CREATE, on=following, place=posyandu.path)
    return following


@transaction.atomic
def move_together(
    *,
    residencies: list[Residency],
    posyandu: Posyandu,
    household: Household | None,
    on: date,
    by,
    reason: str = "",
    scope: Scope | None = None,
) -> Household:
    """A whole household moved. Without one to join, a household with the same head and no_kk is made there."""
    old = residencies[0].household
    joined = household or add_household(posyandu=posyandu, head_name=old.head_name, phone=old.phone, by=by)
    for residency in residencies:
        move_to(
            residency=residency,
            posyandu=posyandu,
            household=joined,
            on=on,
            by=by,
            relation=residency.relation,
            reason=reason,
            scope=scope,
        )
    if household is None and old.no_kk:  # free now that everybody has left the old house
        change_household(household=joined, by=by, no_kk=old.no_kk, scope=scope)
    return joined


def _open(residency: Residency, scope: Scope | None, **how) -> None:
    """Save the residency as an open one. A NIK that somebody in its kab/kota has stays hers, but waits for matching."""
    resident = residency.resident
    to_match = claim_nik(nik=resident.nik, posyandu=residency.posyandu, besides=resident, scope=scope)
    residency.nik_claim = None if to_match else claim_hash(resident.nik, residency.posyandu.area_id)
    try:
        with transaction.atomic():
            residency.save(**how)
    except IntegrityError:
        if not claim_nik(nik=resident.nik, posyandu=residency.posyandu, besides=resident, scope=scope):
            raise
        to_match, residency.nik_claim = True, None
        residency.save(**how)
    if to_match:
        resident.nik_to_match = True
        resident.save(update_fields=["nik_to_match"])


@transaction.atomic
def return_home(*, residency: Residency, on: date | None, by, scope: Scope | None = None) -> Residency:
    """Somebody who left lives here again since a day; with `on` None her leaving (or death) was written down wrongly
    and is taken back. Raises Refusal when she lives somewhere now, or for dates out of order.
    """
    resident = residency.resident
    if resident.residencies.filter(to_date__isnull=True, kind=Residency.Kind.RESIDENT).exists():
        raise Refusal("Ia tercatat tinggal di posyandu lain. Minta posyandu itu mencatat pindahnya.")
    if on is None:
        return _take_back_end(residency, by, scope)
    if resident.died_on:
        raise Refusal("Ia tercatat meninggal. Kalau itu keliru, pilih “Salah catat”.", status=422, field="kind")
    check_day(residency, on)
    if on < residency.to_date:
        raise Refusal("Tanggalnya sebelum ia pindah. Periksa lagi.", status=422, field="on")
    hold_month_open(posyandu_id=residency.posyandu_id, day=on)
    following = Residency(
        resident=resident,
        household=residency.household,
        posyandu=residency.posyandu,
        relation=residency.relation,
        from_date=on,
        began=Residency.Began.MOVED_IN,
        recorded_by=by,
    )
    _open(following, scope, force_insert=True)
    note(by=by, verb=Verb.CREATE, on=following, place=residency.posyandu.path)
    return following


def _take_back_end(residency: Residency, by, scope: Scope | None) -> Residency:
    """As if she had never left: the month in which she did must still be open."""
    hold_month_open(posyandu_id=residency.posyandu_id, day=residency.to_date)
    residency.to_date, residency.ended, residency.destination, residency.end_reason = None, "", "", ""
    _open(residency, scope, update_fields=["to_date", "ended", "destination", "end_reason", "nik_claim"])
    _live_on(residency.resident)
    note(by=by, verb=Verb.UPDATE, on=residency, place=residency.posyandu.path, changed=("to_date", "ended"))
    return residency


def _live_on(resident: Resident) -> None:
    """A death written down wrongly is taken back, and with it the end it gave to a pregnancy."""
    if resident.died_on is None:
        return
    ended = resident.pregnancies.filter(ended_on=resident.died_on, outcome=Pregnancy.Outcome.OTHER)
    ended.update(ended_on=None, outcome="")
    for birth in resident.births.filter(condition=Birth.Condition.DIED):
        birth.condition = Birth.Condition.ALIVE
        birth.save(update_fields=["condition"])
    _pregnancies_of_child(resident).filter(nursing_until=resident.died_on).update(nursing_until=None)
    resident.died_on = None
    resident.save(update_fields=["died_on"])


@transaction.atomic
def record_death(*, residency: Residency, on: date, by) -> Resident:
    """Write down that a person died. Her residency ends that day, and a pregnancy with it. Raises Refusal."""
    resident = residency.resident
    if on < resident.birth_date:
        raise Refusal("Tanggalnya sebelum tanggal lahir. Periksa lagi.", status=422, field="on")
    end_residency(residency=residency, on=on, ended=Residency.Ended.DIED, by=by)
    resident.died_on = on
    resident.save(update_fields=["died_on"])
    for pregnancy in resident.pregnancies.filter(ended_on__isnull=True):
        pregnancy.ended_on, pregnancy.outcome = max(on, pregnancy.registered_on), Pregnancy.Outcome.OTHER
        pregnancy.save(update_fields=["ended_on", "outcome"])
    _end_nursing(resident)
    note(by=by, verb=Verb.UPDATE, on=resident, place=residency.posyandu.path, changed=("died_on",))
    return resident


def _end_nursing(child: Resident) -> None:
    """Her mother is asked about nursing no more, when no other child of that birth lives."""
    for pregnancy in _pregnancies_of_child(child):
        if not pregnancy.births.filter(child__isnull=False, child__died_on__isnull=True).exists():
            pregnancy.nursing_until = child.died_on
            pregnancy.save(update_fields=["nursing_until"])


def _pregnancies_of_child(child: Resident):
    return Pregnancy.objects.unscoped(reason="the pregnancy a child was born of").filter(births__child=child)


def check_day(residency: Residency, on: date, field: str = "on") -> None:
    """Raises Refusal (422) for a day ahead, before she was born, or before she lived here."""
    if on > clock.today(residency.posyandu.area_id):
        raise Refusal("Tanggalnya belum tiba. Periksa lagi.", status=422, field=field)
    if on < residency.resident.birth_date:
        raise Refusal("Tanggalnya sebelum ia lahir. Periksa lagi.", status=422, field=field)
    if on < residency.from_date:
        raise Refusal("Tanggalnya sebelum ia mulai tinggal di sini. Periksa lagi.", status=422, field=field)
