"""Closing an open day of 800 expected residents, the kader's list with 5,000 past needs, and the daily computation."""

import random
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from services.follow_ups.actions import refresh_needs
from services.follow_ups.models import Need
from services.follow_ups.queries import scope_at
from services.open_days.actions import close_day
from services.open_days.models import Helper, OpenDay
from services.posyandu.actions import hold_month_open
from services.records.models import Attendance, Measurement, Record
from services.residents.models import Household, Residency, Resident
from tests import factories as make
from tests.benchmarks.measuring import measure

EXPECTED = 800
OTHERS = 2200
PAST_NEEDS = 5000
MONTHS = 6


def run(*, quick: bool = False) -> list[dict]:
    with transaction.atomic():
        post, kader, day = _posyandu()
        refresh_needs(posyandu=post, by=kader, on=day.date - timedelta(days=1))
        helpers = {"kader": [kader], "others": [Helper.Kind.BIDAN]}

        def close():
            """Closed, and taken back: every repetition opens and closes the same needs."""
            with transaction.atomic():
                changes = close_day(open_day=day, by=kader, helpers=helpers)
                transaction.set_rollback(True)
            return f"{changes.opened} {changes.closed}"

        rows = [measure("close_day_800", close, quick=quick, note=f"opened, closed: {close()}; 800 of 3,000 expected")]
        close_day(open_day=day, by=kader, helpers=helpers)
        rows.append(measure("refresh_again_800", lambda: str(refresh_needs(posyandu=post)), quick=quick))
        _past_needs(post)
        client, page = make.client_for(kader), reverse("home_visits:visit_list")
        waiting = Need.objects.unscoped(reason="benchmark").filter(closed_on=None).count()
        note = f"{PAST_NEEDS} past, {waiting} open"
        rows.append(measure("visit_list_5000", lambda: client.get(page), quick=quick, note=note))
        transaction.set_rollback(True)
    return rows


def _posyandu():
    """Children who came to most of the last open days, weighed, with cards; and grown-ups who are not expected."""
    chance, today = random.Random(5), timezone.localdate()
    post = make.posyandu("Kencana Ungu")
    kader = make.user("kader", at=post)
    days = [make.open_day(post, today - timedelta(days=30 * n), by=kader, state="selesai" if n else "berlangsung")
            for n in range(MONTHS)]  # fmt: skip
    houses = Household.objects.bulk_create(
        Household(posyandu=post, head_name=f"Kepala {number:04}", rw="03", rt=f"{number % 9 + 1:02}")
        for number in range(EXPECTED)
    )
    people = Resident.objects.bulk_create(
        Resident(name=f"Warga {number}", name_key=f"warga {number}", sex="LP"[number % 2],
                 birth_date=today - timedelta(days=chance.randrange(400, 1500) if number < EXPECTED else 12_000))
        for number in range(EXPECTED + OTHERS)
    )  # fmt: skip
    Residency.objects.bulk_create(
        Residency(resident=one, posyandu=post, household=chance.choice(houses), from_date=one.birth_date)
        for one in people
    )
    hold_month_open(posyandu_id=post.pk, day=today)
    for open_day in days:
        _came(open_day, [one for one in people[:EXPECTED] if chance.random() < 0.85], kader, chance)
    running = OpenDay.objects.within(scope_at(post)).select_related("posyandu", "encounter")
    return post, kader, running.get(pk=days[0].pk)


def _came(open_day: OpenDay, people, kader, chance) -> None:
    where = {"encounter": open_day.encounter}
    Attendance.objects.bulk_create(Attendance(resident=one, marked_by=kader, **where) for one in people)
    Measurement.objects.bulk_create(
        Measurement(resident=one, measured_on=open_day.date, period=open_day.date.replace(day=1), weight_g=10_000,
                    weight_status="N", z_lhfa=-1, z_wfa=-1, z_wflh=chance.choice([0] * 99 + [-4]), **where)
        for one in people
    )  # fmt: skip
    answers = {"bb_kg": 10, "imunisasi_lengkap_sesuai_umur": "ya", "batuk_terus_menerus": "tidak"}
    Record.objects.bulk_create(
        Record(form="kartu_balita", field="kesehatan", shape="PERSON", registry_version="x", resident=one,
               recorded_on=open_day.date,
               answers=answers, author=kader, **where)
        for one in people
    )  # fmt: skip


def _past_needs(post) -> None:
    homes = list(Residency.objects.within(scope_at(post))[:EXPECTED])
    today = timezone.localdate()
    Need.objects.bulk_create(
        Need(posyandu=post, household_id=homes[n % EXPECTED].household_id, resident_id=homes[n % EXPECTED].resident_id,
             kind="DUA_T", field="kesehatan", priority=0, words="BB tidak naik 2 bulan", since=today, opened_on=today,
             due_on=today, state="selesai", closed_on=today - timedelta(days=n % 700), closed_as="dikunjungi")
        for n in range(PAST_NEEDS)
    )  # fmt: skip
