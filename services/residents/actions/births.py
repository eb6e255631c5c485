"""A birth after it was written down: it follows its child's corrected day, and a mistaken one is taken back."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import ProtectedError

from services.areas.clock import month_of
from services.audit.actions import Verb, note
from services.clinical.pregnancy import ANTENATAL, NEONATAL, POSTNATAL, birth_fault
from services.posyandu.actions import hold_month_open, propose_correction
from services.web.refusals import Refusal
from services.web.rules import month_text, short_date_text

from ..models import Birth, Consent, Pregnancy, Residency, Resident
from .merging import all_rows, relations

GOES_ALONG = {Birth, Consent}
# What a child may have, by table; the apps above are not known here.
_WORDS = {
    "records.attendance": "hadir di hari buka atau kunjungan",
    "records.record": "isian kartu",
    "records.measurement": "hasil ukur",
    "residents.watchedcondition": "pantauan",
    "follow_ups.referral": "rujukan",
    "home_visits.homevisit": "kunjungan rumah",
    "tickets.ticket": "laporan warga",
}


@transaction.atomic
def cancel_birth(*, pregnancy: Pregnancy, reason: str, by) -> None:
    """Take a birth back, with the children it made, while its month is open and nothing else is known of them.

    Raises MonthLocked, and Refusal: without a reason (422), without a birth, after contacts that follow a birth, in a
    later pregnancy, or for a child who has records.
    """
    if not reason.strip():
        raise Refusal("Tulis mengapa kelahiran ini dibatalkan.", status=422, field="reason")
    births = list(pregnancy.births.select_related("child", "posyandu"))
    children = [birth.child for birth in births if birth.child]
    _check_pregnancy(pregnancy, births)
    for birth in births:
        for day in filter(None, (birth.born_on, birth.child.died_on if birth.child else None)):
            hold_month_open(posyandu_id=birth.posyandu_id, day=day)
    for child in children:
        _check_child(child)
    for birth in births:
        note(by=by, verb=Verb.DELETE, on=birth, place=birth.posyandu.path, reason=reason.strip()[:200])
        birth.delete()
    for child in children:
        _forget(child, births[0].posyandu.path, reason, by)
    _reopen(pregnancy, births[0].posyandu.path, reason, by)


def follow_child(*, child: Resident, before: date, by) -> None:
    """Her birth date was `before`: the birth of that day, and the pregnancy that ended with it, follow the new one,
    and her sex.

    Her birth counts in another month then; of one that was sent this is a proposed correction. Raises Refusal (422)
    where the new day does not fit what is known of the pregnancy. In the transaction of the correction.
    """
    for birth in child.births.select_related("pregnancy", "posyandu"):
        if birth.sex != child.sex:
            birth.sex = child.sex
            birth.save(update_fields=["sex"])
        if birth.born_on == before != child.birth_date:
            _move_birth(birth, child, by)
            if birth.pregnancy.ended_on == before:
                _move_end(birth.pregnancy, birth.posyandu.path, by)


def _move_birth(birth: Birth, child: Resident, by) -> None:
    before, birth.born_on = birth.born_on, child.birth_date
    _check_move(birth.pregnancy, birth)
    birth.save(update_fields=["born_on"])
    note(by=by, verb=Verb.UPDATE, on=birth, place=birth.posyandu.path, changed=("born_on",))
    months = {month_of(before), month_of(birth.born_on)}
    what = f"Tanggal lahir seorang bayi dibetulkan: lahir bulan {month_text(birth.born_on)}, bukan {month_text(before)}"
    for month in sorted(months) if len(months) > 1 else ():
        propose_correction(posyandu_id=birth.posyandu_id, month=month, what=what, row=f"kelahiran:{birth.pk}")


def _check_move(pregnancy: Pregnancy, birth: Birth) -> None:
    fault = birth_fault(pregnancy.lmp_on, pregnancy.is_estimate, birth.born_on)
    if not fault and birth.born_on < pregnancy.registered_on:
        on = short_date_text(pregnancy.registered_on)
        fault = f"Kehamilan ibunya dicatat {on}, sesudah tanggal lahir ini. Periksa lagi."
    contacts = pregnancy.contacts.filter(kind__in=(*POSTNATAL, *NEONATAL), on__lt=birth.born_on)
    early = contacts.order_by("on").first()
    if not fault and early:
        fault = f"{early.kind} tercatat {short_date_text(early.on)}, sebelum tanggal lahir ini. Periksa lagi."
    if fault:
        raise Refusal(fault, status=422, field="birth_date")


def _move_end(pregnancy: Pregnancy, place: str, by) -> None:
    """The pregnancy ended with its last child."""
    pregnancy.ended_on = max(pregnancy.births.values_list("born_on", flat=True))
    late = pregnancy.contacts.filter(kind__in=ANTENATAL, on__gt=pregnancy.ended_on).order_by("on").first()
    if late:
        said = f"{late.kind} ibunya tercatat {short_date_text(late.on)}, sesudah tanggal lahir ini. Periksa lagi."
        raise Refusal(said, status=422, field="birth_date")
    pregnancy.save(update_fields=["ended_on"])
    note(by=by, verb=Verb.UPDATE, on=pregnancy, place=place, changed=("ended_on",))


def _check_pregnancy(pregnancy: Pregnancy, births: list[Birth]) -> None:
    if not births:
        raise Refusal("Kehamilan ini tidak punya kelahiran yang tercatat.")
    if pregnancy.resident.pregnancies.filter(ended_on__isnull=True).exists():
        raise Refusal("Ibunya sudah tercatat hamil lagi, jadi kelahiran ini tidak dapat dibatalkan.")
    after = list(pregnancy.contacts.filter(kind__in=(*POSTNATAL, *NEONATAL)).values_list("kind", flat=True))
    if after:
        raise Refusal(f"Sesudah kelahiran ini sudah dicatat {', '.join(sorted(set(after)))}. Hapus dulu catatan itu.")


def _check_child(child: Resident) -> None:
    found = [_WORDS.get(model._meta.label_lower, "catatan lain") for model in _tables_with(child)]
    if child.residencies.exclude(began=Residency.Began.BIRTH).exists():
        found.append("pindah rumah")
    if child.merged_into_id or child.merges.exists():
        found.append("digabung dengan catatan lain")
    if found:
        what = ", ".join(sorted(set(found)))
        raise Refusal(f"{child.name} sudah punya catatan lain: {what}. Kelahirannya tidak dapat dibatalkan.")


def _tables_with(child: Resident) -> Iterable:
    """The tables that know more of a child than her birth. What rules computed of her is no record."""
    for model, column in relations():
        if model in GOES_ALONG or getattr(model, "is_computed", False):
            continue
        if all_rows(model).filter(**{column: child}).exists():
            yield model


def _forget(child: Resident, place: str, reason: str, by) -> None:
    for model, column in relations():
        if getattr(model, "is_computed", False):
            all_rows(model).filter(**{column: child}).delete()
    note(by=by, verb=Verb.DELETE, on=child, place=place, reason=reason.strip()[:200])
    try:
        child.delete()
    except ProtectedError as error:
        raise Refusal(f"{child.name} sudah punya catatan lain. Kelahirannya tidak dapat dibatalkan.") from error


def _reopen(pregnancy: Pregnancy, place: str, reason: str, by) -> None:
    pregnancy.ended_on, pregnancy.nursing_until, pregnancy.outcome = None, None, ""
    pregnancy.birth_place = pregnancy.birth_helper = pregnancy.birth_way = ""
    columns = ("ended_on", "outcome", "nursing_until", "birth_place", "birth_helper", "birth_way")
    pregnancy.save(update_fields=columns)
    note(by=by, verb=Verb.UPDATE, on=pregnancy, place=place, changed=columns, reason=reason.strip()[:200])
