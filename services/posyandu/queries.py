"""Reading the register of posyandu, and comparing a list with it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from services.areas.models import Area, CodeChange
from services.areas.queries import find_area, parents_of, villages_within
from services.areas.scope import Scope, area_filter

from .models import AreaMembership, BoardMember, CoachingTeam, Posyandu
from .resources import Difference, PostRow, differences
from .rules import Name, name_of, near_names, part_of_name, place_key, registration_problem


class Kind(StrEnum):
    NEW = "baru"
    SAME = "sama"
    SIMILAR = "mirip"
    REFUSED = "ditolak"


@dataclass(frozen=True)
class Finding:
    """What one row of a list is: new, same as a registered post, similar to some, or refused with a reason."""

    kind: Kind
    row: PostRow
    area: Area | None = None
    posts: tuple[Posyandu, ...] = ()
    reason: str = ""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Analysis:
    """A whole list compared with the register."""

    findings: tuple[Finding, ...]
    unknown: tuple[str, ...] = field(default=())  # decisions that fit no row

    def of(self, kind: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind == kind]

    @property
    def counts(self) -> dict[str, int]:
        return {kind.value: len(self.of(kind)) for kind in Kind}


NEW = "new"  # the decision that a similar row is a post of its own
# No desa has nearly as many: a list with more has its villages wrong.
MOST_IN_A_VILLAGE = 300


def analyse(
    rows: Sequence[PostRow], *, areas: Iterable[str] | None, decisions: Mapping[int, str] | None = None
) -> Analysis:
    """Compare rows with the posts of their villages. `areas`: codes the rows must lie in; None: anywhere, by code only.

    `decisions`: row number → NEW, or the path of the post it is, for similar rows. Nothing is written.
    """
    areas = None if areas is None else tuple(areas)
    villages = _Villages(rows, areas)
    places = [villages.find(row) for row in rows]
    register = _register({area.pk for area, _ in places if area})
    comparison = _Comparison(register, _numbers(rows), dict(decisions or {}))
    findings = tuple(comparison.judge(row, area, reason) for row, (area, reason) in zip(rows, places, strict=True))
    return Analysis(findings, tuple(comparison.left_over()))


def registered(scope: Scope, *, words: str = "", village: str = "") -> QuerySet[Posyandu]:
    """The posts in scope, by village and serial, narrowed by a part of the name or the beginning of the path."""
    posts = Posyandu.objects.within(scope).select_related("area", "area__parent", "facility")
    if village:
        posts = posts.filter(area_id=village)
    for word in words.split():
        posts = (
            posts.filter(path__startswith=word)
            if word[0].isdigit() and "." in word
            else posts.filter(name__icontains=word)
        )
    return posts.order_by("area_id", "serial")


def villages_with_posts(scope: Scope) -> list[tuple[str, str, int]]:
    """(code, name, number of posts) of each village in scope that has any, by code."""
    posts = Posyandu.objects.within(scope).order_by("area_id").values_list("area_id", "area__name")
    return list(posts.annotate(Count("pk")))


def find_posyandu(path: str) -> Posyandu | None:
    """The post with this path, today or in the past, old codes of its village included. For work in nobody's name."""
    posts = Posyandu.objects.unscoped(reason="a post asked for by its code on the command line").select_related("area")
    post = posts.filter(path=path).first() or posts.filter(memberships__path=path).first()
    if post or path.count(".") != 4:
        return post
    village, _, serial = path.rpartition(".")
    area = find_area(village)
    return posts.filter(path=f"{area.pk}.{serial}").first() if area and area.pk != village else None


def codes_of(post: Posyandu) -> list[str]:
    """The village codes a post's registration number may begin with: of its place now first, of its past, old codes."""
    past = list(post.memberships.values_list("area_id", flat=True)) if not post._state.adding else []
    old = CodeChange.objects.filter(new_area_id=post.area_id).values_list("old_code", flat=True) if post.area_id else []
    return list(dict.fromkeys([*([post.area_id] if post.area_id else []), *past, *old]))


def last_serials(codes: Iterable[str]) -> dict[str, int]:
    """The highest serial ever given in each village, to posts that moved away as well."""
    highest: dict[str, int] = defaultdict(int)
    given = AreaMembership.objects.unscoped(reason="a serial is never used twice in a place, whoever asks")
    for path in given.filter(area_id__in=set(codes)).values_list("path", flat=True):
        village, _, serial = path.rpartition(".")
        highest[village] = max(highest[village], int(serial))
    return highest


