import csv
from dataclasses import replace
from datetime import date

import pytest

from services.clinical.kms import (
    DEFAULT_KMS,
    STATUS,
    KmsRules,
    Weighing,
    above_orange_line,
    below_red_line,
    is_two_t,
    minimum_gain_g,
    weighing_chain,
    weighing_status,
)

BOYS = {1: 800, 2: 900, 3: 800, 4: 600, 5: 500, 6: 400, 7: 400, 8: 300, 9: 300, 10: 300, 11: 300, 12: 200, 60: 200}
GIRLS = {1: 800, 2: 900, 3: 800, 4: 600, 5: 500, 6: 400, 7: 300, 8: 300, 9: 300, 10: 300, 11: 200, 12: 200, 60: 200}


@pytest.mark.parametrize(("sex", "table"), [("L", BOYS), ("P", GIRLS)])
def test_minimum_gain_by_month(sex, table):
    assert {month: minimum_gain_g(sex, month) for month in table} == table
    assert {minimum_gain_g(sex, month) for month in range(12, 61)} == {200}
    assert minimum_gain_g(sex, 0) is None
    assert minimum_gain_g(sex, 61) is None


@pytest.mark.parametrize(
    ("sex", "months", "now", "before", "last_month", "ever", "status"),
    [
        ("L", 2, 5100, 4200, True, True, "N"),  # exactly the minimum counts as gained
        ("L", 2, 5099, 4200, True, True, "T"),
        ("L", 7, 8350, 8000, True, True, "T"),
        ("P", 7, 7850, 7500, True, True, "N"),
        ("L", 30, 12000, 12000, True, True, "T"),
        ("L", 30, 11500, 12000, True, True, "T"),
        ("L", 30, 12500, None, False, True, "O"),
        ("L", 30, 12500, 12000, False, True, "O"),
        ("L", 3, 6000, None, False, False, "B"),
        ("L", 3, 6000, 5000, False, False, "B"),  # an older weight in the Buku KIA is not last month's
        ("L", 3, 6000, 5000, True, False, "N"),  # last month's from the Buku KIA is
        ("L", 0, 4000, 3000, True, True, "O"),
        ("L", 61, 20000, 19000, True, True, "O"),
        ("L", 30, 12500, None, True, True, "O"),
    ],
)
def test_status_of_a_weighing(sex, months, now, before, last_month, ever, status):
    assert weighing_status(sex, months, now, before, last_month, ever) == status


def test_every_status_has_words():
    assert set(STATUS) == {"N", "T", "O", "B"}


def test_a_district_may_set_the_status_of_month_zero():
    rules = KmsRules(without_standard="N")
    assert weighing_status("L", 0, 4000, 3000, True, True, rules) == "N"


@pytest.mark.parametrize(
    ("this", "last", "expected"),
    [("T", "T", True), ("T", "N", False), ("T", "O", False), ("T", "B", False), ("T", None, False), ("N", "T", False)],
)
def test_two_t_needs_two_t_in_a_row(this, last, expected):
    assert is_two_t(this, last) is expected


def test_red_and_orange_line():
    assert [below_red_line(z) for z in (-3.01, -3.0, 0.0)] == [True, False, False]
    assert [above_orange_line(z) for z in (1.01, 1.0)] == [True, False]
    assert below_red_line(None) is None
    assert above_orange_line(None) is None
    assert below_red_line(-2.5, KmsRules(red_line_z=-2.0)) is True
    assert above_orange_line(1.5, KmsRules(orange_line_z=2.0)) is False


BIRTH = date(2024, 1, 10)


def weighed(*pairs):
    return [Weighing(date.fromisoformat(day), grams) for day, grams in pairs]


def statuses(weighings, rules=DEFAULT_KMS):
    return [(each.status, each.two_t) for each in weighing_chain("L", BIRTH, weighings, lambda day: rules)]


def test_a_chain_of_months():
    chain = weighed(
        ("2026-01-12", 12000),
        ("2026-02-09", 12100),
        ("2026-03-09", 12150),
        ("2026-05-11", 12400),
        ("2026-06-08", 12600),
    )
    assert statuses(chain) == [("B", False), ("T", False), ("T", True), ("O", False), ("N", False)]


