"""A month counted from live rows: of a place, of what a puskesmas serves, of many posyandu together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

from services.areas import clock
from services.areas.models import Area
from services.areas.queries import letterhead
from services.areas.scope import Scope
from services.areas.settings import remembered
from services.posyandu.models import Posyandu
from services.records.thresholds import changed_limits, limits_on
from services.residents.queries import stage_rules

from ..figures import (
    DEFINITIONS,
    SEALED,
    SECTIONS,
    Figure,
    PartLine,
    Place,
    Report,
    Tally,
    as_told,
    disguised_parts,
    monthly_figures,
)
from ..figures.model import Number
from ..sources import (
    Attendances,
    Post,
    attendance_of_months,
    identity,
    listing,
    place_of,
    posts_of,
    tallies_of,
)
from ..sources.narrative import narrative_of
from ..sources.people import Frame
from ..sources.places import PART_LENGTH, post_place
from ..sources.stationery import logo_of, paper_of
from .asking import held_place, refuse_ahead

MONTHS_OF_CHART = 6
FACILITY = "puskesmas"


@dataclass(frozen=True)
class _Counted:
    """The tallies of a place on a day, and all that its lines need."""

    place: Place
    post: Posyandu | None
    month: date
    on: date
    today: date
    frame: Frame
    posts: tuple[Post, ...]
    tallies: dict[UUID, Tally]
    area_code: str


@remembered()
def counted_report(place: str, month: date, *, scope: Scope | None) -> Report:
    """The same counted now, whatever was sent: banded on the month's last day, or today while it runs."""
    counted = _count(place, month, scope)
    return _report(counted, _attendances(counted))


def counted_facility(
    place: Place, posts: tuple[Post, ...], month: date, *, area_code: str, scope: Scope | None
) -> Report:
    """The posts that a puskesmas serves, counted now."""
    today = clock.today(area_code)
    on = min(clock.last_day(month), today)
    counted = _tallied(place, None, month, on, today, posts, scope, area_code)
    return _report(counted, _attendances(counted))


def post_reports(rows: Sequence[Posyandu], month: date) -> Iterator[tuple[Posyandu, Report]]:
    """The reports of many posyandu of one kabupaten or kota, counted together: what one alone would get, sooner.

    For the operator at the machine. Raises CannotReport (a month ahead).
    """
    if not rows:
        return
    code = rows[0].area_id
    today = clock.today(code)
    refuse_ahead(month, today)
    on = min(clock.last_day(month), today)
    posts = [posts_of(place_of(row), row, on) for row in rows]
    together = _tallied(place_of(rows[0]), rows[0], month, on, today, sum(posts, ()), None, code)
    attendances = _attendances(together)
    for row, mine in zip(rows, posts, strict=True):
        yield (
            row,
            _report(replace(together, place=place_of(row), post=row, posts=mine, area_code=row.area_id), attendances),
        )


def _attendances(counted: _Counted) -> Attendances:
    """Who came in the months of the chart, at all posts that were counted together."""
    return attendance_of_months(counted.frame.scope, clock.months_back(counted.month, MONTHS_OF_CHART), counted.today)


def _report(counted: _Counted, attendances: Attendances) -> Report:
    post, month = counted.post, counted.month
    above = identity.places_above(counted.area_code)
    figures = _figures(counted, counted.posts, counted.place)
    live, reporting = _completeness(figures)
    lines = _identity(counted, above, live, reporting)
    return Report(
        place=counted.place,
        month=month,
        counted_on=counted.on,
        made_on=counted.today,
        figures=figures,
        sections=SECTIONS,
        letterhead=letterhead(above),
        identity=lines,
        days=counted.tallies[post.pk].days if post else (),
        parts=_parts(counted) if post is None else (),
        attendance=attendances.of([each.id for each in counted.posts]),
        signatures=identity.signatures(counted.place, above, counted.today, dict(lines).get("Ketua posyandu", "")),
        live=live,
        reporting=reporting,
        is_running=clock.last_day(month) >= counted.today,
        narrative=narrative_of(post, month) if post else (),
        remarks=_own_limits(counted),
        paper=paper_of(counted.area_code, counted.today),
        logo=logo_of(counted.area_code),
        spans=counted.tallies[post.pk].spans if post else {},
        sealed=_sealed(counted.tallies[post.pk]) if post else {},
    )


