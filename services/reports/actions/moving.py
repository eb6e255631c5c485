"""The moves of a month: each under the row lock of its period, from the state its author saw, kept as a row."""

from collections.abc import Container, Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from services.areas import clock
from services.audit.actions import Verb, note
from services.posyandu.models import Correction, Period, Posyandu
from services.records.growth import take_in_proposals
from services.web.refusals import Refusal
from services.web.rules import month_text

from ..models import MonthlyReport, MonthMove
from ..monthly import counted_report, month_rows
from ..queries.months import calendar_of, levels_at, local_day, why_not_owed
from ..rules import ADDED_UP, NAMES, OPEN, UNVERIFIED, Level, State, find_move, holder_of, next_state, passes_on
from .freezing import freeze_report, freeze_rows, freeze_version

HELD = "the month of a post that the caller reached in scope, locked for its move"


class MonthMoved(Refusal):
    """Somebody else moved the month meanwhile, or this person's level has no such move from here."""


@transaction.atomic
def submit_month(
    *, posyandu: Posyandu, month: date, expected: str, by, held: Container[Level], comment: str = ""
) -> MonthMove:
    """The ketua sends a month that is over and owed: frozen as an attempt and locked. Raises Refusal, MonthMoved."""
    today = clock.today(posyandu.area_id)
    if clock.last_day(month) >= today:
        first = clock.next_month(month)
        raise Refusal(f"Bulan ini masih berjalan. Laporannya dikirim mulai 1 {month_text(first)}.", status=422)
    is_new = not posyandu.periods.filter(month=month).exclude(state=State.DRAFT).exists()
    not_owed = why_not_owed(posyandu, month) if is_new else ""
    if not_owed:
        raise Refusal(not_owed, status=422)
    posyandu.periods.get_or_create(month=month)
    period = posyandu.periods.select_for_update().get(month=month)
    return _take(period, State.SUBMITTED, expected=expected, by=by, held=held, words=comment)


@transaction.atomic
def move_month(
    *,
    period_id,
    to: str,
    expected: str,
    by,
    held: Container[Level],
    words: str = "",
    figure: str = "",
    row: str = "",
) -> MonthMove:
    """Take a sent month one step on, or return it with a note. Raises MonthMoved (409), Refusal (422) without a note.

    `expected` is the state its author saw; `held` are the levels she acts for at this post.
    """
    return _take(locked_period(period_id), to, expected=expected, by=by, held=held, words=words, figure=figure, row=row)


def forward_months(*, periods: Iterable[Period], by, held_at) -> tuple[int, int]:
    """Take each month on by the level its author holds there; how many went on, and how many were gone meanwhile."""
    gone = done = 0
    for period in periods:
        held = held_at(period.posyandu_id)
        to = next_state(period.state, levels_at(period.posyandu.area_id, clock.today(period.posyandu.area_id)))
        try:
            move_month(period_id=period.pk, to=to or "", expected=period.state, by=by, held=held)
            done += 1
        except MonthMoved:
            gone += 1
    return done, gone


def pass_on_months(*, today: date | None = None) -> int:
    """Months that nobody handled by their day go on, marked "tanpa verifikasi"; how many steps were taken."""
    waiting = Period.objects.unscoped(reason="months of all districts that are past their day")
    waiting = waiting.exclude(state__in=[*OPEN, State.FINAL]).order_by("month", "pk")
    steps = 0
    for period_id in list(waiting.values_list("pk", flat=True)):
        while _pass_on(period_id, today):
            steps += 1
    return steps


@transaction.atomic
def _pass_on(period_id, today: date | None) -> bool:
    period = locked_period(period_id)
    if period.is_open(timezone.now()):
        return False  # opened by exception: who was given time has it, the month goes on when it ends
    area = period.posyandu.area_id
    on = today or clock.today(area)
    levels = levels_at(area, on)
    last = period.moves.order_by("-at").first()
    since = local_day(last.at, area) if last else None
    if since and last.is_unverified:
        since -= timedelta(days=1)  # it went on the day after it was due
    to = passes_on(period.state, period.month, since, on, calendar_of(area, on), levels)
    if to is None:
        return False
    _write(period, to, holder_of(period.state, levels), by=None, is_unverified=True, words=UNVERIFIED.capitalize())
    return True