def test_editing_march_changes_april_and_the_two_t_after_it():
    before = weighed(("2026-02-09", 12000), ("2026-03-09", 12300), ("2026-04-13", 12400), ("2026-05-11", 12450))
    assert statuses(before) == [("B", False), ("N", False), ("T", False), ("T", True)]
    after = weighed(("2026-02-09", 12000), ("2026-03-09", 12100), ("2026-04-13", 12400), ("2026-05-11", 12450))
    assert statuses(after) == [("B", False), ("T", False), ("N", False), ("T", False)]


def test_a_month_away_breaks_two_t():
    chain = weighed(("2026-01-12", 12000), ("2026-02-09", 12000), ("2026-04-13", 12000), ("2026-05-11", 12000))
    assert statuses(chain) == [("B", False), ("T", False), ("O", False), ("T", False)]


def test_the_last_weighing_of_a_month_counts():
    chain = weighed(("2026-01-05", 12000), ("2026-01-30", 12300), ("2026-02-09", 12400), ("2026-02-20", 12500))
    result = weighing_chain("L", BIRTH, chain)
    assert [(each.status, each.gain_g, each.minimum_g) for each in result] == [("B", None, 200), ("N", 200, 200)]


def test_a_chain_crosses_the_year():
    assert statuses(weighed(("2025-12-29", 12000), ("2026-01-05", 12200))) == [("B", False), ("N", False)]


def test_a_weight_from_the_book_gives_n_but_has_no_status():
    book = Weighing(date(2026, 1, 20), 12000, elsewhere=True)
    assert statuses([book, *weighed(("2026-02-09", 12200))]) == [("N", False)]
    older = Weighing(date(2025, 11, 20), 12000, elsewhere=True)
    assert statuses([older, *weighed(("2026-02-09", 12200))]) == [("B", False)]


def test_a_book_weight_in_the_same_month_hides_no_weighing_here():
    later = Weighing(date(2026, 2, 20), 12300, elsewhere=True)
    assert statuses([*weighed(("2026-01-12", 12000), ("2026-02-09", 12200)), later]) == [("B", False), ("N", False)]


def test_two_t_across_a_month_known_only_from_the_book_is_a_setting():
    weighings = [
        *weighed(("2026-01-12", 12000), ("2026-02-09", 12000)),
        Weighing(date(2026, 3, 9), 12000, elsewhere=True),
        *weighed(("2026-04-13", 12000)),
    ]
    assert statuses(weighings)[-1] == ("T", False)
    assert statuses(weighings, replace(DEFAULT_KMS, two_t_needs_consecutive_months=False))[-1] == ("T", True)


def test_each_month_is_judged_by_the_rules_of_its_own_day():
    lower = replace(DEFAULT_KMS, minimum_gain_g={"L": dict.fromkeys(range(61), 100)})
    weighings = weighed(("2026-01-12", 12000), ("2026-02-09", 12150), ("2026-03-09", 12300))
    found = weighing_chain("L", BIRTH, weighings, lambda day: lower if day >= date(2026, 3, 1) else DEFAULT_KMS)
    assert [(each.status, each.minimum_g) for each in found] == [("B", 200), ("T", 200), ("N", 100)]


def test_sample_of_kms_cases(shared):
    with (shared / "data/growth/cases_kms_nt.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            before = round(float(row["weight_prev_kg"]) * 1000) if row["weight_prev_kg"] else None
            status = weighing_status(
                row["sex"],
                int(row["age_months_now"]),
                round(float(row["weight_now_kg"]) * 1000),
                before,
                row["weighed_last_month"] == "1",
                row["first_time"] != "1",
            )
            assert status == row["expected"], row["case_id"]


def test_minimum_gains_are_those_of_the_reference_rows(shared):
    with (shared / "data/rules/kbm_kms.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 120
    for row in rows:
        assert minimum_gain_g(row["jenis_kelamin"], int(row["umur_bulan"])) == int(row["kbm_gram"]), row
