"""From an empty register to the whole demo.

All of it is one transaction, or, where a city is made by several workers, none may log in before it is whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import date, timedelta
from time import monotonic

from django.db import connection, transaction

from services.accounts.backends import find_user
from services.areas import clock
from services.posyandu.models import Posyandu

from .activities import use_kie
from .chance import Chance
from .coaching import add_coaching
from .crew import Job, fill_jobs, share
from .filling import look_ahead
from .institution import add_institution
from .months import keep_months
from .places import add_facilities, add_offices, add_post, load_areas
from .plans import KENCANA_UNGU, PostPlan, plans_of
from .rows import Rows, keep_statistics
from .tickets import add_tickets
from .users import MIDWIFE, OFFICERS, OFFICIAL, Accounts, accounts_of, add_signatories
from .world import Post

EVERY = 10
"""Of a city, one line of progress for so many posyandu."""
WORKERS = 2


class NotEmpty(Exception):
    """There are posyandu already; a demo is never put beside real ones."""


class Unfinished(NotEmpty):
    """A city broke off while it was made."""


def is_empty() -> bool:
    """Whether no posyandu was registered yet."""
    return not Posyandu.objects.unscoped(reason="a demo begins in an empty register").exists()


def is_unfinished() -> bool:
    """Whether a city broke off while it was made: nobody may log in yet, not even its first account."""
    first = find_user(OFFICERS[0].username)
    return first is not None and not first.is_active and not is_empty()


def seed(size: str = "small", seed: int = 1, today: date | None = None, stdout=None, *, freeze: bool = True) -> Counter:
    """Make the demo of a size ("tiny", "small", "city"); the same seed and day give the same demo.

    `stdout` (with `write`) hears of progress; `freeze` keeps the final months as version 1 of their reports. Returns
    how many rows of each model were written. Raises NotEmpty, Unfinished.
    """
    if is_unfinished():
        raise Unfinished
    if not is_empty():
        raise NotEmpty
    say = stdout.write if stdout else lambda line: None
    today, plans = today or clock.today(), plans_of(size)
    workers = WORKERS if size == "city" and connection.vendor == "postgresql" else 1
    with transaction.atomic() if workers == 1 else nullcontext():
        load_areas(plans, today)
        seeding = Seeding(seed, today, plans, say, workers)
        seeding.run()
        if freeze:
            seeding.freeze()
        seeding.accounts.open()
    return seeding.written


class Seeding:
    """What all posyandu of one demo share: accounts, facilities, offices."""

    def __init__(
        self, seed: int, today: date, plans: list[PostPlan], say: Callable[[str], object], workers: int = 1
    ) -> None:
        self.seed, self.today, self.plans, self.say, self.workers = seed, today, plans, say, workers
        chance = Chance(f"{seed}:all")
        since = min(plan.live_from(today) for plan in plans) - timedelta(days=30)
        self.accounts = Accounts(chance, since, is_open=workers == 1)
        self.facilities = add_facilities(plans, chance, today)
        self.offices = add_offices(plans, chance, today)
        self.written: Counter[str] = Counter()

    def run(self) -> None:
        """Make every posyandu of the plans."""
        began = monotonic()
        with transaction.atomic():
            self.officers = self.accounts.add(OFFICERS)
            add_signatories(self.accounts.since)
            for district in sorted({plan.district for plan in self.plans}):
                use_kie(district, self.accounts.since)
            self.accounts.add([MIDWIFE], self.facilities[KENCANA_UNGU.subdistrict])
            self.officers |= self.accounts.add([OFFICIAL], self.offices[KENCANA_UNGU.district][0])
            posts = self.posts()
        self.written["Posyandu"] = len(posts)
        done = 0
        for job, written in fill_jobs(jobs_of(posts), self.workers):
            self.written += written
            done += len(job)
            if len(posts) < 2 * EVERY or done % EVERY == 0 or done == len(posts):
                self.tell(done, monotonic() - began)
        keep_statistics()
        for _, changed in share(look_ahead, posts, self.workers):
            self.written += changed
        with transaction.atomic():
            self.written += add_tickets(posts, self.offices, self.officers, self.accounts, self.seed)
            self.written += add_institution(posts, self.officers, self.seed)
            self.written += add_coaching(posts, self.offices, self.officers, self.seed)

    def tell(self, done: int, seconds: float) -> None:
        self.say(
            f"  {done} dari {len(self.plans)} posyandu: {self.written['Resident']} warga, "
            f"{self.written['OpenDay']} hari buka, {self.written['HomeVisit']} kunjungan, "
            f"{self.written['Record']} catatan ({seconds:.0f} detik)"
        )

    def freeze(self) -> None:
        """The final months are kept as the kab/kota finished them, the last full one as it was sent."""
        small, began, kept = len(self.plans) < 2 * EVERY, monotonic(), 0
        for number in keep_months(self.officers, with_rows=small, workers=self.workers):
            kept += number
            if not small:
                self.say(f"  {kept} laporan bulan disimpan ({monotonic() - began:.0f} detik)")
        self.written["MonthlyReport"] = kept
        self.say(f"  {kept} laporan bulan yang sudah dikirim disimpan, yang selesai sebagai versi 1")

    def posts(self) -> list[Post]:
        """The posyandu in the register, each with its ketua, its kader and a chance of its own."""
        neighbours = Counter(plan.subdistrict for plan in self.plans)
        turns: Counter[str] = Counter()
        posts = []
        for plan in self.plans:
            chance = Chance(f"{self.seed}:{plan.area}:{plan.name}")
            row = add_post(plan, self.facilities[plan.subdistrict], chance, self.today)
            ketua, *kader = self.accounts.add(accounts_of(plan), row).values()
            post = Post(plan=plan, row=row, chance=chance, rows=Rows(), today=self.today, ketua=ketua, kader=kader)
            post.turn, post.neighbours = turns[plan.subdistrict], neighbours[plan.subdistrict]
            turns[plan.subdistrict] += 1
            posts.append(post)
        return posts


def jobs_of(posts: Iterable[Post]) -> list[Job]:
    """Posyandu one by one; the visitor's home together with the one she is a guest at."""
    together = [post for post in posts if post.plan.has_visitor or post.plan.has_stories]
    return [together, *([post] for post in posts if post not in together)]
