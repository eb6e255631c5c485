"""Samples that can be drawn again, and agreement with its own denominator."""

from datetime import date
from decimal import Decimal

import pytest

from services.coaching.rules import agreement, draw, is_late


def test_the_same_seed_draws_the_same_sample_whatever_the_order():
    candidates = list(range(100))
    assert draw(candidates, "a") == draw(candidates[::-1], "a")
    assert len(set(draw(candidates, "a"))) == 5
    assert draw(candidates, "a") != draw(candidates, "b")


def test_fewer_records_than_five_are_all_drawn():
    assert sorted(draw([3, 1, 2], "a")) == [1, 2, 3]


@pytest.mark.parametrize(
    "outcomes, agrees, checked, percent",
    [
        ([], 0, 0, None),
        (["", "", ""], 0, 0, None),
        (["cocok", "cocok", "berbeda", "", "tidak_bertemu"], 2, 3, "66.7"),
        (["tidak_bertemu"], 0, 0, None),
        (["berbeda"], 0, 1, "0.0"),
    ],
)
def test_agreement_counts_what_could_be_checked(outcomes, agrees, checked, percent):
    found = agreement(outcomes)
    assert (found.agrees, found.checked) == (agrees, checked)
    assert found.percent == (None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    "due, done, late", [("2026-11-20", None, False), ("2026-11-19", None, True), ("2026-11-01", "2026-11-18", False)]
)
def test_late_is_after_the_promised_day_and_not_done(due, done, late):
    done_on = date.fromisoformat(done) if done else None
    assert is_late(date.fromisoformat(due), done_on, date(2026, 11, 20)) is late
