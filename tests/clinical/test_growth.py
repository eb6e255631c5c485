"""Z-scores against vectors WHO published and the edges of its rules."""

import csv
from math import inf, nan

import pytest

from services.clinical.ages import days_from_months
from services.clinical.growth import (
    STANDARD_2006,
    STANDARD_2007,
    _flags,
    adjusted_length,
    assess,
    at_sd,
    restricted_z_score,
    z_score,
)
from services.clinical.tables import growth_tables

SEX = {"M": "L", "F": "P"}
INDICES = ("wfa", "lhfa", "wflh", "bfa", "hcfa", "acfa")


def months(value, **measured):
    return assess(age_days=days_from_months(value), age_months=value, **measured)


# WHO's published survey output (health workers' programs compare with the same rows).
@pytest.mark.parametrize(
    ("sex", "days", "kg", "cm", "position", "lhfa", "wfa", "wflh", "bfa"),
    [
        ("P", 683, 10.4, 84.8, "L", -0.07, -0.57, -0.81, -0.79),
        ("L", 1737, 21.8, 110.2, "H", 0.41, 1.48, 1.76, 1.83),
        ("L", 269, 6.3, 64.8, "L", -3.11, -3.08, -1.70, -1.71),
        ("L", 194, 11.9, 73.2, "L", 2.32, 3.68, 3.06, 2.93),
        ("P", 600, 12.5, 87.9, "H", 2.06, 1.32, 0.34, 0.23),  # standing below two years
        ("L", 0, 3.9, 53.0, "L", 1.65, 1.08, -0.31, 0.36),  # newborn
    ],
)
def test_z_scores_are_those_who_published(sex, days, kg, cm, position, lhfa, wfa, wflh, bfa):
    result = assess(sex=sex, age_days=days, weight_kg=kg, length_cm=cm, position=position)
    for index, expected in (("lhfa", lhfa), ("wfa", wfa), ("wflh", wflh), ("bfa", bfa)):
        assert getattr(result, f"z_{index}") == expected, index
    assert result.standard == STANDARD_2006


def test_five_to_nineteen_years_interpolate_between_months():
    result = months(166.59, sex="L", weight_kg=50.7, length_cm=153.7, position="H")
    assert (result.z_lhfa, result.z_wfa, result.z_bfa) == (-1.13, None, 0.94)
    assert result.standard == STANDARD_2007
    result = months(60.32, sex="P", weight_kg=18.7, length_cm=113.8)
    assert (result.z_lhfa, result.z_wfa, result.z_bfa) == (0.96, 0.21, -0.58)


def test_weight_beyond_three_sd_is_restricted_but_height_is_not():
    light = assess(sex="L", age_days=1473, weight_kg=10.5, length_cm=91.5)
    assert (light.z_wfa, light.z_wflh, light.z_lhfa) == (-3.53, -3.01, -2.86)
    assert assess(sex="P", age_days=1276, weight_kg=7.2, length_cm=81.0).z_lhfa == -4.43
    heavy = months(89.55, sex="P", weight_kg=55.2, length_cm=143.3)
    assert (heavy.z_wfa, heavy.z_bfa, heavy.z_lhfa) == (4.92, 3.77, 3.53)


def test_head_and_upper_arm():
    result = assess(sex="P", age_days=96, weight_kg=6.5, length_cm=59.3, position="L", head_cm=39.0, muac_cm=14.7)
    assert (result.z_hcfa, result.z_acfa) == (-0.57, 1.39)


def test_oedema_empties_every_weight_based_score_and_keeps_the_others():
    result = assess(
        sex="P", age_days=814, weight_kg=13.1, length_cm=86.3, position="L", oedema=True, head_cm=47, muac_cm=15.5
    )
    assert (result.z_lhfa, result.z_acfa) == (-0.73, 0.33)
    assert result.z_hcfa is not None
    assert (result.z_wfa, result.z_wflh, result.z_bfa) == (None, None, None)
    assert "oedema" in result.flags
    school = months(70, sex="L", weight_kg=20, length_cm=110, oedema=True)
    assert (school.z_wfa, school.z_bfa) == (None, None)
    assert school.z_lhfa is not None


