"""What is asked for: a place or the posts of a puskesmas over some months, and who owed and sent what in them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Min, Q

from services.areas import clock
from services.areas.models import Area
from services.areas.scope import Scope
from services.areas.settings import DUE_SUBMIT, TIME_ZONE, remembered, values_of
from services.posyandu.models import AreaMembership, Facility, Period

from ...figures import Place
from ...figures.periods import Span, Standing
from ...models import MonthlyReport
from ...monthly import FACILITY, NotYours, held_place
from ...rules import SENT
from ...rules import State as MonthState
from ...sources.frozen import was_in_time
from ...sources.places import PART_LENGTH, codes_of, post_place

HELD_PLACE = "frozen months of a place that the asker's scope holds"
WHOLE_PATH = -1  # instead of letters: the part is the post itself


@dataclass(frozen=True)
class Asked:
    """A place that the asker holds, over these months; `code` is of an area or a post of its district."""

    place: Place
    span: Span
    members: tuple[AreaMembership, ...]
    code: str

    @property
    def letters(self) -> int:
        """How long the codes of the level below are; of a desa, kelurahan or puskesmas it is the posts."""
        return PART_LENGTH.get(self.place.level, WHOLE_PATH)

    @cached_property
    def today(self) -> date:
        return clock.today(self.code)


def asked_place(code: str, span: Span, *, scope: Scope | None) -> Asked:
    """A post or an area. Raises UnknownPlace, NotYours."""
    place, post = held_place(code, scope)
    return Asked(place, span, _members(Q(posyandu=post) if post else codes_of(place.code)), place.code)


def asked_facility(facility: Facility, span: Span, *, scope: Scope | None) -> Asked:
    """The posts that a puskesmas serves. Raises NotYours unless the scope holds all of them."""
    members = _members(Q(posyandu__facility=facility))
    if scope is not None and not {row.posyandu_id for row in members} <= scope.posyandu:
        raise NotYours(str(facility.pk))
    return Asked(Place(str(facility.pk), facility.name, FACILITY, str(facility)), span, members, facility.area_id)


def _members(where: Q) -> tuple[AreaMembership, ...]:
    rows = AreaMembership.objects.unscoped(reason=HELD_PLACE).filter(where)
    return tuple(rows.select_related("posyandu").order_by("path"))


@dataclass(frozen=True)
class Sent:
    """The latest frozen report of a post-month that was sent and not given back."""

    id: UUID
    posyandu: UUID
    path: str
    month: date
    version: int | None
    sha256: str
    state: str
    in_time: bool

    @property
    def is_final(self) -> bool:
        return self.state == MonthState.FINAL


@dataclass(frozen=True)
class Reports:
    """Who owes and who sent, by month and post. A month that runs is owed by nobody yet: `running` is that month."""

    owing: Mapping[date, Mapping[UUID, AreaMembership]]
    sent: Mapping[date, Mapping[UUID, Sent]]
    names: Mapping[str, str]
    running: date | None = None
    fields: Mapping[tuple[date, str], int] = field(default_factory=dict)

    @property
    def all(self) -> list[Sent]:
        return [report for month in sorted(self.sent) for report in self.sent[month].values()]

    @property
    def ids(self) -> list[UUID]:
        return [report.id for report in self.all]

    @property
    def last(self) -> list[UUID]:
        """The last report of each post that is still here."""
        found = {report.posyandu: report.id for report in self.all}
        here = set(self.owing[max(self.owing)]) if self.owing else set()
        here |= set(self.sent[max(self.sent)]) if self.sent else set()
        return [report for post, report in found.items() if post in here]

    def standings(self, month: date, letters: int) -> dict[str, Standing]:
        """Part → how complete this month of it is. The part is so many letters of a post's path."""
        owing, sent = self.owing.get(month, {}), self.sent.get(month, {})
        found: dict[str, Counter] = {}
        for post, row in owing.items():
            counts = found.setdefault(part_of(row.path, letters), Counter())
            counts.update(owing=1, posts=1, registered=int(bool(row.posyandu.registration_number)))
            if report := sent.get(post):
                counts["on_time" if report.in_time else "late"] += 1
        for report in sent.values():
            counts = found.setdefault(part_of(report.path, letters), Counter())
            counts.update(counted=1, final=int(report.is_final), fields=self.fields.get((month, report.path), 0))
        return {code: Standing(**counts) for code, counts in found.items()}

    def over(self, letters: int) -> dict[str, Standing]:
        """The same over all months; what there is ("posts") is that of the last month that anybody owes."""
        months, found = sorted({*self.owing, *self.sent}), {}
        last = max((month for month, posts in self.owing.items() if posts), default=None)
        for month in months:
            for code, each in self.standings(month, letters).items():
                each = each if month == last else replace(each, posts=0, registered=0)
                found[code] = found.get(code, Standing()) + each
        return found


