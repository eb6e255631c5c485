"""Months that were sent: a post's as its document says, an area's as the sum of what its posts froze (design 8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Min, Q, Sum
from django.db.models.functions import Substr
from django.utils import timezone

from services.areas import clock
from services.areas.models import Area
from services.areas.queries import letterhead
from services.areas.scope import Scope
from services.areas.settings import DUE_SUBMIT, TIME_ZONE, values_of
from services.posyandu.models import Period, Posyandu
from services.reports.figures import (
    DEFINITIONS,
    SECTIONS,
    Figure,
    PartLine,
    Place,
    Report,
    State,
    as_told,
    disguised,
    disguised_parts,
    report_from,
)
from services.reports.figures.summing import Frozen, summed_figures, together

from ..models import FrozenFigure, MonthlyReport
from ..rules import SENT
from ..rules import State as MonthState
from . import identity
from .places import PART_LENGTH, Post, post_place
from .stationery import logo_of, paper_of

REASON = "frozen months of the posts of a place whose report is asked, found in scope"
CAME = "kesehatan.semua.hadir"


def frozen_post(post: Posyandu, month: date) -> Report | None:
    """A post's month as it was sent, or None while it is open (also for corrections)."""
    period = post.periods.filter(month=month).first()
    if period is None or period.is_open(timezone.now()):
        return None
    row = post.reports.filter(month=month, is_latest=True).first()
    return report_from(row.document, sha256=row.sha256) if row else None


@dataclass(frozen=True)
class _Sent:
    """The newest frozen report of a post whose month is with the levels above."""

    report: UUID
    posyandu: UUID
    path: str
    month: date
    state: str
    first_sent: datetime | None


def frozen_area(
    place: Place, posts: Sequence[Post], month: date, *, today: date, area_code: str, months: Sequence[date]
) -> Report | None:
    """The sums of what the posts of an area (or a puskesmas) froze; None while the month runs or nobody has sent it.

    Counted in are months from "diajukan" on that were not given back, as on the dashboards; the report says how many
    of the live posts that is, and how many are final.
    """
    sent = _sent([post.id for post in posts], months) if clock.last_day(month) < today else []
    now = [each for each in sent if each.month == month]
    if not now:
        return None
    by_part = _by_part([each.report for each in now], PART_LENGTH.get(place.level))
    settings = values_of((DUE_SUBMIT, TIME_ZONE), area_code, month)
    day, zone = settings[DUE_SUBMIT.key], settings[TIME_ZONE.key]
    in_time = {each.posyandu for each in now if was_in_time(each.first_sent, month, day, zone)}
    owing, here = {post.id for post in posts if post.is_live(month)}, {each.posyandu for each in now}
    whole = _figures(place, together(by_part.values()), owes=bool(owing - here))
    final = sum(each.state == MonthState.FINAL for each in now)
    counted = f"{len(owing & here)} dari {len(owing)} posyandu sudah mengirim, {final} final"
    above = identity.places_above(area_code)
    return Report(
        place=place,
        month=month,
        counted_on=clock.last_day(month),
        made_on=today,
        figures=whole,
        sections=SECTIONS,
        letterhead=letterhead(above),
        identity=_identity(place, above, (f"{len(posts)} posyandu, {len(owing)} sudah mulai pakai", counted)),
        parts=_parts(place, posts, month, whole, by_part, here, in_time),
        attendance=_attendance(sent, months),
        signatures=identity.signatures(place, above, today, ""),
        live=len(owing),
        reporting=len(owing & here),
        final=final,
        paper=paper_of(area_code, today),
        logo=logo_of(area_code),
    )