@pytest.mark.parametrize(
    ("days", "position", "used"),
    [
        (730, "H", 100.7),
        (730, "L", 100.0),
        (730, None, 100.0),
        (731, "H", 100.0),
        (731, "L", 99.3),
        (731, None, 100.0),
        (800, "H", 100.0),
        (800, "L", 99.3),
    ],
)
def test_seven_millimetres_between_lying_and_standing(days, position, used):
    result = assess(sex="L", age_days=days, length_cm=100.0, position=position)
    assert result.length_used_cm == pytest.approx(used)


def test_the_adjusted_length_is_used_for_weight_and_bmi_too():
    lying = assess(sex="L", age_days=800, weight_kg=12.0, length_cm=86.0, position="L")
    standing = assess(sex="L", age_days=800, weight_kg=12.0, length_cm=85.3, position="H")
    assert lying.z_wflh == standing.z_wflh
    assert lying.bmi == pytest.approx(12.0 / 0.853**2)
    assert lying.z_bfa == standing.z_bfa


def test_standing_before_nine_months_is_ignored_with_a_warning():
    early, late = (months(m, sex="L", length_cm=60.0, position="H") for m in (8, 9))
    assert (early.z_lhfa, early.length_used_cm, "c9mo" in early.flags) == (-4.81, 60.0, True)
    assert (late.z_lhfa, "c9mo" in late.flags) == (-5.02, False)
    assert late.length_used_cm == pytest.approx(60.7)
    # 8.99 months is day 274, which as days would already be nine months.
    assert "c9mo" in months(8.99, sex="L", length_cm=60.0, position="H").flags


def test_five_to_nineteen_years_know_no_adjustment():
    assert months(61, sex="L", length_cm=110.0, position="L").length_used_cm == 110.0


@pytest.mark.parametrize(("days", "low", "high"), [(730, 45.0, 110.0), (731, 65.0, 120.0)])
def test_weight_for_length_or_height_is_chosen_by_age(days, low, high):
    def z(cm):
        return assess(sex="P", age_days=days, weight_kg=10.0, length_cm=cm).z_wflh

    assert z(low) is not None
    assert z(high) is not None
    assert z(round(low - 0.1, 1)) is None
    assert z(round(high + 0.1, 1)) is None
    assert z(high + 0.01) is None


@pytest.mark.parametrize("tenth", range(650, 1101))
def test_every_tenth_of_a_centimetre_finds_its_own_row(tenth):
    """As floats, cm * 10 falls below the row it means for several lengths (66.6, 81.9 …)."""
    table = growth_tables()["L"].wfh_mm
    at = tenth - table.first
    expected = restricted_z_score(9.0, table.power[at], table.median[at], table.variation[at])
    result = assess(sex="L", age_days=900, weight_kg=9.0, length_cm=tenth / 10)
    assert result.z_wflh == round(expected, 2)


def test_a_length_between_rows_is_interpolated():
    at_row, between, next_row = (
        assess(sex="L", age_days=900, weight_kg=5.0, length_cm=cm).z_wflh for cm in (66.0, 66.05, 66.1)
    )
    assert at_row > between > next_row


