"""What a bundle of a place-month holds: the kept reports of its posts, and which posts are missing, and why."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from services.areas import clock
from services.areas.models import Area
from services.areas.scope import Scope
from services.fields.registry import FIELDS
from services.posyandu.models import Period
from services.web.models import Job

from ..figures import Place
from ..models import Bundle, MonthlyReport
from ..rules import ADDED_UP
from ..sources import posts_of
from .frozen import frozen_figures

VILLAGE_LENGTH, SUBDISTRICT_LENGTH = 13, 8  # letters of the code of a desa/kelurahan and of a kecamatan
WRITTEN = tuple(f"{each.key}.semua.isian" for each in FIELDS)
HELD = "hari_buka.semua.terlaksana"


@dataclass(frozen=True)
class Member:
    """A post whose kept report goes in. `version` is None until the month is final."""

    path: str
    name: str
    village: str
    subdistrict: str
    report_id: UUID
    version: int | None
    sha256: str

    @property
    def version_words(self) -> str:
        return f"versi {self.version}" if self.version else "belum final"


@dataclass(frozen=True)
class Absentee:
    """A post that owes a report of the month and has none that anybody has checked."""

    path: str
    name: str
    village: str
    why: str


@dataclass(frozen=True)
class Contents:
    """What is in a bundle and what is missing, in the order of its pages.

    `from_above`: it is for somebody who may not read small sensitive counts.
    """

    place: Place
    month: date
    members: tuple[Member, ...]
    missing: tuple[Absentee, ...]
    from_above: bool = False

    @cached_property
    def key(self) -> str:
        """The same for the same reports and the same missing posts; another as soon as one has a new version."""
        inside = [f"{member.path} {member.sha256}" for member in self.members]
        outside = [f"{each.path} -" for each in self.missing]
        return hashlib.sha256("\n".join([self.place.code, f"{self.month}", *inside, *outside]).encode()).hexdigest()

    def kept_as(self, format_: str) -> str:
        """The name under which this bundle is kept: a desa's has another one for those above it."""
        return f"{format_}+" if self.from_above and not self.place.is_above_village else format_

    @property
    def live(self) -> int:
        return len(self.members) + len(self.missing)


def contents_of(place: Place, month: date, *, from_above: bool = False) -> Contents:
    """The posts of an area on the month's last day, by kecamatan, kelurahan and name; five queries at any size."""
    posts = posts_of(place, None, clock.last_day(month))
    scope = Scope(None, frozenset(post.id for post in posts))
    states = dict(Period.objects.within(scope).filter(month=month).values_list("posyandu_id", "state"))
    checked = {post for post, state in states.items() if state in ADDED_UP}
    latest = MonthlyReport.objects.within(scope).filter(month=month, is_latest=True, posyandu_id__in=checked)
    reports = {row[0]: row[1:] for row in latest.values_list("posyandu_id", "pk", "version", "sha256")}
    names = _area_names(post.path for post in posts)
    members, missing = [], []
    for post in sorted(posts, key=lambda post: (*_above(post.path, names), post.name, post.path)):
        subdistrict, village = _above(post.path, names)
        if post.id in reports:
            members.append(Member(post.path, post.name, village, subdistrict, *reports[post.id]))
        elif post.is_live(month):
            missing.append(Absentee(post.path, post.name, village, _why(states.get(post.id))))
    return Contents(place, month, tuple(members), tuple(missing), from_above or place.is_above_village)


def part_of(contents: Contents, place: Place) -> Contents:
    """The same of one area inside."""
    start = place.code + "."
    inside = tuple(each for each in contents.members if each.path.startswith(start))
    outside = tuple(each for each in contents.missing if each.path.startswith(start))
    return Contents(place, contents.month, inside, outside, contents.from_above)


def villages_of(contents: Contents) -> tuple[Place, ...]:
    """The desa and kelurahan that have posts in it, by name."""
    codes = {each.path[:VILLAGE_LENGTH] for each in (*contents.members, *contents.missing)}
    areas = Area.objects.filter(pk__in=codes).order_by("name", "pk")
    return tuple(Place(area.pk, area.name, area.kind, area.title) for area in areas)


def _area_names(paths: Iterable[str]) -> dict[str, str]:
    codes = {path[:length] for path in paths for length in (SUBDISTRICT_LENGTH, VILLAGE_LENGTH)}
    return dict(Area.objects.filter(pk__in=codes).values_list("pk", "name"))


def _above(path: str, names: dict[str, str]) -> tuple[str, str]:
    return names.get(path[:SUBDISTRICT_LENGTH], ""), names.get(path[:VILLAGE_LENGTH], "")


def _why(state: str | None) -> str:
    if state is None or state == Period.State.DRAFT:
        return "belum dikirim"
    if state == Period.State.RETURNED:
        return "dikembalikan, belum dikirim lagi"
    return "dikirim, belum diperiksa desa/kelurahan"


def filled_words(members: Sequence[Member]) -> dict[UUID, str]:
    """How complete each report is: open days held, and fields with entries. One query."""
    days: dict[UUID, int] = {}
    fields: dict[UUID, int] = {}
    rows = frozen_figures([member.report_id for member in members])
    rows = rows.filter(key__in=(HELD, *WRITTEN), value__gt=0)
    for report, key, value in rows.values_list("report_id", "key", "value"):
        if key == HELD:
            days[report] = int(value)
        else:
            fields[report] = fields.get(report, 0) + 1
    return {
        member.report_id: f"{days.get(member.report_id, 0)} hari buka, "
        f"{fields.get(member.report_id, 0)} dari {len(WRITTEN)} bidang terisi"
        for member in members
    }


def bundles_at(place: Place, month: date, scope: Scope) -> list[Bundle]:
    """The kept bundles of a place-month, without their bytes."""
    rows = Bundle.objects.within(scope).filter(place=place.code, month=month)
    return list(rows.defer("content").order_by("format"))


def running_job(user, location: str) -> Job | None:
    """This person's work on the bundle that is not over."""
    open_states = (Job.State.WAITING, Job.State.RUNNING)
    return Job.objects.filter(user=user, location=location, state__in=open_states).order_by("-created_at").first()
