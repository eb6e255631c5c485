"""Which reports somebody may open."""

from dataclasses import dataclass
from datetime import date

from services.areas import clock
from services.areas.models import Area
from services.areas.scope import Scope
from services.posyandu.models import Posyandu

MONTHS_LISTED = 12
MOST_POSTS = 100


@dataclass(frozen=True)
class ListedPlace:
    """A place whose reports may be opened."""

    code: str
    title: str
    note: str = ""


def my_places(scope: Scope) -> tuple[ListedPlace, ...]:
    """Areas first, then posts by name (the first hundred: the others are reached through their kelurahan)."""
    areas = Area.objects.filter(pk__in=scope.areas).order_by("pk")
    posts = Posyandu.objects.within(scope).select_related("area").order_by("name")[:MOST_POSTS]
    return (
        *(ListedPlace(area.pk, area.title) for area in areas),
        *(ListedPlace(post.path, str(post), post.area.title) for post in posts),
    )


def months_to_report(today: date) -> list[date]:
    """The last closed months, newest first, and before them the one that runs."""
    return clock.months_back(clock.month_of(today), MONTHS_LISTED + 1)[::-1]