class _Villages:
    """Finds the village of a row: by code, old ones included, else by its exact name inside the given areas."""

    def __init__(self, rows: Sequence[PostRow], areas: tuple[str, ...] | None):
        self.areas = areas
        self.by_code = dict(Area.objects.in_bulk({row.code for row in rows if row.code}))
        named = any(not row.code for row in rows) and areas is not None
        inside = list(villages_within(areas or ())) if named else []
        self.parents = parents_of(area.pk for area in inside)
        self.by_name = defaultdict(list)
        for area in inside:
            self.by_name[place_key(area.name)].append(area)
        self.only = inside[0] if len(inside) == 1 and inside[0].pk in (areas or ()) else None

    def find(self, row: PostRow) -> tuple[Area | None, str]:
        """(village, "") or (None, why there is none)."""
        if row.problem:
            return None, row.problem
        area, reason = self._by_code(row) if row.code else self._by_name(row)
        if area and self.areas is not None and not Scope(None, areas=self.areas).holds_area(area.pk):
            return None, f"{area.title} ({area.pk}) di luar wilayah yang diminta"
        return area, reason

    def _by_code(self, row: PostRow) -> tuple[Area | None, str]:
        area = self.by_code.get(row.code)
        if area is None or not area.is_active:
            area = self.by_code[row.code] = find_area(row.code) or area
        if area is None or area.level != Area.Level.VILLAGE:
            return None, f"kode {row.code} bukan kode desa/kelurahan"
        if not area.is_active:
            return None, f"{area.title} ({area.pk}) sudah tidak aktif"
        written, known = name_of(place_key(row.village)), name_of(place_key(area.name))
        if row.village and area.pk == row.code and written != known and not near_names(written, known):
            return None, f"kode {row.code} adalah {area.title}, padahal tertulis {row.village}"
        return area, ""

    def _by_name(self, row: PostRow) -> tuple[Area | None, str]:
        if self.only and (not row.village or place_key(row.village) == place_key(self.only.name)):
            return self.only, ""
        if not row.village:
            return None, "kelurahan/desa kosong"
        if self.areas is None:
            return None, "tidak ada kode desa/kelurahan; sebutkan wilayahnya dengan --within KODE"
        found = self.by_name.get(place_key(row.village), [])
        if row.subdistrict:
            key = place_key(row.subdistrict)
            found = [area for area in found if place_key(self.parents[area.parent_id].name) == key]
        if len(found) > 1:
            return None, f"{row.village} ada lebih dari satu: {', '.join(area.pk for area in found)}; isi kodenya"
        return (found[0], "") if found else (None, f"desa/kelurahan {row.village} tidak ditemukan")


class _Comparison:
    """Goes through the rows in order and remembers what earlier rows took."""

    def __init__(self, register, numbers, decisions):
        self.register: Mapping[str, list[tuple[Name, Posyandu]]] = register
        self.numbers: Mapping[str, Posyandu] = numbers
        self.decisions: dict[int, str] = decisions
        self.taken: dict = {}  # post → row that is the same
        self.given: dict[str, int] = {}  # registration number → new row that brings it
        self.earlier: dict[str, list[tuple[Name, PostRow]]] = defaultdict(list)
        self.wrong: list[str] = []

    def judge(self, row: PostRow, area: Area | None, reason: str) -> Finding:
        if area is None:
            return Finding(Kind.REFUSED, row, reason=reason)
        refused = self._number_problem(row, area)
        if refused:
            return Finding(Kind.REFUSED, row, area, reason=refused)
        return self._settle(self._decide(self._compare(row, area)))

    def left_over(self) -> list[str]:
        return self.wrong + [f"baris {row} tidak mirip dengan posyandu mana pun" for row in self.decisions]

    def _number_problem(self, row: PostRow, area: Area) -> str:
        if not row.registration:
            return ""
        owner = self.numbers.get(row.registration)
        if owner is not None and owner.area_id != area.pk:
            return f"nomor registrasi {row.registration} sudah dipakai posyandu lain"
        return registration_problem(row.registration, [area.pk])

    def _compare(self, row: PostRow, area: Area) -> Finding:
        name = name_of(row.name)
        posts = self.register.get(area.pk, [])
        owner = self.numbers.get(row.registration) if row.registration else None
        if owner is not None:
            return Finding(Kind.SAME, row, area, (owner,))
        exact = [post for known, post in posts if known == name]
        fitting = [post for post in exact if post.rw == row.rw] or [post for post in exact if not (post.rw and row.rw)]
        if len(fitting) == 1:
            return Finding(Kind.SAME, row, area, (fitting[0],))
        if exact:
            return Finding(Kind.SIMILAR, row, area, tuple(exact), "namanya sama, RW-nya lain")
        near = [post for known, post in posts if self._near(name, row.rw, known, post.rw)]
        if near:
            return Finding(Kind.SIMILAR, row, area, tuple(near), "namanya hampir sama")
        return self._within_list(row, area, name)

    def _within_list(self, row: PostRow, area: Area, name: Name) -> Finding:
        if len(self.earlier[area.pk]) >= MOST_IN_A_VILLAGE:
            reason = f"sudah {MOST_IN_A_VILLAGE} posyandu baru di {area.title}; periksa kolom kelurahan/desa"
            return Finding(Kind.REFUSED, row, area, reason=reason)
        for known, other in self.earlier[area.pk]:
            if known == name and (other.rw == row.rw or not (other.rw and row.rw)):
                return Finding(Kind.REFUSED, row, area, reason=f"sudah ada di baris {other.row} berkas ini")
            if known != name and near_names(known, name):
                return Finding(Kind.SIMILAR, row, area, reason=f"hampir sama dengan baris {other.row} berkas ini")
        return Finding(Kind.NEW, row, area)

    @staticmethod
    def _near(name: Name, rw: str, known: Name, known_rw: str) -> bool:
        return near_names(name, known) or (bool(rw) and rw == known_rw and part_of_name(name, known))

    def _decide(self, finding: Finding) -> Finding:
        """Put the person's decision in the place of "similar"."""
        decision = self.decisions.pop(finding.row.row, "") if finding.kind in (Kind.SIMILAR, Kind.NEW) else ""
        if not decision or (decision == NEW and finding.kind == Kind.NEW):
            return finding
        if decision == NEW:
            return replace(finding, kind=Kind.NEW, posts=(), reason="")
        chosen = [post for _, post in self.register.get(finding.area.pk, []) if post.path == decision]
        if not chosen:
            self.wrong.append(f"baris {finding.row.row}: tidak ada posyandu {decision} di {finding.area.title}")
            return finding
        return replace(finding, kind=Kind.SAME, posts=(chosen[0],), reason="")

    def _settle(self, finding: Finding) -> Finding:
        if finding.kind == Kind.SAME:
            post = finding.posts[0]
            if post.pk in self.taken:
                reason = f"sama dengan baris {self.taken[post.pk]} berkas ini"
                return replace(finding, kind=Kind.REFUSED, reason=reason)
            self.taken[post.pk] = finding.row.row
            return replace(finding, differences=differences(post, finding.row))
        if finding.kind == Kind.NEW:
            number, row = finding.row.registration, finding.row.row
            if number and self.given.setdefault(number, row) != row:
                reason = f"nomor registrasi {number} sudah ada di baris {self.given[number]} berkas ini"
                return replace(finding, kind=Kind.REFUSED, reason=reason)
            self.earlier[finding.area.pk].append((name_of(finding.row.name), finding.row))
        return finding


