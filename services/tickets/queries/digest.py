"""What an office hears by mail each day."""

from dataclasses import dataclass

from services.areas import clock
from services.areas.models import Office
from services.areas.scope import Scope

from .lists import Row, tickets_of_office, times_of


@dataclass(frozen=True)
class Digest:
    """An office's tickets that wait for it; `late` of them are late."""

    office: Office
    rows: list[Row]
    late: int


def digests() -> list[Digest]:
    """One for each office with an address for mail and something that waits. Confidential tickets are in none."""
    found = []
    for office in Office.objects.filter(is_active=True).exclude(email="").order_by("area", "name"):
        times = times_of(office.area_id, clock.today(office.area_id))
        rows = tickets_of_office(Scope(user_id=None, offices=frozenset([office.pk])), times)
        if rows:
            found.append(Digest(office, rows, sum(bool(row.late) for row in rows)))
    return found
