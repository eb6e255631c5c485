"""A corrected weight changes what follows from it, down the chain, but not in months that were sent."""

from datetime import date

import pytest

from services.posyandu.models import Period
from services.records.actions import save_record
from services.records.models import Encounter, Measurement
from tests import factories as make

pytestmark = pytest.mark.django_db
DAYS = [date(2026, 1, 10), date(2026, 2, 10), date(2026, 3, 10), date(2026, 4, 10)]


@pytest.fixture
def child():
    post = make.posyandu()
    kader = make.user("kader", at=post)
    baby = make.resident(post, "Aisyah", birth_date=date(2025, 1, 5))
    days = [
        Encounter.objects.create(kind="hari_buka", posyandu=post, date=day, period=day.replace(day=1), created_by=kader)
        for day in DAYS
    ]
    return baby, days, kader


def weigh(baby, day, kilograms, kader, base=None):
    answers = {"bb_kg": kilograms}
    return save_record(
        encounter=day, form="kartu_balita", subject=baby, answers=answers, asked=["bb_kg"], base=base or {}, by=kader
    )


def statuses(baby):
    rows = Measurement.objects.unscoped(reason="test").filter(resident=baby).order_by("measured_on")
    return [(row.weight_status, row.no_gain_months) for row in rows]


def test_two_months_without_gain_are_counted(child):
    baby, days, kader = child
    for day, weight in zip(days, (9.0, 9.3, 9.3, 9.4), strict=True):
        weigh(baby, day, weight, kader)
    assert statuses(baby) == [("B", 0), ("N", 0), ("T", 1), ("T", 2)]


def test_a_weight_corrected_in_february_changes_march(child):
    baby, days, kader = child
    for day, weight in zip(days, (9.0, 9.3, 9.3, 9.4), strict=True):
        weigh(baby, day, weight, kader)
    weigh(baby, days[1], 9.0, kader, base={"bb_kg": 9.3})
    assert statuses(baby) == [("B", 0), ("T", 1), ("N", 0), ("T", 1)]


def test_a_month_that_was_sent_keeps_its_status(child):
    baby, days, kader = child
    for day, weight in zip(days, (9.0, 9.3, 9.3, 9.4), strict=True):
        weigh(baby, day, weight, kader)
    sent = Period.objects.unscoped(reason="test").get(month=DAYS[2].replace(day=1))
    sent.state = Period.State.SUBMITTED
    sent.save(update_fields=["state"])
    weigh(baby, days[1], 9.0, kader, base={"bb_kg": 9.3})
    assert statuses(baby)[1:3] == [("T", 1), ("T", 1)]


def test_a_missed_month_is_o_and_breaks_the_chain(child):
    baby, days, kader = child
    weigh(baby, days[0], 9.0, kader)
    weigh(baby, days[2], 9.1, kader)
    weigh(baby, days[3], 9.1, kader)
    assert statuses(baby) == [("B", 0), ("O", 0), ("T", 1)]


def test_taking_the_weight_back_takes_its_results_back(child):
    baby, days, kader = child
    weigh(baby, days[0], 9.0, kader)
    save_record(
        encounter=days[0], form="kartu_balita", subject=baby, answers={}, asked=["bb_kg"], base={"bb_kg": 9.0}, by=kader
    )
    row = Measurement.objects.unscoped(reason="test").get()
    assert (row.weight_g, row.z_wfa, row.weight_status) == (None, None, "")
