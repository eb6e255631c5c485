import csv
from datetime import date

import pytest

from services.clinical.ages import (
    age_days,
    completed_months,
    completed_years,
    days_from_months,
    decimal_months,
    describe_age,
)


@pytest.mark.parametrize(
    ("birth", "on", "months"),
    [
        ("2015-06-07", "2017-07-30", 25),  # PPSDM Kemenkes, Penilaian Status Gizi, hal. 77
        ("2015-08-27", "2017-07-20", 22),  # idem hal. 78
        ("2015-06-14", "2017-07-05", 24),  # left-over days are never rounded up
        ("2026-01-20", "2026-06-13", 4),
        ("2026-01-31", "2026-02-28", 0),  # no 31st: completes on the 1st of the next month
        ("2026-01-31", "2026-03-01", 1),
        ("2024-02-29", "2025-02-28", 11),
        ("2024-02-29", "2025-03-01", 12),
        ("2026-01-15", "2026-02-14", 0),
        ("2026-01-15", "2026-02-15", 1),
        ("2026-01-15", "2026-01-15", 0),
        ("2026-01-15", "2026-01-14", -1),
        ("2026-01-15", "2025-12-20", -1),
    ],
)
def test_completed_months_ignore_left_over_days(birth, on, months):
    assert completed_months(date.fromisoformat(birth), date.fromisoformat(on)) == months


def test_completed_months_agree_with_the_worked_examples(shared):
    with (shared / "data/growth/cases_completed_months.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            birth, on = date.fromisoformat(row["tgl_lahir"]), date.fromisoformat(row["tgl_ukur"])
            assert completed_months(birth, on) == int(row["bulan_penuh"]), row


@pytest.mark.parametrize(
    ("birth", "on", "days"),
    [
        ("2026-01-01", "2026-01-01", 0),
        ("2023-03-01", "2025-03-01", 731),  # second birthday across a leap day
        ("2021-03-01", "2023-03-01", 730),
        ("2026-01-02", "2026-01-01", -1),
    ],
)
def test_age_in_days_counts_leap_days(birth, on, days):
    assert age_days(date.fromisoformat(birth), date.fromisoformat(on)) == days


def test_years_turn_on_the_birthday():
    assert completed_years(date(2008, 5, 10), date(2026, 5, 9)) == 17
    assert completed_years(date(2008, 5, 10), date(2026, 5, 10)) == 18


@pytest.mark.parametrize(("months", "days"), [(24, 731), (8, 244), (9, 274), (59.9, 1823), (0, 0), (59.99, 1826)])
def test_days_from_months_round_half_up(months, days):
    assert days_from_months(months) == days


def test_day_1826_is_still_below_60_months():
    assert decimal_months(1826) < 60 < decimal_months(1827)


@pytest.mark.parametrize(
    ("birth", "on", "words"),
    [
        ("2026-11-01", "2026-11-21", "20 hari"),
        ("2026-11-21", "2026-11-21", "0 hari"),
        ("2024-12-01", "2026-11-21", "23 bulan"),
        ("2021-11-22", "2026-11-21", "59 bulan"),
        ("2021-11-21", "2026-11-21", "5 tahun"),
        ("1959-11-21", "2026-11-21", "67 tahun"),
        ("2026-11-22", "2026-11-21", "belum lahir"),
    ],
)
def test_an_age_is_described_as_on_the_cards(birth, on, words):
    assert describe_age(date.fromisoformat(birth), date.fromisoformat(on)) == words
