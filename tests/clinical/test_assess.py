"""One row in, the assessed row out: what is read, what is refused, and that the reason is said."""

import pytest

from services.clinical.assess import ADDED_COLUMNS, Layout, added_heading, assess_row, read_row, rejected
from services.clinical.assess.reading import read_date, read_number

GIRL = {"sex": "P", "age_days": "683", "weight_kg": "10.4", "lenhei_cm": "84.8", "measure": "L", "oedema": "n"}


def assessed(**row):
    added = assess_row(list(row.values()), Layout(list(row)))
    assert len(added) == len(ADDED_COLUMNS)
    return dict(zip(ADDED_COLUMNS, added, strict=True))


def test_a_good_row_has_scores_flags_and_words():
    assert assessed(**GIRL, headc_cm="46", muac_cm="12,4") == {
        "z_wfa": "-0.57",
        "z_lhfa": "-0.07",
        "z_wflh": "-0.81",
        "z_bfa": "-0.79",
        "z_hcfa": "-0.69",
        "z_acfa": "-2.18",
        "flag_wfa": "0",
        "flag_lhfa": "0",
        "flag_wflh": "0",
        "flag_bfa": "0",
        "flag_hcfa": "0",
        "flag_acfa": "0",
        "flag_c9mo": "0",
        "category_wfa": "Berat badan normal",
        "category_lhfa": "Normal",
        "category_wflh": "Gizi baik (normal)",
        "category_bfa": "Gizi baik (normal)",
        "category_hcfa": "Normal",
        "category_muac": "Gizi kurang",
        "error": "",
    }


@pytest.mark.parametrize("sex", ["P", "F", "p", "f", "Perempuan", " F "])
def test_a_girl_by_any_of_her_letters(sex):
    assert assessed(**GIRL | {"sex": sex})["z_wfa"] == "-0.57"


@pytest.mark.parametrize("sex", ["L", "M", "l", "m", "laki-laki"])
def test_a_boy_by_any_of_his_letters(sex):
    assert assessed(**GIRL | {"sex": sex})["z_wfa"] == "-1.14"


@pytest.mark.parametrize(("sex", "reason"), [("", "jenis kelamin kosong"), ("x", 'jenis kelamin "x" tidak dikenal')])
def test_without_a_sex_nothing_is_computed(sex, reason):
    row = assessed(**GIRL | {"sex": sex})
    assert (row["z_wfa"], row["category_wfa"], row["error"]) == ("", "", reason)


@pytest.mark.parametrize(
    ("age", "days"),
    [
        ({"age_days": "683"}, 683),
        ({"age_days": "683,0"}, 683),
        ({"age_days": "682.5"}, 683),
        ({"age_months": "24"}, 731),
        ({"age_months": "22,44"}, 683),
        ({"birth_date": "2024-01-01", "measured_on": "2025-11-14"}, 683),
        ({"birth_date": "2024-01-01T00:00:00", "measured_on": "2025-11-14 08:30"}, 683),
        ({"birth_date": "2024-01-01", "measured_on": "2025-11-14", "age_days": "9"}, 683),  # dates first
        ({"birth_date": "2024-01-01", "measured_on": "", "age_days": "9"}, 9),
        ({"age_days": "683", "age_months": "5"}, 683),
        ({"age_days": "", "age_months": "24"}, 731),
    ],
)
def test_where_the_age_is_taken_from(age, days):
    row = {"sex": "P", "weight_kg": "10", **age}
    reading = read_row(list(row.values()), Layout(list(row)))
    assert (reading.days, reading.errors) == (days, [])


@pytest.mark.parametrize(
    ("age", "reason"),
    [
        ({"age_days": ""}, "umur kosong"),
        ({"age_days": "-1"}, 'age_days "-1" bukan umur'),
        ({"age_days": "NaN"}, 'age_days "NaN" bukan umur'),
        ({"age_months": "inf"}, 'age_months "inf" bukan umur'),
        ({"age_days": "1e9"}, 'age_days "1e9" bukan umur'),
        ({"birth_date": "2025-01-02", "measured_on": "2025-01-01"}, "diukur sebelum lahir"),
        ({"birth_date": "2025-02-30", "measured_on": "2025-03-01"}, 'birth_date "2025-02-30" bukan tanggal'),
        ({"birth_date": "01/02/2025", "measured_on": "2025-03-01"}, 'birth_date "01/02/2025" bukan tanggal'),
        ({"birth_date": "2025-02-01", "measured_on": "besok", "age_days": "9"}, 'measured_on "besok" bukan tanggal'),
        ({"age_months": "228.1"}, "umur di luar tabel WHO"),
    ],
)
def test_a_wrong_age_is_named(age, reason):
    row = assessed(sex="P", weight_kg="10", **age)
    assert row["error"].startswith(reason)
    assert row["z_wfa"] == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10.4", 10.4),
        ("10,4", 10.4),
        ("1e1", 10.0),
        ("NaN", None),
        ("nan", None),
        ("inf", None),
        ("-Infinity", None),
        ("1.234,5", None),
        ("1_000", None),
        ("10 kg", None),
        ("", None),
    ],
)
def test_numbers_with_point_or_comma(text, value):
    assert read_number(text) == value


