"""Recaps of posts that are still on paper, typed by the desa or kelurahan (flows 25)."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from services.audit.actions import Verb, note
from services.posyandu.models import Posyandu
from services.web.refusals import Refusal
from services.web.rules import month_text

from ..models import PaperRecap


class NoLongerOnPaper(Refusal):
    """The post records itself from its "mulai pakai" month on: its recap is derived and never typed."""

    def __init__(self, posyandu: Posyandu, month: date):
        super().__init__(
            f"{posyandu} sudah mencatat sendiri pada {month_text(month)}. "
            "Rekapnya dihitung dari kunjungan, jadi tidak perlu diketik."
        )


@transaction.atomic
def save_paper_recap(
    *, posyandu: Posyandu, month: date, values: Mapping[str, Mapping[str, int]], by, today: date
) -> PaperRecap:
    """Keep what the paper recap of a post says. Raises Refusal for a post that is live that month, or a month ahead."""
    if posyandu.is_live(month):
        raise NoLongerOnPaper(posyandu, month)
    if month > today:
        raise Refusal(f"Bulan {month_text(month)} belum tiba.")
    typed = {"values": {form: dict(columns) for form, columns in values.items()}, "typed_by": by}
    row, is_new = posyandu.paper_recaps.update_or_create(month=month, defaults={**typed, "typed_at": timezone.now()})
    note(by=by, verb=Verb.CREATE if is_new else Verb.UPDATE, on=row, place=posyandu.path, bulan=f"{month:%Y-%m}")
    return row