def test_where_each_standard_begins_and_ends():
    assert assess(sex="L", age_days=1826, weight_kg=18, length_cm=109).standard == STANDARD_2006
    last = assess(sex="L", age_days=1826, weight_kg=18, length_cm=109, head_cm=50)
    first = assess(sex="L", age_days=1827, weight_kg=18, length_cm=109, head_cm=50)
    assert None not in (last.z_wflh, last.z_hcfa, last.z_wfa)
    assert (first.standard, first.z_wflh, first.z_hcfa) == (STANDARD_2007, None, None)
    assert None not in (first.z_wfa, first.z_lhfa, first.z_bfa)
    assert months(60, sex="L", weight_kg=20, length_cm=80).standard == STANDARD_2007
    assert months(120, sex="L", weight_kg=30).z_wfa is not None
    assert months(120.1, sex="L", weight_kg=30).z_wfa is None
    assert months(228, sex="L", length_cm=160).z_lhfa is not None
    past = months(228.1, sex="L", weight_kg=60, length_cm=160)
    assert (past.z_lhfa, past.z_bfa, past.standard) == (None, None, "")
    assert assess(sex="P", age_days=90, muac_cm=13).z_acfa is None
    assert assess(sex="P", age_days=91, muac_cm=13).z_acfa is not None


def test_24_months_are_day_731_and_the_height_table():
    assert months(24, sex="P", length_cm=77.5).z_lhfa == -2.55


@pytest.mark.parametrize("value", [None, 0, 0.0, -3.5, nan, inf, -inf])
def test_what_was_not_measured_is_not_computed(value):
    result = assess(sex="L", age_days=300, weight_kg=value, length_cm=value, head_cm=value, muac_cm=value)
    assert [getattr(result, f"z_{index}") for index in INDICES] == [None] * 6
    assert result.flags == frozenset()


@pytest.mark.parametrize("value", [1e-320, 1e-9, 1e9, 1e300])
def test_absurd_numbers_raise_nothing(value):
    assess(sex="L", age_days=300, weight_kg=value, length_cm=value, head_cm=value, muac_cm=value)
    months(100, sex="P", weight_kg=value, length_cm=value)


def test_before_birth_there_is_no_result():
    result = assess(sex="L", age_days=-1, weight_kg=3.0, length_cm=50.0)
    assert (result.z_wfa, result.z_lhfa, result.standard) == (None, None, "")


@pytest.mark.parametrize(
    ("measured", "flag"),
    [
        ({"sex": "P", "age_days": 1, "weight_kg": 10.37}, "wfa"),
        ({"sex": "L", "age_days": 987, "length_cm": 72.86, "position": "L"}, "lhfa"),
        ({"sex": "L", "age_days": 900, "weight_kg": 30.0, "length_cm": 90.0}, "wflh"),
        ({"sex": "L", "age_days": 900, "weight_kg": 30.0, "length_cm": 90.0}, "bfa"),
        ({"sex": "L", "age_days": 900, "head_cm": 60.0}, "hcfa"),
        ({"sex": "L", "age_days": 900, "muac_cm": 27.0}, "acfa"),
    ],
)
def test_an_implausible_score_is_kept_and_flagged(measured, flag):
    result = assess(**measured)
    assert flag in result.flags
    assert getattr(result, f"z_{flag}") is not None


def test_flag_limits_belong_to_the_plausible_side():
    """BB/U from -6 to 5, PB/U and TB/U from -6 to 6, the others from -5 to 5."""

    def flagged(**scores):
        order = ("wfa", "lhfa", "wflh", "bfa", "hcfa", "acfa")
        return _flags(*[scores.get(name) for name in order], False, False)

    for name, low, high in (
        ("wfa", -6, 5),
        ("lhfa", -6, 6),
        ("wflh", -5, 5),
        ("bfa", -5, 5),
        ("hcfa", -5, 5),
        ("acfa", -5, 5),
    ):
        assert flagged(**{name: float(low)}) == flagged(**{name: float(high)}) == frozenset()
        assert flagged(**{name: low - 0.01}) == flagged(**{name: high + 0.01}) == {name}


def test_no_score_prints_as_minus_zero():
    median = growth_tables()["L"].lhfa_day.median[300]
    z = assess(sex="L", age_days=300, length_cm=median - 0.001).z_lhfa
    assert f"{z:.2f}" == "0.00"


def test_lines_of_a_chart_give_back_their_own_score():
    for power in (-0.35, 0.0, 1.0):
        for sd in (-3, -2, 0, 1, 3):
            assert z_score(at_sd(sd, power, 10.0, 0.1), power, 10.0, 0.1) == pytest.approx(sd)


