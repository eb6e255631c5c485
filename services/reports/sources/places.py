"""Which place is meant, and which posts belonged to it on a day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from services.areas.models import Area, CodeChange
from services.areas.queries import find_area, successors
from services.areas.scope import Scope, area_filter
from services.posyandu.models import AreaMembership, Facility, Posyandu
from services.reports.figures import Place

REASON = "the place whose report is asked; the caller checks that its scope holds it"
# How long the code of the level below is: a kecamatan of a kabupaten or kota, a desa of a kecamatan.
PART_LENGTH = {"kabupaten": 8, "kota": 8, "kecamatan": 13}
KINDS = {
    Area.Kind.DESA,
    Area.Kind.KELURAHAN,
    Area.Kind.DESA_ADAT,
    Area.Kind.KECAMATAN,
    Area.Kind.KABUPATEN,
    Area.Kind.KOTA,
}


class UnknownPlace(Exception):
    """No posyandu, desa, kelurahan, kecamatan, kabupaten or kota has this code. The text is for people."""


@dataclass(frozen=True)
class Post:
    """A posyandu as it belonged to its desa/kelurahan on the day of the report."""

    id: UUID
    path: str
    name: str
    live_from: date | None
    is_active: bool
    is_registered: bool = False

    def is_live(self, month: date) -> bool:
        """Whether it owes anything for this month (flows 1)."""
        return self.is_active and self.live_from is not None and self.live_from <= month


def find_place(code: str) -> tuple[Place, Posyandu | None]:
    """The place of a code (old ones too), and the post itself for a posyandu. Raises UnknownPlace."""
    code = code.strip()
    if code.count(".") == 4:
        post = _find_posyandu(code)
        return place_of(post), post
    area = find_area(code) if code.replace(".", "").isdigit() else None
    split = successors(code) if area is None or not area.is_active else []
    if len(split) > 1:
        became = ", ".join(f"{each.title} ({each.pk})" for each in split)
        raise UnknownPlace(f"Wilayah {code} sudah dibagi menjadi {became}. Tulis salah satu kodenya.")
    if area is None or area.kind not in KINDS:
        raise UnknownPlace(
            f"Tidak ada posyandu, desa, kelurahan, kecamatan, kabupaten, atau kota dengan kode {code or '(kosong)'}."
        )
    return Place(area.pk, area.name, area.kind, area.title), None


def place_of(post: Posyandu) -> Place:
    """A posyandu as the place of a report."""
    return post_place(post.path, post.name)


def post_place(path: str, name: str) -> Place:
    """The same of a posyandu that is known by its path and name."""
    return Place(path, name, "posyandu", f"Posyandu {name}")


def _find_posyandu(path: str) -> Posyandu:
    posts = Posyandu.objects.unscoped(reason=REASON).select_related("area")
    post = posts.filter(path=path).first() or posts.filter(memberships__path=path).first()
    if post is None:
        raise UnknownPlace(f"Tidak ada posyandu dengan kode {path}.")
    return post


def is_held_by(place: Place, post: Posyandu | None, scope: Scope) -> bool:
    """Whether somebody's scope holds the place."""
    return post.pk in scope.posyandu if post else scope.holds_area(place.code)


def posts_of(place: Place, post: Posyandu | None, on: date) -> tuple[Post, ...]:
    """The posts of the place on a day, by path. A post that moved to another kelurahan stays where it was that day."""
    if post is not None:
        return (_post(post, post.path),)
    rows = (
        AreaMembership.objects.unscoped(reason=REASON)
        .filter(AreaMembership.on_day(on), codes_of(place.code))
        .select_related("posyandu")
        .order_by("posyandu__name", "path")
    )
    return tuple(_post(row.posyandu, row.path) for row in rows)


def codes_of(code: str) -> Q:
    """Memberships of posts in an area, also under codes that it alone follows."""
    codes = [code, *_old_codes(code)]
    return area_filter("path", codes) | Q(path__in=codes)


def posts_of_facility(facility: Facility, on: date) -> tuple[Post, ...]:
    """The posts that a health facility serves, under their paths of that day."""
    rows = AreaMembership.objects.unscoped(reason=REASON).filter(AreaMembership.on_day(on), posyandu__facility=facility)
    return tuple(_post(row.posyandu, row.path) for row in rows.select_related("posyandu").order_by("path"))


def _old_codes(code: str) -> list[str]:
    """Codes that this place alone follows: in months before the change its posts stand under the old one."""
    changes = CodeChange.objects.filter(new_area=code).values_list("old_code", flat=True)
    return [old for old in changes if len(successors(old)) == 1]


def _post(row: Posyandu, path: str) -> Post:
    is_active = row.state == Posyandu.State.ACTIVE
    return Post(row.pk, path, row.name, row.live_from, is_active, bool(row.registration_number))