def _sent(posts: Sequence[UUID], months: Sequence[date]) -> list[_Sent]:
    here = Scope(None, frozenset(posts))
    periods = Period.objects.within(here).filter(month__in=months, state__in=SENT)
    first = Min("moves__at", filter=Q(moves__to_state=Period.State.SUBMITTED))
    found = periods.order_by().values_list("posyandu_id", "month", "state").annotate(first=first)
    states = {(post, month): rest for post, month, *rest in found}
    rows = MonthlyReport.objects.within(here).filter(posyandu__in=posts, month__in=months, is_latest=True)
    kept = rows.order_by().values_list("pk", "posyandu_id", "place", "month")
    return [_Sent(*row, *states[row[1], row[3]]) for row in kept if (row[1], row[3]) in states]


def was_in_time(sent_at: datetime | None, month: date, due_day: int, zone: str) -> bool:
    """Whether a month was first sent by its day of the month after, by the clock of its place."""
    due = clock.next_month(month).replace(day=due_day)
    return sent_at is not None and clock.local_date(sent_at, zone) <= due


def _figures_of(reports: Sequence[UUID]):
    return FrozenFigure.objects.unscoped(reason=REASON).filter(report__in=reports)


def _by_part(reports: Sequence[UUID], length: int | None) -> dict[str, Frozen]:
    """Code of the level below → what was frozen there; one statement, however many posts."""
    part = Substr("place", 1, length) if length else F("place")
    rows = (
        _figures_of(reports)
        .annotate(part=part)
        .order_by()
        .values_list("part", "key", "state")
        .annotate(Sum("value"), Sum("denominator"))
    )
    found: dict[str, Frozen] = {}
    for code, *row in rows:
        found.setdefault(code, Frozen()).add_row(*row)
    return found


def _figures(place: Place, frozen: Frozen, *, owes: bool) -> dict[str, Figure]:
    figures = as_told(summed_figures(DEFINITIONS, frozen, owes=owes), above=place.is_above_village)
    return disguised(figures) if place.is_above_village else figures


def _parts(
    place: Place,
    posts: Sequence[Post],
    month: date,
    whole: dict[str, Figure],
    by_part: dict[str, Frozen],
    sent: set[UUID],
    in_time: set[UUID],
) -> tuple[PartLine, ...]:
    length = PART_LENGTH.get(place.level)
    groups: dict[str, list[Post]] = {code: [] for code in by_part}
    for post in posts:
        groups.setdefault(post.path[:length] if length else post.path, []).append(post)
    names = Area.objects.in_bulk(groups) if length else {}
    places = {code: _place(code, names.get(code), own) for code, own in groups.items()}
    owing = {code: {post.id for post in own if post.is_live(month)} for code, own in groups.items()}
    figures = {
        code: _figures(places[code], by_part.get(code, Frozen()), owes=bool(owing[code] - sent)) for code in groups
    }
    if place.is_above_village:
        figures = disguised_parts(whole, figures)
    registered = {post.id for post in posts if post.is_registered}
    lines = [
        PartLine(
            places[code],
            live=len(own),
            reporting=len(own & sent),
            figures=figures[code],
            on_time=len(own & in_time),
            registered=len(own & registered),
        )
        for code, own in owing.items()
    ]
    return tuple(sorted(lines, key=lambda line: (line.place.name, line.place.code)))


def _place(code: str, area: Area | None, posts: Sequence[Post]) -> Place:
    if area is not None:
        return Place(code, area.name, area.kind, area.title)
    return post_place(code, posts[0].name if posts else code)


def _identity(place: Place, above: dict[str, Area], counted: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    of = identity.identity_of_facility if place.level == "puskesmas" else identity.identity_of_area
    return of(place, above, counted)


def _attendance(sent: Sequence[_Sent], months: Sequence[date]) -> tuple[tuple[date, int | None], ...]:
    """Who came in each month, as it was sent; None where nobody has sent it."""
    rows = _figures_of([each.report for each in sent]).filter(key=CAME, state=State.KNOWN.value)
    found = dict(rows.order_by().values_list("month").annotate(Sum("value")))
    return tuple((month, int(found[month]) if month in found else None) for month in months)