def test_a_missing_length_below_nine_months_keeps_the_warning():
    assert adjusted_length(100, 3.3, None, "H") == (None, True)


def number(text):
    return float(text) if text else None


def test_sample_of_published_cases(shared):
    with (shared / "data/growth/cases_growth.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            age = number(row["age_months"])
            days = int(row["age_days"]) if row["age_days"] else days_from_months(age)
            result = assess(
                sex=SEX[row["sex"]],
                age_days=days,
                age_months=None if row["age_days"] else age,
                weight_kg=number(row["weight_kg"]),
                length_cm=number(row["lenhei_cm"]),
                position=row["measure"] or None,
                oedema=row["oedema"] == "y",
                head_cm=number(row["headc_cm"]),
                muac_cm=number(row["muac_cm"]),
            )
            for index in INDICES:
                z, expected = getattr(result, f"z_{index}"), number(row[f"exp_z_{index}"])
                # The survey left implausible scores out; we keep and flag them.
                assert z == expected or (expected is None and index in result.flags), (row["case_id"], index)
            if row["exp_bmi"]:
                assert result.bmi == pytest.approx(number(row["exp_bmi"]), abs=2e-6)


def test_edge_cases_of_whos_own_tests(shared):
    with (shared / "data/growth/cases_edge.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 28
    for row in rows:
        result = edge(row)
        field, expected = row["expect_field"], row["expected"]
        if field == "clenhei":
            assert result.length_used_cm == pytest.approx(float(expected)), row["case_id"]
        elif field.startswith("flag_"):
            assert (field.removeprefix("flag_") in result.flags) is (expected == "1"), row["case_id"]
        elif field == "z_any":
            # One program covers both standards, so "none" means: none of the standard the row names.
            wanted = {"WHO2006": STANDARD_2006, "WHO2007": STANDARD_2007}[row["ref"]]
            assert (result.standard == wanted) is (expected == "not NA"), row["case_id"]
        else:
            z = getattr(result, {"z_hfa": "z_lhfa"}.get(field, field))
            if expected == "not NA":
                assert z is not None, row["case_id"]
            else:
                assert z == (None if expected == "NA" else float(expected)), row["case_id"]


def edge(row):
    measured = {
        "sex": SEX[row["sex"]],
        "weight_kg": number(row["weight_kg"]),
        "length_cm": number(row["lenhei_cm"]),
        "position": row["measure"] or None,
        "oedema": row["oedema"] == "y",
    }
    if row["age_days"]:
        return assess(age_days=int(row["age_days"]), **measured)
    return months(float(row["age_months"]), **measured)


BY_MONTH = {"BB_U": "wfa", "TB_U": "lhfa", "IMT_U": "bfa", "LILA_U": "acfa", "LIKA_U": "hcfa"}


def test_formula_on_whos_tables_by_completed_month(shared):
    """Cases of another program, which looks up completed months: the same formula must give them to four decimals."""
    with (shared / "data/growth/cases_by_month.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        power, median, variation = month_values(shared, row)
        score = z_score if row["index"] in ("TB_U", "LIKA_U") else restricted_z_score
        z = score(float(row["value"]), power, median, variation)
        assert z == pytest.approx(float(row["z_recomputed_from_month_tables"]), abs=6e-5), row["case_id"]


def month_values(shared, row):
    if row["index"] == "BB_TB":
        table = growth_tables()[SEX[row["sex"]]].wfl_mm
        at = round(float(row["key"]) * 10) - table.first
        return table.power[at], table.median[at], table.variation[at]
    with (shared / f"data/growth/who2006_{BY_MONTH[row['index']]}_by_month.csv").open(newline="") as file:
        found = next(line for line in csv.reader(file) if line[:2] == [row["sex"], row["key"]])
    return tuple(float(cell) for cell in found[2:5])
