"""Which reports somebody may open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum

from services.areas import clock
from services.areas.models import Area
from services.areas.scope import Scope, area_filter
from services.posyandu.models import Facility, Period, Posyandu
from services.web.rules import month_text

from ..figures import Figure, Place, State, is_small
from ..figures.catalogue import BY_KEY
from ..figures.recaps import RECAP_KEYS, RECAPS, RecapCell, RecapLine, recap_row
from ..models import FrozenFigure, MonthlyReport, PaperRecap
from ..monthly import held_place, month_figures
from ..rules import SENT
from ..sources import is_held_by

MONTHS_LISTED = 12
MOST_POSTS = 100
MOST_FACILITIES = 50
HELD_PLACE = "a place that the asker's scope holds"


@dataclass(frozen=True)
class ListedPlace:
    """A place whose reports may be opened."""

    code: str
    title: str
    note: str = ""
    is_area: bool = False


def my_places(scope: Scope) -> tuple[ListedPlace, ...]:
    """Areas first, then posts by name (the first hundred: the others are reached through their kelurahan)."""
    areas = Area.objects.filter(pk__in=scope.areas).order_by("pk")
    posts = Posyandu.objects.within(scope).select_related("area").order_by("name")[:MOST_POSTS]
    return (
        *(ListedPlace(area.pk, area.title, is_area=True) for area in areas),
        *(ListedPlace(post.path, str(post), post.area.title) for post in posts),
    )


def months_to_report(today: date) -> list[date]:
    """The last closed months, newest first, and before them the one that runs."""
    return clock.months_back(clock.month_of(today), MONTHS_LISTED + 1)[::-1]


def my_facilities(scope: Scope) -> tuple[Facility, ...]:
    """The health facilities all of whose posts the scope holds: their sums may be seen."""
    strangers = Posyandu.objects.unscoped(reason="which facilities serve only posts of the scope")
    strangers = strangers.exclude(pk__in=scope.posyandu).exclude(facility=None)
    own = Facility.objects.within(scope).filter(posyandu__isnull=False).distinct()
    return tuple(own.exclude(pk__in=strangers.values("facility")).order_by("name")[:MOST_FACILITIES])


def recap_of_year(code: str, year: int, *, scope: Scope, names: Scope | None) -> tuple[Place, tuple[RecapLine, ...]]:
    """Twelve months of a place, a row each, and beside each what posts still on paper handed in.

    `names` is where this person may see names: elsewhere small sensitive counts are hidden.

    A month that was sent counts as it was frozen ("sementara" until all are final); above desa/kelurahan only such
    months count. Raises UnknownPlace, NotYours.
    """
    place, post = held_place(code, scope)
    months = [date(year, month, 1) for month in range(1, 13)]
    hides = place.is_above_village or names is None or not is_held_by(place, post, names)
    frozen, paper = _frozen_sums(place, post, months), _paper_sums(place, post, months, hides)
    today, lines = clock.today(place.code), []
    for month in months:
        figures, note = _figures_of(place, month, frozen.get(month), today, scope)
        lines.append(RecapLine(month_text(month), _cells(_hidden(figures) if hides and figures else figures), note))
        if month in paper:
            count, cells = paper[month]
            lines.append(RecapLine(month_text(month), cells, f"dari kertas, {count} posyandu", from_paper=True))
    return place, tuple(lines)


def _hidden(figures: Mapping[str, Figure]) -> dict[str, Figure]:
    """Small sensitive counts are left out; a recap has no totals they could be worked out from."""
    return {
        key: replace(each, state=State.DISGUISED, value=None) if each.sensitive and is_small(each.value) else each
        for key, each in figures.items()
    }


def _cells(figures: Mapping[str, Figure] | None) -> dict[str, tuple[RecapCell, ...]]:
    if figures is None:
        return {}
    return {recap.key: recap_row(recap, figures) for recap in RECAPS}


def _figures_of(
    place: Place, month: date, frozen: tuple[str, dict[str, Figure]] | None, today: date, scope: Scope
) -> tuple[Mapping[str, Figure] | None, str]:
    if month > today:
        return None, ""
    if frozen:
        return frozen[1], "" if place.is_posyandu else frozen[0]
    if place.is_above_village:
        return None, "belum ada yang mengirim"
    return month_figures(place.code, month, scope=scope), "sementara"


def _frozen_sums(
    place: Place, post: Posyandu | None, months: Sequence[date]
) -> dict[date, tuple[str, dict[str, Figure]]]:
    """Month → (posts in words, sums of their latest frozen figures) for the columns of the recaps."""
    reports = MonthlyReport.objects.unscoped(reason=HELD_PLACE).filter(month__in=months, level="posyandu")
    reports = reports.filter(Q(place=place.code) if post else area_filter("place", [place.code]))
    latest = reports.filter(is_latest=True)
    latest = latest.exclude(_in_states(Period.State.RETURNED)) if post else latest.filter(_in_states(*SENT))
    rows = FrozenFigure.objects.unscoped(reason=HELD_PLACE).filter(report__in=latest, key__in=RECAP_KEYS)
    found: dict[date, tuple[str, dict[str, Figure]]] = {}
    final = Count("place", distinct=True, filter=_in_states(Period.State.FINAL))
    counted = latest.order_by().values_list("month").annotate(number=Count("place", distinct=True), final=final)
    for month, number, done in counted:
        found[month] = f"{number} posyandu{'' if done == number else ', sementara'}", {}
    for row in rows.order_by().values("month", "key", "state").annotate(total=Sum("value")):
        _add_frozen(found[row["month"]][1], row)
    return found


def _in_states(*states: str) -> Q:
    """Reports of posts whose month is in one of these states: areas add up what was sent and not given back."""
    periods = Period.objects.unscoped(reason=HELD_PLACE).filter(
        posyandu__path=OuterRef("place"), month=OuterRef("month"), state__in=states
    )
    return Q(Exists(periods))


def _add_frozen(figures: dict[str, Figure], row: Mapping[str, Any]) -> None:
    key, state, total = row["key"], State(row["state"]), int(row["total"] or 0)
    old = figures.get(key)
    if old is not None and old.is_known and state is not State.KNOWN:
        return
    definition = BY_KEY[key]
    value = total if state is State.KNOWN else None
    words = definition.label, definition.unit, definition.sentence
    figures[key] = Figure(key, *words, state, value, sensitive=definition.sensitive)


def paper_recap_of(posyandu: Posyandu, month: date) -> PaperRecap | None:
    """What was typed for this post and month."""
    return posyandu.paper_recaps.filter(month=month).first()


def _paper_sums(
    place: Place, post: Posyandu | None, months: Sequence[date], hides: bool
) -> dict[date, tuple[int, dict[str, tuple[RecapCell, ...]]]]:
    """Month → (posts, cells) of recaps typed from paper; none of a month in which its post records itself."""
    rows = PaperRecap.objects.unscoped(reason=HELD_PLACE).filter(month__in=months)
    rows = rows.filter(Q(posyandu=post) if post else area_filter("posyandu__path", [place.code]))
    typed: dict[date, list[Mapping[str, Mapping[str, int]]]] = {}
    for row in rows.select_related("posyandu"):
        if not row.posyandu.is_live(row.month):
            typed.setdefault(row.month, []).append(row.values)
    return {month: (len(values), _sum_paper(values, hides)) for month, values in typed.items()}


def _sum_paper(values: Sequence[Mapping[str, Mapping[str, int]]], hides: bool) -> dict[str, tuple[RecapCell, ...]]:
    return {
        recap.key: tuple(
            _paper_cell(
                [each[recap.key][column.key] for each in values if column.key in each.get(recap.key, {})],
                hides and any(BY_KEY[key].sensitive for key in column.figures),
            )
            for column in recap.columns
        )
        for recap in RECAPS
    }


def _paper_cell(numbers: Sequence[int], disguise: bool) -> RecapCell:
    if not numbers:
        return RecapCell(State.NOT_RECORDED)
    total = sum(numbers)
    return RecapCell(State.DISGUISED) if disguise and is_small(total) else RecapCell(State.KNOWN, total)


@dataclass(frozen=True)
class PaperMonth:
    """A month of a post on paper that somebody may type."""

    code: str
    title: str
    month: date


def paper_months(place: Place, year: int, scope: Scope | None) -> tuple[PaperMonth, ...]:
    """Months of the year whose recaps may be typed at this place by whoever verifies it: only of posts on paper."""
    if scope is None:
        return ()
    posts = Posyandu.objects.within(scope).filter(state=Posyandu.State.ACTIVE).order_by("name", "path")
    today = clock.today(place.code)
    months = [date(year, month, 1) for month in range(1, 13) if date(year, month, 1) <= today]
    here = Q(path=place.code) if place.is_posyandu else area_filter("path", [place.code])
    return tuple(
        PaperMonth(post.path, str(post), month)
        for post in posts.filter(here)[:MOST_POSTS]
        for month in months
        if not post.is_live(month)
    )


def years_near(year: int, today: date) -> tuple[int, ...]:
    """The years to turn to: the one before, this one, and the one after unless it lies ahead."""
    return tuple(each for each in (year - 1, year, year + 1) if each <= today.year)