def part_of(path: str, letters: int) -> str:
    """The code of the part that a post belongs to."""
    return path if letters < 0 else path[:letters]


@remembered()
def reports_of(asked: Asked) -> Reports:
    """Two queries and the settings: the states of the months, and their frozen reports."""
    months = [month for month in asked.span.months if month <= asked.today]
    here = {month: _on(asked.members, clock.last_day(month)) for month in months}
    inner = Scope(None, frozenset(row.posyandu_id for row in asked.members))
    sent = _sent(asked, inner, here)
    owing = {
        month: {post: row for post, row in rows.items() if row.posyandu.is_live(month)} for month, rows in here.items()
    }
    running = next((month for month in months if clock.last_day(month) >= asked.today and owing.pop(month)), None)
    for month, posts in sent.items():  # whoever sent it owed it, also a post that has closed since
        owing.setdefault(month, {}).update({post: here[month][post] for post in posts})
    return Reports(owing, sent, {row.path: row.posyandu.name for row in asked.members}, running)


def _sent(asked: Asked, inner: Scope, here: Mapping[date, Mapping]) -> dict[date, dict[UUID, Sent]]:
    periods = Period.objects.within(inner).filter(month__in=list(here), state__in=SENT)
    first_sent = Min("moves__at", filter=Q(moves__to_state=Period.State.SUBMITTED))
    states = {
        (month, post): (state, at)
        for month, post, state, at in periods.values_list("month", "posyandu_id", "state").annotate(at=first_sent)
    }
    rows = MonthlyReport.objects.within(inner).filter(month__in=list(here), is_latest=True).order_by("month")
    settings = {month: values_of((DUE_SUBMIT, TIME_ZONE), asked.code, month) for month in here}
    found: dict[date, dict[UUID, Sent]] = {}
    for post, month, *row in rows.values_list("posyandu_id", "month", "pk", "place", "version", "sha256"):
        if post in here[month] and (month, post) in states:
            pk, path, version, sha256 = row
            state, at = states[month, post]
            own = settings[month]
            in_time = was_in_time(at, month, own[DUE_SUBMIT.key], own[TIME_ZONE.key])
            found.setdefault(month, {})[post] = Sent(pk, post, path, month, version, sha256, state, in_time)
    return found


def _on(rows: Sequence[AreaMembership], day: date) -> dict[UUID, AreaMembership]:
    return {row.posyandu_id: row for row in rows if row.from_date <= day and (row.to_date is None or row.to_date > day)}


def part_places(codes: Sequence[str], letters: int, names: Mapping[str, str]) -> dict[str, Place]:
    """The places of these codes, by name; one query unless they are posts."""
    if letters < 0:
        found = [post_place(code, names.get(code, code)) for code in codes]
    else:
        areas = Area.objects.in_bulk(list(codes))
        found = [Place(area.pk, area.name, area.kind, area.title) for area in areas.values()]
    return {place.code: place for place in sorted(found, key=lambda place: (place.name, place.code))}
