"""From an empty register to the whole demo, posyandu by posyandu, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from time import monotonic

from django.db import transaction

from services.areas import clock
from services.areas.clock import last_day, month_of, previous_month
from services.posyandu.models import Facility, Period, Posyandu

from .activities import dig_wells, look_at_wells, patrol, teach
from .chance import Chance, moment_of
from .days import cancel, dates_of, hold_day, months_ago, plan_day, schedule_of
from .events import happen
from .months import keep_months
from .people import Numbers, settle
from .places import add_facilities, add_offices, add_post, load_areas
from .plans import KENCANA_UNGU, PostPlan, plans_of
from .records import follow_growth
from .rows import Rows
from .stories import tell, tell_visitor
from .tickets import add_tickets
from .users import MIDWIFE, OFFICERS, OFFICIAL, Accounts, accounts_of
from .visits import invite, visit_between
from .world import Person, Post

EVERY = 10
"""Of a city, one line of progress for so many posyandu."""


class NotEmpty(Exception):
    """There are posyandu already; a demo is never put beside real ones."""


def is_empty() -> bool:
    """Whether no posyandu was registered yet."""
    return not Posyandu.objects.unscoped(reason="a demo begins in an empty register").exists()


@transaction.atomic
def seed(size: str = "small", seed: int = 1, today: date | None = None, stdout=None, *, freeze: bool = True) -> Counter:
    """Make the demo of a size ("tiny", "small", "city"); the same seed and day give the same demo.

    `stdout` (with `write`) hears of progress; `freeze` keeps the final months as version 1 of their reports. Returns
    how many rows of each model were written. Raises NotEmpty.
    """
    if not is_empty():
        raise NotEmpty
    say = stdout.write if stdout else lambda line: None
    today, plans = today or clock.today(), plans_of(size)
    load_areas(plans, today)
    seeding = Seeding(seed, today, plans, say)
    seeding.run()
    if freeze:
        seeding.freeze()
    return seeding.written


class Seeding:
    """What all posyandu of one demo share: numbers given once, accounts, facilities, the visitor."""

    def __init__(self, seed: int, today: date, plans: list[PostPlan], say: Callable[[str], object]) -> None:
        self.seed, self.today, self.plans, self.say = seed, today, plans, say
        chance = Chance(f"{seed}:all")
        self.facilities = add_facilities(plans, chance, today)
        self.offices = add_offices(plans, chance, today)
        self.accounts = Accounts(chance, min(plan.live_from(today) for plan in plans) - timedelta(days=30))
        self.numbers = Numbers()
        self.visitors: list[Person] = []
        self.written: Counter[str] = Counter()

    def run(self) -> None:
        """Make every posyandu of the plans."""
        began = monotonic()
        self.officers = self.accounts.add(OFFICERS)
        self.accounts.add([MIDWIFE], self.facilities[KENCANA_UNGU.subdistrict])
        office = self.offices[KENCANA_UNGU.district]
        official = self.accounts.add([OFFICIAL], office)[OFFICIAL.username]
        for number, plan in enumerate(self.plans, start=1):
            post = self.post(plan, self.facilities[plan.subdistrict])
            self.written += fill(post, self.numbers, self.visitors).written
            if plan.has_stories:
                self.written += add_tickets(post, office, self.officers, official, self.seed)
            if len(self.plans) < 2 * EVERY or number % EVERY == 0 or number == len(self.plans):
                self.say(
                    f"  {number} dari {len(self.plans)} posyandu: {self.written['Resident']} warga, "
                    f"{self.written['OpenDay']} hari buka, {self.written['HomeVisit']} kunjungan, "
                    f"{self.written['Record']} catatan ({monotonic() - began:.0f} detik)"
                )

    def freeze(self) -> None:
        """The final months are kept as the kab/kota finished them, the last full one as it was sent."""
        kept = keep_months(self.officers, month_of(clock.today()), with_rows=len(self.plans) < 2 * EVERY)
        self.written["MonthlyReport"] = kept
        self.say(f"  {kept} laporan bulan yang sudah dikirim disimpan, yang selesai sebagai versi 1")

    def post(self, plan: PostPlan, facility: Facility) -> Post:
        """The posyandu with its ketua, its kader and a chance of its own."""
        chance = Chance(f"{self.seed}:{plan.area}:{plan.name}")
        row = add_post(plan, facility, chance, self.today)
        users = list(self.accounts.add(accounts_of(plan), row).values())
        return Post(plan=plan, row=row, chance=chance, rows=Rows(), today=self.today, ketua=users[0], kader=users[1:])


def fill(post: Post, numbers: Numbers, visitors: list[Person]) -> Rows:
    """People first, then month by month what happened, then everything is written."""
    if post.plan.has_stories:
        tell(post, numbers)
        post.visitors = visitors
    if post.plan.has_visitor:
        visitors.append(tell_visitor(post, numbers))
    settle(post, numbers)
    happen(post)
    _months(post)
    follow_growth([*post.people, *post.visitors], post.plan.live_from(post.today))
    post.rows.flush()
    return post.rows


def _months(post: Post) -> None:
    schedule = schedule_of(post)
    schedule.save(force_insert=True)
    dates = dates_of(post, schedule)
    held = [day for day in dates if day < post.today and not _is_cancelled(post, day)]
    wells = dig_wells(post, post.plan.live_from(post.today))
    for turn, day in enumerate(dates):
        _add_period(post, month_of(day))
        row = plan_day(post, day)
        post.days.append(row)
        if _is_cancelled(post, day):
            cancel(row)
        elif day < post.today:
            hold_day(post, row, back=sum(later > day for later in held))
            teach(post, row, turn)
            if turn in (0, len(dates) - 2):
                look_at_wells(post, row.encounter, wells)
        else:
            invite(post, row)
        yesterday = post.today - timedelta(days=1)
        patrol(post, month_of(day), min(last_day(month_of(day)), yesterday))
        following = dates[turn + 1] if turn + 1 < len(dates) else post.today
        is_last = following >= post.today
        visit_between(post, day + timedelta(days=1), min(following - timedelta(days=1), yesterday), is_last=is_last)


def _is_cancelled(post: Post, day: date) -> bool:
    return bool(post.plan.cancelled_back) and months_ago(post.today, day) == post.plan.cancelled_back


def _add_period(post: Post, month: date) -> None:
    """Older months are final, the last full month waits at the kelurahan, this month is open."""
    running = month_of(post.today)
    state = Period.State.FINAL
    if month == running:
        state = Period.State.DRAFT
    elif month == previous_month(running):
        state = Period.State.SUBMITTED
    post.rows.add(Period(id=post.chance.row_id(moment_of(month)), posyandu_id=post.row.pk, month=month, state=state))
