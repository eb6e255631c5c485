"""Opening a sent month for a while, and taking what changed into the next version (design 8)."""

from collections.abc import Container
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from services.areas import clock
from services.audit.actions import Verb, note
from services.posyandu.models import Correction, Period
from services.records.growth import take_in_proposals
from services.web.refusals import Refusal
from services.web.rules import number_text

from ..figures import CorrectionLine, Figure, names_apart, report_from
from ..models import MonthlyReport, MonthMove
from ..queries.months import levels_at
from ..rules import OPEN, Level, State, differences, holder_of
from .freezing import freeze_version
from .moving import MonthMoved, freeze_attempt, latest_report, locked_period, remarks_of

LONGEST_LIST = 40


@transaction.atomic
def open_exception(*, period_id, until: datetime, reason: str, by, held: Container[Level]) -> MonthMove:
    """Let a sent month be written until a moment, by whoever holds it, with a reason. Raises MonthMoved, Refusal."""
    period = _held_period(period_id, held)
    if until <= timezone.now():
        raise Refusal("Pilih hari yang belum lewat.", status=422, field="until")
    period.exception_until, period.exception_reason = until, reason
    period.save(update_fields=["exception_until", "exception_reason", "changed_at"])
    take_in_proposals(period=period)
    note(
        by=by, verb=Verb.UPDATE, on=period, place=period.posyandu.path, reason=reason, dibuka_sampai=f"{until:%Y-%m-%d}"
    )
    return _step(period, by, note=reason, open_until=until)


class _Unchanged(Exception):
    """What the month says now is what was frozen of it."""


@transaction.atomic
def accept_corrections(*, period_id, what: str, by, held: Container[Level]) -> MonthlyReport | None:
    """Close the exception and keep what the month says now: after "final" as the next version, before as an attempt.

    All proposals that wait are taken in with it, and what recomputations would change is written; every figure that
    changed is listed. None where a month was opened and nothing changed: it is closed again. Raises MonthMoved, and
    Refusal when nothing changed in a month that was not opened.
    """
    period = _held_period(period_id, held)
    try:
        with transaction.atomic():
            row = _take_in_changes(period, what, by)
    except _Unchanged:
        if period.exception_until is None:
            message = "Belum ada yang berubah di bulan ini. Koreksi dulu isiannya, lalu terima."
            raise Refusal(message) from None
        row = None
        _decide(period.corrections.filter(proposed_by=None), by, None)  # written when it was opened
    period.exception_until, period.exception_reason = None, ""
    period.save(update_fields=["exception_until", "exception_reason", "changed_at"])
    _step(period, by, note=what, report=row)
    version = row.version if row else None
    note(by=by, verb=Verb.UPDATE, on=period, place=period.posyandu.path, reason=what[:200], versi=version)
    return row


def _take_in_changes(period: Period, what: str, by) -> MonthlyReport:
    before = latest_report(period)
    recomputed = take_in_proposals(period=period)
    attempt = freeze_attempt(period=period, by=by)
    old = report_from(before.document) if before else None
    new = report_from(attempt.document)
    changed = differences(old.figures, new.figures) if old else ()
    if old and not recomputed and not changed and old.narrative == new.narrative and old.days == new.days:
        raise _Unchanged
    row = attempt
    today = clock.today(period.posyandu.area_id)
    if period.state == State.FINAL:
        line = _line(what, today, old, new, changed)
        row = freeze_version(attempt=attempt, by=by, on=today, remarks=remarks_of(period), corrections=[line])
    _decide(period.corrections, by, row.version)
    return row


def _decide(corrections, by, version: int | None) -> None:
    waiting = corrections.filter(state=Correction.State.PROPOSED)
    waiting.update(state=Correction.State.ACCEPTED, decided_by=by, decided_at=timezone.now(), version=version)


@transaction.atomic
def refuse_correction(*, correction: Correction, reason: str, by, held: Container[Level]) -> None:
    """A proposal is not taken in, with a reason that its asker reads. Raises MonthMoved, also when it was decided."""
    period = _held_period(correction.period_id, held)
    waiting = period.corrections.filter(pk=correction.pk, state=Correction.State.PROPOSED)
    values = {"decided_by": by, "decided_at": timezone.now(), "decided_reason": reason}
    if not waiting.update(state=Correction.State.REFUSED, **values):
        raise MonthMoved("Usul ini sudah diputuskan. Muat ulang halaman ini, lalu lihat lagi.")
    note(by=by, verb=Verb.UPDATE, on=correction, place=period.posyandu.path, changed=("state",), reason=reason[:200])


def _held_period(period_id, held: Container[Level]) -> Period:
    period = locked_period(period_id)
    area = period.posyandu.area_id
    if period.state in OPEN or holder_of(period.state, levels_at(area, clock.today(area))) not in held:
        raise MonthMoved("Laporan ini sekarang tidak di tangan Ibu/Bapak. Muat ulang halaman ini, lalu lihat lagi.")
    return period


def _step(period: Period, by, **details) -> MonthMove:
    area = period.posyandu.area_id
    level = holder_of(period.state, levels_at(area, clock.today(area)))
    return MonthMove.objects.create(
        period=period, from_state=period.state, to_state=period.state, level=level, by=by, **details
    )


def _line(what, on, old, new, changed) -> CorrectionLine:
    names = names_apart(new.figures, new.sections)
    told = tuple(
        f"{names[key]}: {_value(old.figures.get(key))} → {_value(new.figures[key])}" for key in changed[:LONGEST_LIST]
    )
    more = (f"dan {len(changed) - LONGEST_LIST} angka lain",) if len(changed) > LONGEST_LIST else ()
    return CorrectionLine(version=0, on=on, what=what, figures=(*told, *more))


def _value(figure: Figure | None) -> str:
    if figure is None or not figure.is_known:
        return figure.state.words if figure else "–"
    return number_text(figure.value)
