"""Finding places by code, old codes included."""

from collections.abc import Iterable

from django.db.models import QuerySet

from .models import Area, CodeChange
from .scope import area_filter

# A place can be renumbered again and again; a circle in the changes must not hang us.
MOST_CHANGES = 10


def find_area(code: str) -> Area | None:
    """The place with this code today: the place itself, or what it became. A code never matches by its beginning.

    A place that was split has no single successor: then the old place itself is given, if it is still known.
    """
    area = None
    for _ in range(MOST_CHANGES):
        area = Area.objects.filter(pk=code).first()
        if area and area.is_active:
            return area
        became = successors(code)
        if len(became) != 1:
            return area
        code = became[0].pk
    return area


def successors(code: str) -> list[Area]:
    """What a place became by the latest change of its code: one after a renaming, several after a split."""
    changes = list(
        CodeChange.objects.filter(old_code=code).select_related("new_area").order_by("-changed_on", "new_area_id")
    )
    return [change.new_area for change in changes if change.changed_on == changes[0].changed_on]


def parents_of(codes: Iterable[str]) -> dict[str, Area]:
    """The places with these codes and all above them, in one query: code → Area."""
    wanted = set()
    for code in codes:
        groups = code.split(".")[:4]
        wanted |= {".".join(groups[:count]) for count in range(1, len(groups) + 1)}
    return Area.objects.in_bulk(wanted)


def villages_within(areas: Iterable[str]) -> QuerySet[Area]:
    """The desa and kelurahan inside these codes, active ones only, by code."""
    return Area.objects.filter(area_filter("pk", areas), level=Area.Level.VILLAGE, is_active=True).order_by("pk")
