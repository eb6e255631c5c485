from dataclasses import dataclass
from datetime import date

from services.areas import clock
from services.areas.scope import Scope
from services.follow_ups.queries import Reader, due_households
from services.follow_ups.rules import DueHousehold
from services.open_days.models import OpenDay
from services.open_days.queries import Counts, current_day, day_counts, suggested_date
from services.posyandu.models import Posyandu

VISITS_SHOWN = 5


@dataclass(frozen=True)
class PostToday:
    """What a kader should do next: today's or the next open day, and whom to visit."""

    posyandu: Posyandu | None
    today: date
    open_day: OpenDay | None
    counts: Counts | None
    suggested: date | None
    due: list[DueHousehold]
    due_count: int

    @property
    def is_unfilled(self) -> bool:
        """A planned day that has passed and that nobody filled."""
        day = self.open_day
        return day is not None and day.state == OpenDay.State.PLANNED and day.date < self.today

    @property
    def is_today(self) -> bool:
        return self.open_day is not None and self.open_day.date <= self.today


def today_at(scope: Scope) -> PostToday:
    """The first screen of who records at one or a few posyandu."""
    posts = list(Posyandu.objects.within(scope).order_by("name")[:20])
    today = clock.today(posts[0].area_id if posts else "")
    day = current_day([post.pk for post in posts], scope, today)
    due = due_households(Reader(scope), today)
    alone = posts[0] if len(posts) == 1 else None
    return PostToday(
        posyandu=alone,
        today=today,
        open_day=day,
        counts=day_counts(day, scope) if day else None,
        suggested=suggested_date(alone, scope, today) if alone and not day else None,
        due=due[:VISITS_SHOWN],
        due_count=len(due),
    )
