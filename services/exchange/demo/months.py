"""Months of the demo as they went: final ones kept as version 1, the last full one waiting at the kelurahan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from services.accounts.models import Assignment, Role
from services.areas.clock import next_month
from services.posyandu.models import Period
from services.reports.actions import freeze_report
from services.reports.actions.freezing import freeze_rows
from services.reports.models import MonthMove
from services.reports.monthly import month_rows, monthly_report
from services.reports.rules import NAMES, RESULT, UNVERIFIED, Level, State

from .chance import moment_of

MADE = "the months and the people this demo has made"
BATCH = 500
# On which day of the next month each level acted, and the officer who did; where the demo has none, nobody did.
STEPS = ((Level.POST, 3), (Level.VILLAGE, 6), (Level.SUBDISTRICT, 9), (Level.DISTRICT, 14))
OFFICER = {Level.VILLAGE: "kelurahan", Level.SUBDISTRICT: "kecamatan", Level.DISTRICT: "kota"}


def keep_months(officers: Mapping[str, object], before: date, *, with_rows: bool) -> int:
    """Freeze every sent month older than `before` with its steps; how many. `with_rows` keeps ids behind figures."""
    sent = Period.objects.unscoped(reason=MADE).filter(state__in=(State.FINAL, State.SUBMITTED), month__lt=before)
    periods = list(sent.select_related("posyandu").order_by("posyandu__path", "month"))
    heads = Assignment.objects.unscoped(reason=MADE).filter(role=Role.KETUA).select_related("user")
    ketua = {head.posyandu_id: head.user for head in heads}
    places = _places(officers)
    moves: list[MonthMove] = []
    for period in periods:
        moves += _keep(period, ketua[period.posyandu_id], officers, places, with_rows=with_rows)
    MonthMove.objects.bulk_create(moves, batch_size=BATCH)
    return len(periods)


def _places(officers: Mapping[str, object]) -> dict[str, str]:
    held = Assignment.objects.unscoped(reason=MADE).filter(user__in=officers.values(), area__isnull=False)
    return dict(held.values_list("user__username", "area_id"))


def _keep(period: Period, ketua, officers, places, *, with_rows: bool) -> list[MonthMove]:
    post, month = period.posyandu, period.month
    who = {Level.POST: ketua} | {
        level: officers[name] if post.path.startswith(places.get(name, "-") + ".") else None
        for level, name in OFFICER.items()
    }
    steps = STEPS if period.state == State.FINAL else STEPS[:1]
    missed = [NAMES[level] for level, _ in steps if who[level] is None]
    report = replace(
        monthly_report(post.path, month, scope=None),
        made_on=next_month(month).replace(day=steps[-1][1]),
        remarks=tuple(f"{UNVERIFIED.capitalize()} {name}" for name in missed),
    )
    rows = freeze_rows(posyandu_id=post.pk, rows=month_rows(post.path, month, scope=None)) if with_rows else None
    kept = freeze_report(
        report=report,
        by=who[steps[-1][0]],
        version=1 if period.state == State.FINAL else None,
        posyandu_id=post.pk,
        rows=rows,
    )
    return _moves(period, steps, who, kept)


def _moves(period: Period, steps, who, kept) -> list[MonthMove]:
    before, moves = State.DRAFT, []
    for level, day in steps:
        moves.append(
            MonthMove(
                period=period,
                from_state=before,
                to_state=RESULT[level],
                level=level,
                by=who[level],
                at=moment_of(next_month(period.month).replace(day=day), 10),
                is_unverified=who[level] is None,
                report=kept,
            )
        )
        before = RESULT[level]
    return moves
