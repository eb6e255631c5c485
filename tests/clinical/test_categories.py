import csv

import pytest

from services.clinical.categories import (
    DEFAULT_CATEGORIES,
    CategoryRules,
    MuacRules,
    classify,
    muac_child,
    oedema_category,
)

BOUNDARIES = [
    ("wfa", -3.01, "SK"),
    ("wfa", -3.0, "K"),
    ("wfa", -2.01, "K"),
    ("wfa", -2.0, "N"),
    ("wfa", 1.0, "N"),
    ("wfa", 1.01, "RBBL"),
    ("wfa", 4.5, "RBBL"),
    ("lhfa", -3.01, "SP"),
    ("lhfa", -3.0, "P"),
    ("lhfa", -2.01, "P"),
    ("lhfa", -2.0, "N"),
    ("lhfa", 3.0, "N"),
    ("lhfa", 3.01, "T"),
    ("wflh", -3.01, "GBur"),
    ("wflh", -3.0, "GK"),
    ("wflh", -2.01, "GK"),
    ("wflh", -2.0, "GB"),
    ("wflh", 1.0, "GB"),
    ("wflh", 1.01, "RGL"),
    ("wflh", 2.0, "RGL"),
    ("wflh", 2.01, "GL"),
    ("wflh", 3.0, "GL"),
    ("wflh", 3.01, "O"),
    ("bfa", -3.01, "GBur"),
    ("bfa", -3.0, "GK"),
    ("bfa", -2.0, "GB"),
    ("bfa", 1.0, "GB"),
    ("bfa", 1.01, "RGL"),
    ("bfa", 2.0, "RGL"),
    ("bfa", 2.01, "GL"),
    ("bfa", 3.0, "GL"),
    ("bfa", 3.01, "O"),
    ("hcfa", -2.01, "Mi"),
    ("hcfa", -2.0, "N"),
    ("hcfa", 2.0, "N"),
    ("hcfa", 2.01, "Ma"),
]


@pytest.mark.parametrize(("index", "z", "code"), BOUNDARIES)
def test_each_boundary_belongs_to_the_milder_class(index, z, code):
    assert classify(index, z, 24).code == code


@pytest.mark.parametrize(
    ("z", "code"),
    [(-3.01, "GBur"), (-3.0, "GK"), (-2.01, "GK"), (-2.0, "GB"), (1.0, "GB"), (1.01, "GL"), (2.0, "GL"), (2.01, "O")],
)
def test_from_five_years_bmi_has_fewer_classes(z, code):
    assert classify("bfa", z, 60).code == code
    assert classify("bfa", z, 215.9).code == code


def test_the_words_and_the_referral_of_the_regulation():
    assert classify("wfa", -3.5, 10).label == "Berat badan sangat kurang"
    assert classify("wfa", 1.5, 10).label == "Risiko berat badan lebih"
    assert classify("lhfa", -2.5, 10).label == "Pendek"
    assert classify("wflh", -2.5, 10).label == "Gizi kurang"
    assert [classify("lhfa", z, 10).refer for z in (-3.5, -2.5, 0, 3.5)] == [True, True, False, False]
    assert [classify("wflh", z, 10).refer for z in (-3.5, -2.5, 0, 1.5, 2.5, 3.5)] == [
        True,
        True,
        False,
        True,
        True,
        True,
    ]


def test_not_measured_and_not_regulated_have_no_class():
    assert classify("wfa", None, 10) is None
    assert classify("wfa", 0.0, 60) is None
    assert classify("wfa", 0.0, 59.99) is not None
    assert classify("hcfa", 0.0, 60) is None
    assert classify("bfa", 0.0, 216) is None
    assert classify("bfa", 0.0, -1) is None


def test_oedema_is_the_lowest_class_whatever_the_weight():
    assert oedema_category(20).code == "GBur"
    assert oedema_category(20).refer is True
    assert oedema_category(100).label == "Gizi buruk"


def test_other_rows_are_another_regulation():
    rows = [
        {"index": "wfa", "from_month": "0", "before_month": "24", "up_to": "0", "including": "no", "code": "a", "label": "A", "refer": "yes"},  # noqa: E501
        {"index": "wfa", "from_month": "0", "before_month": "24", "up_to": "", "including": "", "code": "b", "label": "B", "refer": "no"},  # noqa: E501
    ]  # fmt: skip
    rules = CategoryRules.from_rows(rows)
    assert (classify("wfa", -0.01, 3, rules).code, classify("wfa", 0.0, 3, rules).code) == ("a", "b")
    assert classify("wfa", 0.0, 24, rules) is None


def test_other_ends_change_the_classes_of_their_ages_only():
    moved = DEFAULT_CATEGORIES.with_limits("bfa", 60, (-3, -1.5, 1, 2))
    assert moved.limits("bfa", 60) == (-3, -1.5, 1, 2)
    assert (classify("bfa", -1.7, 70, moved).code, classify("bfa", -1.7, 70).code) == ("GK", "GB")
    assert classify("bfa", -1.7, 20, moved) == classify("bfa", -1.7, 20)
    assert DEFAULT_CATEGORIES.limits("lhfa", 0) == (-3, -2, 3)
    for ends in ((-3, -2), (-3, -2, 1, 2, 3)):
        with pytest.raises(ValueError):
            DEFAULT_CATEGORIES.with_limits("bfa", 60, ends)


@pytest.mark.parametrize(
    ("cm", "months", "code", "refer"),
    [
        (10.99, 5, "merah", "rujuk"),
        (11.0, 5, "hijau", "tidak"),
        (11.0, 0, "hijau", "tidak"),
        (11.49, 6, "merah", "rujuk"),
        (11.5, 6, "kuning", "konfirmasi"),
        (12.49, 59, "kuning", "konfirmasi"),
        (12.5, 59, "hijau", "tidak"),
    ],
)
def test_upper_arm_of_a_child(cm, months, code, refer):
    finding = muac_child(cm, months)
    assert (finding.code, finding.refer) == (code, refer)


def test_upper_arm_not_measured_or_past_the_rule():
    assert muac_child(None, 20) is None
    assert muac_child(11.0, 60) is None
    assert muac_child(12.0, 20, MuacRules(severe_below=12.5, moderate_below=13)).code == "merah"


def test_classes_are_those_of_the_reference_rows(shared):
    index_names = {"BB/U": "wfa", "PB/U|TB/U": "lhfa", "BB/PB|BB/TB": "wflh", "IMT/U": "bfa", "LK/U": "hcfa"}
    with (shared / "data/rules/permenkes2_2020_kategori.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            age = float(row["age_from"]) + 1
            inside = inside_band(row)
            found = classify(index_names[row["index"]], inside, age)
            assert (found.code, found.label, found.refer) == (row["code"], row["label_id"], row["rujuk_kader"] == "1")


def inside_band(row):
    """A z-score in the class, at its lower end where that end belongs to it."""
    if row["z_min"]:
        return float(row["z_min"]) if row["z_min_incl"] == "1" else float(row["z_min"]) + 0.01
    return float(row["z_max"]) - 0.01