def _take(period: Period, to: str, *, expected: str, by, held, words="", figure="", row="") -> MonthMove:
    area = period.posyandu.area_id
    if period.state != expected:
        raise MonthMoved(
            f"Sementara itu laporan ini sudah berubah: sekarang “{period.get_state_display()}”. "
            "Muat ulang halaman ini, lalu lihat lagi."
        )
    move = find_move(period.state, to, held, levels_at(area, clock.today(area)))
    if move is None:
        raise MonthMoved("Langkah ini tidak ada dari keadaan sekarang. Muat ulang halaman ini, lalu lihat lagi.")
    if move.needs_note and not words.strip():
        raise Refusal("Tulis apa yang perlu diperbaiki.", status=422, field="note")
    return _write(period, to, move.level, by=by, words=words.strip(), figure=figure, row=row)


def _write(period: Period, to: str, level: str, *, by, words="", figure="", row="", is_unverified=False) -> MonthMove:
    before, was_opened = period.state, period.exception_until is not None
    period.state, period.exception_until, period.exception_reason = to, None, ""
    period.save(update_fields=["state", "exception_until", "exception_reason", "changed_at"])
    if to == State.RETURNED or was_opened:
        _take_in(period, by)
    report = _frozen(period, to, level, by, is_unverified, was_opened)
    note(
        by=by,
        verb=Verb.UPDATE,
        on=period,
        place=period.posyandu.path,
        bulan=f"{period.month:%Y-%m}",
        dari=before,
        menjadi=str(to),
    )
    return MonthMove.objects.create(
        period=period,
        from_state=before,
        to_state=to,
        level=level,
        by=by,
        note=words,
        figure=figure,
        row=row,
        is_unverified=is_unverified,
        report=report,
    )


def _take_in(period: Period, by) -> None:
    """A month that opens again, or was opened, takes in what recomputations proposed to it while it was closed."""
    take_in_proposals(period=period)
    waiting = period.corrections.filter(state=Correction.State.PROPOSED, proposed_by=None)
    waiting.update(state=Correction.State.ACCEPTED, decided_by=by, decided_at=timezone.now())


def _frozen(period: Period, to: str, level: str, by, is_unverified: bool, was_opened: bool) -> MonthlyReport | None:
    """What a move freezes: "diajukan" an attempt, "final" the next version of it; else the latest one it is about.

    Of a month that was opened by exception and not taken in since, whatever was written then goes on with it.
    """
    if to == State.SUBMITTED:
        return freeze_attempt(period=period, by=by)
    if to == State.RETURNED:
        return latest_report(period)
    kept = None if was_opened else latest_report(period)
    attempt = kept or freeze_attempt(period=period, by=by)
    if to != State.FINAL:
        return attempt
    remarks = [*remarks_of(period), *([f"{UNVERIFIED.capitalize()} {NAMES[Level(level)]}"] if is_unverified else [])]
    return freeze_version(attempt=attempt, by=by, on=clock.today(period.posyandu.area_id), remarks=remarks)


def locked_period(period_id) -> Period:
    """The month's row, locked until this transaction ends."""
    months = Period.objects.unscoped(reason=HELD).select_for_update(of=("self",))
    return months.select_related("posyandu").get(pk=period_id)


def latest_report(period: Period) -> MonthlyReport | None:
    """The newest frozen report of the month, whichever path the post had when it was made."""
    frozen = MonthlyReport.objects.unscoped(reason=HELD).filter(posyandu_id=period.posyandu_id, month=period.month)
    return frozen.filter(is_latest=True).select_related("rows").first()


def freeze_attempt(*, period: Period, by) -> MonthlyReport:
    """Count the month as it is now and keep it, with the rows behind its figures."""
    report = counted_report(period.posyandu.path, period.month, scope=None)
    rows = freeze_rows(posyandu_id=period.posyandu_id, rows=month_rows(period.posyandu.path, period.month, scope=None))
    return freeze_report(report=report, by=by, posyandu_id=period.posyandu_id, rows=rows)


def remarks_of(period: Period) -> list[str]:
    """Which levels passed the month on without looking, since it was last sent."""
    found: list[str] = []
    for move in period.moves.order_by("at"):
        if move.to_state == State.SUBMITTED:
            found = []
        elif move.is_unverified and move.to_state in ADDED_UP:
            found.append(f"{UNVERIFIED.capitalize()} {NAMES[Level(move.level)]}")
    return found
