"""Months of the demo as they went: final ones kept as version 1, the last full one waiting at the kelurahan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db import transaction

from services.accounts.models import Assignment, Role
from services.areas.clock import next_month
from services.areas.settings import remembered
from services.posyandu.models import Period, Posyandu
from services.reports.actions import freeze_report
from services.reports.actions.freezing import figure_rows, freeze_rows
from services.reports.figures import Report
from services.reports.models import FrozenFigure, MonthlyReport, MonthMove
from services.reports.monthly import month_rows, post_reports
from services.reports.rules import NAMES, RESULT, UNVERIFIED, Level, State

from .chance import moment_of
from .crew import share
from .rows import made, write

Job = tuple[date, list[Posyandu]]
MADE = "the months and the people this demo has made"
BATCH = 500
# On which day of the next month each level acted, and the officer who did; where the demo has none, nobody did.
STEPS = ((Level.POST, 3), (Level.VILLAGE, 6), (Level.SUBDISTRICT, 9), (Level.DISTRICT, 14))
OFFICER = {Level.VILLAGE: "kelurahan", Level.SUBDISTRICT: "kecamatan", Level.DISTRICT: "kota"}


@dataclass(frozen=True)
class Keeping:
    """Who acted for the months of a demo, and whether the ids behind the figures are kept."""

    ketua: Mapping[UUID, object]
    officers: Mapping[str, object]
    places: Mapping[str, str]
    with_rows: bool

    def keep(self, job: Job) -> int:
        """Freeze a month at these posyandu of one kecamatan, where it was sent; how many."""
        month, posts = job
        sent = Period.objects.unscoped(reason=MADE).filter(
            posyandu__in=posts, month=month, state__in=(State.FINAL, State.SUBMITTED)
        )
        periods = {period.posyandu_id: period for period in sent}
        moves: list[MonthMove] = []
        with remembered(), transaction.atomic():
            for post, report in post_reports([post for post in posts if post.pk in periods], month):
                moves += self._keep(periods[post.pk], post, report)
            MonthMove.objects.bulk_create(moves, batch_size=BATCH)
        return len(periods)

    def _keep(self, period: Period, post: Posyandu, report: Report) -> list[MonthMove]:
        who = {Level.POST: self.ketua[post.pk]} | {
            level: self.officers[name] if post.path.startswith(self.places.get(name, "-") + ".") else None
            for level, name in OFFICER.items()
        }
        steps = STEPS if period.state == State.FINAL else STEPS[:1]
        missed = [NAMES[level] for level, _ in steps if who[level] is None]
        rows = month_rows(post.path, period.month, scope=None) if self.with_rows else None
        kept = freeze_report(
            report=replace(
                report,
                made_on=next_month(period.month).replace(day=steps[-1][1]),
                remarks=tuple(f"{UNVERIFIED.capitalize()} {name}" for name in missed),
            ),
            by=who[steps[-1][0]],
            version=1 if period.state == State.FINAL else None,
            posyandu_id=post.pk,
            rows=freeze_rows(posyandu_id=post.pk, rows=rows) if rows is not None else None,
            write=_write_figures,
        )
        return _moves(period, steps, who, kept)


def keep_months(officers: Mapping[str, object], *, with_rows: bool, workers: int) -> Iterator[int]:
    """Freeze every sent month with its steps, all posts of a kecamatan together; how many of each."""
    heads = Assignment.objects.unscoped(reason=MADE).filter(role=Role.KETUA, posyandu__isnull=False)
    ketua = {head.posyandu_id: head.user for head in heads.select_related("user")}
    sent = Period.objects.unscoped(reason=MADE).filter(state__in=(State.FINAL, State.SUBMITTED))
    months = list(sent.order_by("month").values_list("month", flat=True).distinct())
    posts = Posyandu.objects.unscoped(reason=MADE).select_related("facility").order_by("path")
    neighbours = [list(each) for _, each in groupby(posts, key=lambda post: post.area_id[:8])]
    keeping = Keeping(ketua, officers, _places(officers), with_rows)
    for _, kept in share(keeping.keep, [(month, each) for month in months for each in neighbours], workers):
        yield kept


def _write_figures(row: MonthlyReport, report: Report) -> None:
    write(FrozenFigure, [made(FrozenFigure, **columns) for columns in figure_rows(row, report)])


def _places(officers: Mapping[str, object]) -> dict[str, str]:
    held = Assignment.objects.unscoped(reason=MADE).filter(user__in=officers.values(), area__isnull=False)
    return dict(held.values_list("user__username", "area_id"))


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
