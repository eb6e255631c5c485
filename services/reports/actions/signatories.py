"""Who signs for a place: entered with the day the term begins, ended with the last day of it."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from services.audit.actions import Verb, note
from services.web.refusals import Refusal
from services.web.rules import short_date_text

from ..models import Signatory


@transaction.atomic
def add_signatory(*, signatory: Signatory, by) -> Signatory:
    """Enter who signs from a day on; whoever is in office without an end ends the day before.

    Raises Refusal (422) where the term overlaps one that has ended.
    """
    others = _others(signatory).select_for_update()
    before = others.filter(to_date=None, from_date__lt=signatory.from_date).first()
    if before is not None:
        before.to_date = signatory.from_date - timedelta(days=1)
        before.save(update_fields=["to_date"])
    overlapping = Q(to_date__gte=signatory.from_date) | Q(to_date=None)
    if signatory.to_date:
        overlapping &= Q(from_date__lte=signatory.to_date)
    clash = others.filter(overlapping).first()
    if clash is not None:
        raise Refusal(_clash_words(clash), status=422, field="from_date")
    signatory.save(force_insert=True)
    note(by=by, verb=Verb.CREATE, on=signatory, place=signatory.area_id or "")
    return signatory


@transaction.atomic
def end_signatory(*, signatory: Signatory, on: date, by) -> Signatory:
    """The last day of a term. Raises Refusal (422) before its first day."""
    if on < signatory.from_date:
        day = short_date_text(signatory.from_date)
        raise Refusal(f"Hari terakhir tidak boleh sebelum {day}, hari mulai menjabat.", status=422, field="to_date")
    signatory.to_date = on
    signatory.save(update_fields=["to_date"])
    note(by=by, verb=Verb.UPDATE, on=signatory, place=signatory.area_id or "", changed=("to_date",))
    return signatory


def _others(signatory: Signatory):
    return signatory.of_same_place.exclude(pk=signatory.pk)


def _clash_words(clash: Signatory) -> str:
    until = f"sampai {short_date_text(clash.to_date)}" if clash.to_date else "dan belum berakhir"
    return f"{clash.name} tercatat menjabat sejak {short_date_text(clash.from_date)} {until}. Periksa tanggalnya."