def _sealed(tally: Tally) -> dict[str, Number]:
    return {key: tally.counts.get(key, 0) for key in SEALED} if tally.owes else {}


def _own_limits(counted: _Counted) -> tuple[str, ...]:
    """Where the district judges by other limits than the cards, the reader is told: labels name those of the cards."""
    changed = changed_limits(counted.area_code, counted.on)
    return (f"Dihitung dengan batas daerah ini: {'; '.join(changed)}",) if changed else ()


@remembered()
def month_figures(place: str, month: date, *, scope: Scope | None) -> dict[str, Figure]:
    """Only the figures of a place, for whoever needs no document."""
    counted = _count(place, month, scope)
    return _figures(counted, counted.posts, counted.place)


@remembered()
def month_rows(place: str, month: date, *, scope: Scope | None) -> dict[str, list[str]]:
    """The rows behind the figures of a posyandu-month as it stands now: key → "kind:id". Raises as above."""
    with listing() as found:
        _count(place, month, scope)
    return found.rows()


def _count(code: str, month: date, scope: Scope | None) -> _Counted:
    place, post = held_place(code, scope)
    today = clock.today(place.code)
    refuse_ahead(month, today)
    on = min(clock.last_day(month), today)
    area_code = post.area_id if post else place.code
    return _tallied(place, post, month, on, today, posts_of(place, post, on), scope, area_code)


def _tallied(
    place: Place,
    post: Posyandu | None,
    month: date,
    on: date,
    today: date,
    posts: tuple[Post, ...],
    scope: Scope | None,
    area_code: str,
) -> _Counted:
    inner = Scope(scope.user_id if scope else None, frozenset(each.id for each in posts))
    frame = Frame(inner, month, on, stage_rules(area_code, on), limits_on(area_code, on))
    return _Counted(
        place, post, month, on, today, frame, posts, tallies_of(frame, posts, partial(_part, place)), area_code
    )


def _figures(counted: _Counted, posts: Sequence[Post], place: Place) -> dict[str, Figure]:
    tallies = [counted.tallies[post.id] for post in posts if post.id in counted.tallies]
    figures = monthly_figures(DEFINITIONS, tallies, counted.month, disguise=place.is_above_village)
    return as_told(figures, above=place.is_above_village)


def _completeness(figures: dict[str, Figure]) -> tuple[int, int]:
    live, reporting = (figures[f"kelembagaan.posyandu.{part}"].value or 0 for part in ("jumlah", "melapor"))
    return int(live), int(reporting)


def _identity(counted: _Counted, above: dict[str, Area], live: int, reporting: int) -> tuple[tuple[str, str], ...]:
    if counted.post:
        return identity.identity_of_posyandu(counted.post, above, counted.on)
    known = f"{len(counted.posts)} posyandu, {live} sudah mulai pakai"
    if counted.place.level == FACILITY:
        return identity.identity_of_facility(counted.place, above, (known, f"{reporting} dari {live} punya isian"))
    return identity.identity_of_area(counted.place, above, (known, f"{reporting} dari {live} posyandu punya isian"))


def _part(place: Place, post: Post) -> str:
    """The code of the part of a place in which a post lies: the level below, or the post itself."""
    return post.path[: PART_LENGTH.get(place.level)]


def _parts(counted: _Counted) -> tuple[PartLine, ...]:
    """The level below: posyandu of a desa or kelurahan, desa of a kecamatan, kecamatan of a kabupaten or kota."""
    groups: dict[str, list[Post]] = {}
    for post in counted.posts:
        groups.setdefault(_part(counted.place, post), []).append(post)
    names = Area.objects.in_bulk(groups) if counted.place.level in PART_LENGTH else {}
    places = {
        code: Place(code, names[code].name, names[code].kind, names[code].title)
        if code in names
        else post_place(code, posts[0].name)
        for code, posts in groups.items()
    }
    figures = {code: _figures(counted, posts, places[code]) for code, posts in groups.items()}
    if counted.place.is_above_village:
        figures = disguised_parts(_figures(counted, counted.posts, counted.place), figures)
    lines = [PartLine(place, *_completeness(figures[code]), figures[code]) for code, place in places.items()]
    return tuple(sorted(lines, key=lambda line: (line.place.name, line.place.code)))
