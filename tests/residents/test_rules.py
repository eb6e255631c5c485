from datetime import date

import pytest

from services.residents import rules
from services.residents.rules import Likeness, PregnancySpan

BIRTH = date(2020, 3, 15)


@pytest.mark.parametrize(
    ("birth", "on", "stage"),
    [
        (BIRTH, date(2020, 3, 15), "bayi"),
        (BIRTH, date(2021, 3, 14), "bayi"),
        (BIRTH, date(2021, 3, 15), "balita"),
        (BIRTH, date(2025, 3, 14), "balita"),  # 59 months
        (BIRTH, date(2025, 3, 15), "apras"),  # 60 months
        (BIRTH, date(2026, 3, 14), "apras"),  # 71 months
        (BIRTH, date(2026, 3, 15), "usekrem"),  # 72 months
        (BIRTH, date(2038, 3, 14), "usekrem"),  # 17 years
        (BIRTH, date(2038, 3, 15), "dewasa"),  # 18 years
        (BIRTH, date(2080, 3, 14), "dewasa"),  # 59 years
        (BIRTH, date(2080, 3, 15), "lansia"),  # 60 years
    ],
)
def test_a_stage_follows_from_completed_months(birth, on, stage):
    assert rules.stages(birth, on)[0] == stage


ENDED = date(2026, 1, 10)


@pytest.mark.parametrize(
    ("on", "born", "stage"),
    [
        (date(2025, 5, 31), True, ""),
        (date(2025, 6, 1), True, "bumil"),
        (date(2026, 1, 9), True, "bumil"),
        (date(2026, 1, 10), True, "nifas"),
        (date(2026, 2, 21), True, "nifas"),  # day 42
        (date(2026, 2, 22), True, "menyusui"),  # day 43
        (date(2027, 1, 9), True, "menyusui"),
        (date(2027, 1, 10), True, ""),  # twelve months
        (date(2026, 1, 10), False, ""),  # a loss is neither nifas nor menyusui
    ],
)
def test_a_mothers_stage_follows_from_her_pregnancies(on, born, stage):
    assert rules.mother_stage(on, [PregnancySpan(date(2025, 6, 1), ENDED, born)]) == stage


def test_a_new_pregnancy_comes_before_breastfeeding():
    spans = [PregnancySpan(date(2025, 1, 1), date(2025, 8, 1), True), PregnancySpan(date(2026, 2, 1))]
    assert rules.mother_stage(date(2026, 3, 1), spans) == "bumil"


def test_a_pregnant_girl_of_17_is_counted_as_bumil_and_stays_among_the_young():
    girl = rules.stages(date(2009, 1, 1), date(2026, 6, 1), [PregnancySpan(date(2026, 5, 1))])
    assert girl == ("bumil", "usekrem")


@pytest.mark.parametrize("months", [12, 60, 72, 216, 720])
@pytest.mark.parametrize("on", [date(2026, 2, 28), date(2026, 3, 1), date(2024, 2, 29), date(2026, 5, 31)])
def test_the_limit_for_sql_is_the_last_birth_date_that_is_old_enough(months, on):
    limit = rules.born_after(on, months)
    assert rules.completed_months(limit, on) >= months
    assert rules.completed_months(date.fromordinal(limit.toordinal() + 1), on) < months


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", ""),
        ("3375031005240001", ""),
        ("337503100524000", "NIK harus 16 angka. Yang diisi 15 angka."),
        ("33750310052400012", "NIK harus 16 angka. Yang diisi 17 angka."),
        ("33750310052400O1", "NIK hanya berisi angka."),
        ("٣٣٧٥٠٣١٠٠٥٢٤٠٠٠١", "NIK hanya berisi angka."),
    ],
)
def test_a_nik_is_sixteen_digits(typed, fault):
    assert rules.number_fault(typed) == fault


def test_spaces_and_dots_in_a_nik_are_taken_out():
    assert rules.clean_number("3375 0310.0524-0001") == "3375031005240001"


@pytest.mark.parametrize(
    ("nik", "birth", "sex", "exact", "warns"),
    [
        ("3375031005240001", date(2024, 5, 10), "L", True, False),
        ("3375035005240001", date(2024, 5, 10), "P", True, False),
        ("3375031005240001", date(2024, 5, 10), "P", True, True),
        ("3375031005240001", date(2024, 5, 11), "L", True, True),
        ("3375031005240001", date(2024, 7, 1), "L", False, False),
        ("0000000000000000", date(2024, 5, 10), "L", True, True),
    ],
)
def test_a_nik_that_tells_otherwise_only_warns(nik, birth, sex, exact, warns):
    assert bool(rules.nik_disagrees(nik, birth, sex, birth_is_exact=exact)) is warns


@pytest.mark.parametrize("today", [date(2026, 11, 21), date(2024, 2, 29), date(2026, 1, 1)])
@pytest.mark.parametrize("years", [0, 1, 63, 100])
def test_an_approximate_age_is_that_age_today(today, years):
    assert rules.completed_months(rules.born_about(years, today), today) // 12 == years


def test_a_birth_year_never_lies_ahead():
    assert rules.born_in(1958, date(2026, 3, 1)) == date(1958, 7, 1)
    assert rules.born_in(2026, date(2026, 3, 1)) == date(2026, 3, 1)


DAY = date(2024, 5, 10)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (Likeness("Aisyah Putri", DAY), Likeness("AISYAH PUTRI", DAY), True),
        (Likeness("Aisyah Putri", DAY), Likeness("Aisyah Putrie", date(2024, 5, 12)), True),
        (Likeness("Aisyah", DAY), Likeness("Aisyah Putri", DAY), True),
        (Likeness("Aisyah Putri", DAY), Likeness("Aisyah Putri", date(2024, 9, 1)), False),
        (Likeness("Aisyah Putri", DAY, "Siti"), Likeness("Aisyah Putri", date(2024, 9, 1), "Siti"), True),
        (Likeness("Ahmad Rafka", DAY, "Siti"), Likeness("Budi Santoso", DAY, "Siti"), False),
        (Likeness("Karto", date(1958, 7, 1), exact=False), Likeness("Karto", date(1957, 1, 2)), True),
        (Likeness("", DAY), Likeness("", DAY), False),
    ],
)
def test_who_may_be_the_same(first, second, same):
    assert rules.likely_same(first, second) is same
    assert rules.likely_same(second, first) is same


def test_a_name_is_compared_without_signs_and_capitals():
    assert rules.name_key("M. Rafka, S.Pd") == "m rafka s pd"
