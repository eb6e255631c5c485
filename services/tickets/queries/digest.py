"""What an office hears by mail each day."""

from dataclasses import dataclass

from services.areas import clock
from services.areas.models import Office
from services.areas.scope import Scope

from .lists import Row, late, lying_at_office, tickets_of_office, times_of


@dataclass(frozen=True)
class Digest:
    """An office's tickets that wait for it: `rows` are the oldest, `total` is all, `late` of all are late."""

    office: Office
    rows: list[Row]
    total: int
    late: int

    @property
    def more(self) -> int:
        """How many stand not in the mail itself."""
        return self.total - len(self.rows)


def digests() -> list[Digest]:
    """One for each office with an address for mail and something that waits. Confidential tickets are in none."""
    found = []
    for office in Office.objects.filter(is_active=True).exclude(email="").order_by("area", "name"):
        times = times_of(office.area_id, clock.today(office.area_id))
        scope = Scope(user_id=None, offices=frozenset([office.pk]))
        lying = lying_at_office(scope)
        if total := lying.count():
            found.append(Digest(office, tickets_of_office(scope, times), total, lying.filter(late(times)).count()))
    return found