def _register(codes: Iterable[str]) -> dict[str, list[tuple[Name, Posyandu]]]:
    """All posts of these villages, with their names taken apart."""
    found: dict[str, list[tuple[Name, Posyandu]]] = defaultdict(list)
    posts = Posyandu.objects.unscoped(reason="a list is compared with all posts of its own villages")
    for post in posts.filter(area_id__in=codes).select_related("facility").order_by("serial"):
        found[post.area_id].append((name_of(post.name), post))
    return found


def _numbers(rows: Iterable[PostRow]) -> dict[str, Posyandu]:
    posts = Posyandu.objects.unscoped(reason="a registration number is unique in the whole country")
    numbers = {row.registration for row in rows if row.registration}
    return {post.registration_number: post for post in posts.filter(registration_number__in=numbers)}


@dataclass(frozen=True)
class Place:
    """One line of `list_places`: an area by its code, or a posyandu by its path."""

    code: str
    name: str
    level: str
    kind: str
    parent: str | None
    state: str
    wave: str | None = None
    live_from: date | None = None

    def as_dict(self) -> dict:
        return {**asdict(self), "live_from": self.live_from and self.live_from.isoformat()}


def places(*, level: str | None = None, within: str = "") -> Iterator[Place]:
    """Places by code: the posts with the areas they lie in, or (`level`) all places of one level. Read as they come."""
    inside_it = area_filter("path", [within]) if within else Q()
    posts = Posyandu.objects.unscoped(reason="an operator lists the register on the command line").filter(inside_it)
    if level in (None, "posyandu"):
        used = set() if level else set(posts.values_list("area_id", flat=True).distinct())
        yield from sorted((_area_place(area) for area in parents_of(used).values()), key=lambda place: place.code)
        for post in posts.order_by("path").iterator(chunk_size=2000):
            state, parent = post.state, post.area_id
            yield Place(post.path, post.name, "posyandu", "posyandu", parent, state, post.wave, post.live_from)
        return
    wanted = Area.objects.filter(area_filter("pk", [within]) if within else Q(), level=level)
    yield from (_area_place(area) for area in wanted.order_by("pk").iterator(chunk_size=2000))


def _area_place(area: Area) -> Place:
    return Place(
        area.pk, area.name, area.level, area.kind, area.parent_id, "aktif" if area.is_active else "tidak_aktif"
    )


def board_members(posyandu: Posyandu, *, ended: bool = False) -> list[BoardMember]:
    """The board of a post that was reached in scope: those in office by rank, or those who have stopped."""
    rows = posyandu.board.filter(ended_on__isnull=not ended)
    rank = {post: place for place, post in enumerate(BoardMember.Post.values)}
    return sorted(rows, key=lambda row: (rank[row.post], row.field, row.name))


def teams_of(scope: Scope) -> QuerySet[CoachingTeam]:
    """The decrees of the Tim Pembina in scope, by place, the newest first."""
    return CoachingTeam.objects.within(scope).select_related("area").order_by("area_id", "-decree_date")


def areas_within(scope: Scope) -> QuerySet[Area]:
    """The areas of a scope and all below them, by code."""
    return Area.objects.filter(area_filter("pk", scope.areas)).order_by("pk")