def test_dates_are_iso():
    assert read_date("2025-02-28").day == 28
    assert read_date("20250228") is read_date("2025-2-8") is read_date("2025-02-28x") is None


@pytest.mark.parametrize(
    ("column", "text", "reason", "lost"),
    [
        ("weight_kg", "abc", 'weight_kg "abc" bukan angka', {"z_wfa", "z_wflh", "z_bfa"}),
        ("weight_kg", "NaN", 'weight_kg "NaN" bukan angka', {"z_wfa", "z_wflh", "z_bfa"}),
        ("weight_kg", "0", "weight_kg harus lebih dari 0", {"z_wfa", "z_wflh", "z_bfa"}),
        ("lenhei_cm", "-5", "lenhei_cm harus lebih dari 0", {"z_lhfa", "z_wflh", "z_bfa"}),
        ("oedema", "?", 'oedema "?" tidak dikenal (y atau n)', {"z_wfa", "z_wflh", "z_bfa"}),
        ("measure", "X", 'cara ukur "X" tidak dikenal (L atau H)', set()),
    ],
)
def test_a_bad_value_costs_only_what_depends_on_it(column, text, reason, lost):
    row = assessed(**GIRL | {column: text})
    assert row["error"] == reason
    assert {name for name in ("z_wfa", "z_lhfa", "z_wflh", "z_bfa") if not row[name]} == lost


def test_grams_are_flagged_named_and_given_no_class():
    row = assessed(**GIRL | {"weight_kg": "10400"})
    assert row["error"].endswith("mungkin gram")
    assert (row["flag_wfa"], row["flag_wflh"], row["flag_lhfa"]) == ("1", "1", "0")
    assert (row["category_wfa"], row["category_wflh"], row["category_bfa"]) == ("", "", "")
    assert row["category_lhfa"] == "Normal"


def test_oedema_is_gizi_buruk_without_a_score():
    row = assessed(**GIRL | {"oedema": "y"})
    assert (row["z_wflh"], row["flag_wflh"], row["category_wflh"], row["category_wfa"]) == ("", "", "Gizi buruk", "")
    school = assessed(sex="L", age_months="90", weight_kg="20", lenhei_cm="115", oedema="ya")
    assert (school["category_bfa"], school["category_wflh"]) == ("Gizi buruk", "")


def test_standing_at_five_months_is_flagged():
    row = assessed(**GIRL | {"age_days": "152", "measure": "H", "lenhei_cm": "65", "weight_kg": "7"})
    assert row["flag_c9mo"] == "1"
    assert row["z_lhfa"] == assessed(**GIRL | {"age_days": "152", "measure": "", "lenhei_cm": "65"})["z_lhfa"]


def test_months_are_not_rounded_to_days_on_the_way():
    """8.99 months is day 274, which read back as days would be nine months."""
    row = assessed(sex="L", age_months="8.99", lenhei_cm="60", measure="H")
    assert (row["flag_c9mo"], row["error"]) == ("1", "")


def test_nothing_measured_is_said_and_is_not_normal():
    row = assessed(sex="P", age_days="683", weight_kg="", lenhei_cm="")
    assert row["error"] == "belum diukur"
    assert not any(value for name, value in row.items() if name.startswith("category"))


def test_from_eighteen_years_the_score_stays_and_the_class_goes():
    row = assessed(sex="L", age_months="216", weight_kg="60", lenhei_cm="165")
    assert (row["z_bfa"] != "", row["category_bfa"], row["error"]) == (True, "", "")


def test_columns_are_found_in_any_order_and_letter_case():
    layout = Layout([" Sex", "lain", "WEIGHT_KG", "Age_Days"])
    assert assess_row(["P", "abc", "10.4", "683"], layout)[0] == "-0.57"
    assert layout.missing() == []


def test_a_short_row_is_read_as_far_as_it_goes_and_a_long_one_refused():
    layout = Layout(["sex", "age_days", "weight_kg", "lenhei_cm"])
    short = dict(zip(ADDED_COLUMNS, assess_row(["P", "683", "10.4"], layout), strict=True))
    assert (short["z_wfa"], short["z_lhfa"], short["error"]) == ("-0.57", "", "")
    long = assess_row(["P", "683", "10", "4", "84.8"], layout)
    assert long == rejected("kolom terlalu banyak (5, seharusnya 4)")
    assert assess_row(["P", "683", "10.4", "", "", " "], layout)[0] == "-0.57"
    assert assess_row(["", "", "", ""], layout) == rejected("baris kosong")


@pytest.mark.parametrize(
    ("heading", "missing"),
    [
        (["age_days", "weight_kg"], ["sex"]),
        (["sex", "weight_kg"], ["age_days, age_months, atau birth_date dan measured_on"]),
        (["sex", "birth_date", "weight_kg"], ["age_days, age_months, atau birth_date dan measured_on"]),
        (["sex", "birth_date", "measured_on", "muac_cm"], []),
        (["sex", "age_months"], ["weight_kg, lenhei_cm, headc_cm, atau muac_cm"]),
    ],
)
def test_what_a_file_must_have(heading, missing):
    assert Layout(heading).missing() == missing


def test_a_column_that_exists_already_is_not_written_over():
    heading = added_heading(["sex", "Error", "z_wfa"])
    assert (heading[0], heading[1], heading[-1]) == ("z_wfa_2", "z_lhfa", "error_2")
