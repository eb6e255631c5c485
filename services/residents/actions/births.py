"""A birth that was written down by mistake is taken back: the children it made go, the pregnancy lasts again."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import ProtectedError

from services.audit.actions import Verb, note
from services.clinical.pregnancy import NEONATAL, POSTNATAL
from services.posyandu.actions import hold_month_open
from services.web.refusals import Refusal

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
