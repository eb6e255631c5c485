"""A place's dashboard: its month in one glance, from frozen months; about ten queries, however many posts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from services.areas import clock
from services.areas.models import Area, Boundary
from services.areas.scope import Scope, inside
from services.posyandu.models import Posyandu
from services.reports.rules import Level

from ..models import Target
from ..rules import (
    INDICATORS,
    WITH_TARGET,
    Line,
    Need,
    Reached,
    added,
    needs_of,
    reached_by,
    share_of,
    sorted_by,
    worst_first,
    worst_is_high,
)
from .frozen import WRITTEN, MonthSums, trend_of
from .posts import PostMonth, post_months

TREND_MONTHS = 12
Needs = dict[str, tuple[Need, ...]]  # path of a live post → why it needs help
LEVEL_GROUPS = {Area.Level.PROVINCE: 1, Area.Level.DISTRICT: 2, Area.Level.SUBDISTRICT: 3, Area.Level.VILLAGE: 4}


@dataclass(frozen=True)
class PlaceMonth:
    """Everything the page of a place shows; nothing is asked after this was made.

    `waiting` tells of each post whose sent month waits above it, and at which level.
    """

    title: str
    code: str
    is_whole: bool
    crumbs: tuple[Area, ...]
    month: date
    months: tuple[date, ...]
    whole: Line
    lines: tuple[Line, ...]
    posts: int
    on_paper: int
    checked: int
    final: int
    needy: int
    waiting: tuple[tuple[UUID, Level], ...]
    trend: tuple[MonthSums, ...]
    live: tuple[int, ...]
    targets: tuple[Reached, ...]
    outlines: dict[str, list]
    sort: str
    below: str
    by_post: bool


def place_month(
    area: Area, areas: dict[str, Area], scope: Scope, month: date, today: date, sort: str, *, by_post: bool = False
) -> PlaceMonth:
    """The dashboard of an area. `areas` holds the area, those above it and those right below it.

    Its lines are the places right below, or (`by_post`) every posyandu in it. Who serves posts and holds no area
    (bidan, puskesmas) sees these posts alone.
    """
    district, whole_area = area.code[:5], scope.holds_area(area.code)
    here = inside("path", area.code) if whole_area else inside("path", area.code) & Q(posyandu__in=scope.posyandu)
    posts = post_months(here, scope, month, today, district)
    reports = inside("place", area.code) if whole_area else Q(place__in=[post.path for post in posts])
    kept_as = area.code if whole_area else ",".join(sorted(post.path for post in posts))
    targets = _targets(district, month.year)
    needs = {post.path: needs_of(post.counts, post.last, today, targets) for post in posts if post.is_live(month)}
    by_post = by_post and area.level != Area.Level.VILLAGE
    lines = (
        _post_lines(posts, month, needs, targets, villages=True)
        if by_post
        else _lines(area, areas, posts, month, needs, targets)
    )
    months = clock.months_back(month, TREND_MONTHS)
    pks = [post.pk for post in posts]
    whole = _line(area.code, area.name, area.title, posts, month, needs, targets)
    judged = [post.counts for post in posts if post.is_live(month)]
    reached = (reached_by(indicator, judged, whole.counts, targets) for indicator in WITH_TARGET)
    return PlaceMonth(
        title=area.title,
        code=area.code,
        is_whole=whole_area,
        crumbs=tuple(areas[code] for code in _above(area.code) if code in areas and scope.holds_area(code)),
        month=month,
        months=tuple(months),
        whole=whole,
        lines=tuple(_ordered(lines, sort)),
        posts=len(posts),
        on_paper=whole.on_paper,
        checked=whole.counts.get("checked", 0),
        final=whole.counts.get("final", 0),
        needy=whole.needy,
        waiting=tuple((post.pk, post.holder) for post in posts if post.holder),
        trend=tuple(trend_of(reports, pks, kept_as, months)),
        live=tuple(sum(post.is_live(each) for post in posts) for each in months),
        targets=tuple(each for each in reached if each),
        outlines=_outlines(lines),
        sort=sort,
        below="Posyandu" if by_post else _below(area),
        by_post=by_post,
    )


def may_see(scope: Scope, code: str) -> bool:
    """Whether a person holds the place, or (holding no area) serves a post in it."""
    if scope.areas:
        return scope.holds_area(code)
    return Posyandu.objects.within(scope).filter(inside("path", code)).exists()


def areas_around(code: str) -> dict[str, Area]:
    """A place, all above it, and those one level below: one query."""
    around = Area.objects.filter(Q(pk__in=[*_above(code), code]) | Q(parent=code, is_active=True))
    return {area.pk: area for area in around}


def _above(code: str) -> list[str]:
    groups = code.split(".")
    return [".".join(groups[:count]) for count in range(1, len(groups))]


def _below(area: Area) -> str:
    return {
        Area.Level.PROVINCE: "Kabupaten/kota",
        Area.Level.DISTRICT: "Kecamatan",
        Area.Level.SUBDISTRICT: "Kelurahan/desa",
        Area.Level.VILLAGE: "Posyandu",
    }[area.level]


def _targets(district: str, year: int) -> dict[str, Decimal]:
    rows = Target.objects.unscoped(reason="what a district wants to reach is for everybody who works in it")
    return dict(rows.filter(area=district, year=year).values_list("indicator", "percent"))


def _lines(
    area: Area,
    areas: dict[str, Area],
    posts: Sequence[PostMonth],
    month: date,
    needs: Needs,
    targets: dict[str, Decimal],
) -> list[Line]:
    depth = LEVEL_GROUPS[area.level] + 1
    if depth > LEVEL_GROUPS[Area.Level.VILLAGE]:
        return _post_lines(posts, month, needs, targets)
    groups: dict[str, list[PostMonth]] = {
        code: [] for code in areas if code.count(".") == depth - 1 and code != area.code
    }
    for post in posts:
        groups.setdefault(".".join(post.path.split(".")[:depth]), []).append(post)
    return [
        _line(code, areas[code].name, areas[code].title, below, month, needs, targets)
        if code in areas
        else _line(code, code, code, below, month, needs, targets)
        for code, below in groups.items()
        if below
    ]


def _post_lines(
    posts: Sequence[PostMonth], month: date, needs: Needs, targets: dict[str, Decimal], *, villages: bool = False
) -> list[Line]:
    """A line for each posyandu, with the desa or kelurahan it lies in where there are several."""
    names = Area.objects.in_bulk({post.path.rpartition(".")[0] for post in posts}) if villages else {}
    lines = []
    for post in posts:
        village = names.get(post.path.rpartition(".")[0])
        line = _line(post.path, post.name, f"Posyandu {post.name}", [post], month, needs, targets)
        lines.append(replace(line, lies_in=village.title if village else ""))
    return lines


def _line(
    code: str,
    name: str,
    title: str,
    posts: Sequence[PostMonth],
    month: date,
    needs: Needs,
    targets: dict[str, Decimal],
) -> Line:
    """One row: only live posts count as owing; what others sent is counted with what was counted."""
    is_post = code.count(".") == 4
    found = [needs[post.path] for post in posts if post.path in needs]
    counts = added(post.counts for post in posts)
    if not is_post and "fields" in counts:  # active anywhere in the place, not added up
        counts["fields"] = sum(counts.get(key, 0) > 0 for key in WRITTEN)
    return Line(
        code=code,
        name=name,
        title=title,
        counts=counts,
        posts=len(posts),
        last=max((post.last for post in posts if post.last), default=None),
        needs=tuple(need for each in found for need in each),
        needy=sum(any(need.weight > 1 for need in each) for each in found),
        is_post=is_post,
        on_paper=sum(post.on_paper and not post.is_live(month) for post in posts),
        shares={key: share_of(indicator, counts, targets) for key, indicator in INDICATORS.items()},
    )


def _ordered(lines: Sequence[Line], sort: str) -> list[Line]:
    column = sort.removeprefix("-")
    if column in INDICATORS or column in ("nama", "terakhir", "bidang"):
        return sorted_by(lines, column, down=worst_is_high(column) is not sort.startswith("-"))
    return worst_first(lines)


def _outlines(lines: Sequence[Line]) -> dict[str, list]:
    rows = Boundary.objects.filter(pk__in=[line.code for line in lines if not line.is_post])
    return dict(rows.values_list("pk", "rings"))
