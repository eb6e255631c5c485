"""Every threshold of the cards at its boundary; what was not measured is never normal."""

import csv
from dataclasses import replace

import pytest

from services.clinical.screening import (
    AKS_GROUPS,
    AKS_MAXIMA,
    DEFAULT_SCREENING,
    SKILAS_DOMAINS,
    adult_bmi,
    aks,
    blood_pressure,
    bmi_tenths,
    development_checklist,
    glucose,
    haemoglobin,
    hearing,
    heeadsss,
    kpsp,
    malnutrition_by_muac,
    muac_pregnant,
    puma,
    puma_score,
    skilas,
    srq20,
    tbc,
    vision,
    waist,
)


def seen(finding):
    return None if finding is None else (finding.code, finding.refer)


@pytest.mark.parametrize(
    ("systolic", "diastolic", "expected"),
    [
        (139, 89, ("N", "tidak")),
        (140, 80, ("T", "rujuk")),
        (120, 90, ("T", "rujuk")),
        (179, 119, ("T", "rujuk")),
        (180, 80, ("T", "segera")),
        (120, 120, ("T", "segera")),
        (90, 60, ("N", "tidak")),
        (89, 60, ("R", "konfirmasi")),
        (90, 59, ("R", "konfirmasi")),
        (85, 95, ("T", "rujuk")),  # high goes before low
        (None, None, None),
        (130, None, None),
        (None, 80, None),
        (150, None, ("T", "rujuk")),
        (None, 125, ("T", "segera")),
        (80, None, ("R", "konfirmasi")),
    ],
)
def test_blood_pressure(systolic, diastolic, expected):
    assert seen(blood_pressure(systolic, diastolic)) == expected


@pytest.mark.parametrize(
    ("systolic", "diastolic", "expected"),
    [
        (139, 89, ("hijau", "tidak")),
        (140, 89, ("merah", "rujuk")),
        (139, 90, ("merah", "rujuk")),
        (159, 109, ("merah", "rujuk")),
        (160, 109, ("merah", "segera")),
        (159, 110, ("merah", "segera")),
        (85, 55, ("hijau", "tidak")),
        (None, None, None),
        (120, None, None),
    ],
)
def test_blood_pressure_of_a_pregnant_woman(systolic, diastolic, expected):
    assert seen(blood_pressure(systolic, diastolic, pregnant=True)) == expected


@pytest.mark.parametrize(
    ("value", "label", "expected"),
    [
        (69.9, "Rendah", ("R", "rujuk")),
        (70, "Normal", ("N", "tidak")),
        (139.9, "Normal", ("N", "tidak")),
        (140, "Waspada", ("N", "konfirmasi")),
        (199.9, "Waspada", ("N", "konfirmasi")),
        (200, "Tinggi", ("T", "rujuk")),
    ],
)
def test_glucose(value, label, expected):
    finding = glucose(value)
    assert (finding.label, seen(finding)) == (label, expected)


def test_glucose_without_the_range_to_watch():
    assert glucose(150, replace(DEFAULT_SCREENING, glucose_watch_shown=False)).label == "Normal"
    assert glucose(None) is None


@pytest.mark.parametrize(
    ("weight", "height", "bmi", "expected"),
    [
        (16.94, 100, 16.9, ("SK", "konfirmasi")),
        (16.95, 100, 17.0, ("K", "tidak")),  # half up
        (18.44, 100, 18.4, ("K", "tidak")),
        (18.45, 100, 18.5, ("N", "tidak")),
        (25.04, 100, 25.0, ("N", "tidak")),
        (25.05, 100, 25.1, ("G", "tidak")),
        (27.04, 100, 27.0, ("G", "tidak")),
        (27.05, 100, 27.1, ("O", "konfirmasi")),
        (60.0, 160.0, 23.4, ("N", "tidak")),
    ],
)
def test_adult_bmi_has_no_gaps(weight, height, bmi, expected):
    assert bmi_tenths(weight, height) == bmi
    assert seen(adult_bmi(weight, height)) == expected


@pytest.mark.parametrize(("weight", "height"), [(None, 160), (60, None), (0, 160), (60, 0), (60, 0.01)])
def test_adult_bmi_needs_both(weight, height):
    assert adult_bmi(weight, height) is None


@pytest.mark.parametrize(
    ("sex", "cm", "code"), [("L", 90, "N"), ("L", 90.1, "OS"), ("P", 80, "N"), ("P", 80.1, "OS"), ("P", 85, "OS")]
)
def test_waist(sex, cm, code):
    assert waist(sex, cm).code == code


def test_upper_arm_of_a_pregnant_woman():
    assert seen(muac_pregnant(23.49)) == ("merah", "rujuk")
    assert seen(muac_pregnant(23.5)) == ("hijau", "tidak")
    assert muac_pregnant(None) is None
    assert waist("L", None) is None
    assert muac_pregnant(22.0).reason == "LiLA 22 cm, kurang dari 23,5 cm"


@pytest.mark.parametrize(
    ("about", "limit"),
    [
        ({"sex": "P", "age_months": 300}, 12.0),
        ({"sex": "P", "age_months": 180}, 12.0),
        ({"sex": "L", "age_months": 300}, 13.0),
        ({"sex": "L", "age_months": 180}, 13.0),
        ({"sex": "L", "age_months": 179}, 12.0),
        ({"sex": "P", "age_months": 144}, 12.0),
        ({"sex": "P", "age_months": 143}, 11.5),
        ({"sex": "L", "age_months": 60}, 11.5),
        ({"sex": "L", "age_months": 59}, 11.0),
        ({"sex": "L", "age_months": 6}, 11.0),
        ({"sex": "P", "age_months": 300, "pregnant": True}, 11.0),
        ({"sex": "P", "age_months": 300, "pregnant": True, "trimester": 1}, 11.0),
        ({"sex": "P", "age_months": 300, "pregnant": True, "trimester": 2}, 10.5),
        ({"sex": "P", "age_months": 300, "pregnant": True, "trimester": 3}, 11.0),
    ],
)
def test_haemoglobin_by_sex_age_and_pregnancy(about, limit):
    assert seen(haemoglobin(limit, **about)) == ("tidak", "tidak")
    assert seen(haemoglobin(limit - 0.1, **about)) == ("ya", "rujuk")
    assert haemoglobin(None, **about) is None


def test_severe_anaemia_of_a_pregnant_woman_is_urgent():
    about = {"sex": "P", "age_months": 300, "pregnant": True}
    assert seen(haemoglobin(6.9, **about)) == ("ya", "segera")
    assert seen(haemoglobin(7.0, **about)) == ("ya", "rujuk")
    assert seen(haemoglobin(6.9, sex="P", age_months=300)) == ("ya", "rujuk")
    assert haemoglobin(5.0, sex="L", age_months=5) is None
    who_2024 = replace(DEFAULT_SCREENING, hb_6_to_23_months=10.5)
    assert haemoglobin(10.6, sex="L", age_months=23, rules=who_2024).code == "tidak"
    assert haemoglobin(10.6, sex="L", age_months=24, rules=who_2024).code == "ya"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((False, False, False, False), ("tidak", "tidak")),
        ((True, False, False, False), ("tidak", "konfirmasi")),
        ((False, False, False, True), ("tidak", "konfirmasi")),
        ((True, True, False, False), ("ya", "rujuk")),
        ((True, None, None, True), ("ya", "rujuk")),
        ((True, None, False, False), ("tidak", "konfirmasi")),
        ((False, False, None, False), None),
        ((None, None, None, None), None),
    ],
)
def test_tbc_counts_four_questions(answers, expected):
    assert seen(tbc(*answers)) == expected


def test_close_contact_is_named():
    assert tbc(False, False, False, True).reason == "Kontak erat pasien TBC"


def answers(items, yes, unasked=()):
    return [None if item in unasked else item in yes for item in range(1, items + 1)]


@pytest.mark.parametrize(
    ("yes", "unasked", "expected"),
    [
        ((), (), ("<6", "tidak")),
        ((1, 2, 3, 4, 5), (), ("<6", "tidak")),
        ((1, 2, 3, 4, 5, 6), (), (">=6", "rujuk")),
        ((17,), (), ("17", "segera")),
        ((17,), (1, 2, 3), ("17", "segera")),
        ((1, 2, 3, 4, 5, 6), (20,), (">=6", "rujuk")),
        ((1, 2), (20,), None),
        ((), (17,), None),
    ],
)
def test_srq20(yes, unasked, expected):
    assert seen(srq20(answers(20, yes, unasked))) == expected


@pytest.mark.parametrize(
    ("yes", "unasked", "expected"),
    [
        ((), (), ("tidak", "tidak")),
        ((3,), (), ("ya", "rujuk")),
        ((8,), (), ("ya", "segera")),
        ((3,), (4,), ("ya", "rujuk")),
        ((), (4,), None),
    ],
)
def test_heeadsss(yes, unasked, expected):
    assert seen(heeadsss(answers(8, yes, unasked))) == expected


def test_a_wrong_number_of_answers_is_refused():
    with pytest.raises(ValueError, match="20"):
        srq20([True] * 19)
    with pytest.raises(ValueError, match="8"):
        heeadsss([True] * 9)


@pytest.mark.parametrize(
    ("sex", "age", "pack_years", "symptoms", "score"),
    [
        ("P", 40, 0, 0, 0),
        ("L", 49, 0, 0, 1),
        ("L", 50, 0, 0, 2),
        ("L", 59, 0, 0, 2),
        ("L", 60, 0, 0, 3),
        ("P", 40, 19.9, 0, 0),
        ("P", 40, 20, 0, 1),
        ("P", 40, 30, 0, 1),
        ("P", 40, 30.1, 0, 2),
        ("L", 60, 31, 4, 9),
    ],
)
def test_puma_points(sex, age, pack_years, symptoms, score):
    assert puma_score(sex, age, pack_years, symptoms) == score


def test_puma_refers_from_six():
    assert seen(puma("L", 60, 25, [True, False, False, False])) == ("<6", "tidak")
    assert seen(puma("L", 60, 25, [True, True, False, False])) == (">=6", "rujuk")
    assert puma("L", 39, 25, [True] * 4) is None
    assert puma("L", 40, 25, [True] * 4).refer == "rujuk"
    assert puma("L", 60, None, [False] * 4) is None
    assert puma("L", 60, 25, [None, False, False, False]) is None
    above_six = replace(DEFAULT_SCREENING, puma_refer_from=7)
    assert puma("L", 60, 25, [True, True, False, False], above_six).refer == "tidak"


def scored(total):
    """Ten scores of this total, within what each activity allows."""
    scores = []
    for highest in AKS_MAXIMA:
        scores.append(min(highest, total))
        total -= scores[-1]
    return scores


@pytest.mark.parametrize(
    ("total", "code", "refer"),
    [
        (20, "M", "tidak"),
        (19, "R", "rujuk"),
        (12, "R", "rujuk"),
        (11, "S", "rujuk"),
        (9, "S", "rujuk"),
        (8, "B", "rujuk"),
        (5, "B", "rujuk"),
        (4, "T", "rujuk"),
        (0, "T", "rujuk"),
    ],
)
def test_aks_classes(total, code, refer):
    assert seen(aks(scored(total))) == (code, refer)


def test_aks_needs_ten_possible_scores():
    assert sum(AKS_MAXIMA) == 20
    assert aks([None, *scored(20)[1:]]) is None
    with pytest.raises(ValueError, match="AKS"):
        aks([3, *scored(20)[1:]])
    with pytest.raises(ValueError, match="10"):
        aks([1, 1])
    assert [group for group, codes in AKS_GROUPS.items() if "B" in codes] == ["C"]
    assert [group for group, codes in AKS_GROUPS.items() if "R" in codes] == ["B"]


def test_aks_scores_are_those_of_the_reference_rows(shared):
    highest = {}
    with (shared / "data/rules/aks_barthel.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            highest[int(row["no"])] = max(highest.get(int(row["no"]), 0), int(row["skor"]))
    assert tuple(highest[number] for number in sorted(highest)) == AKS_MAXIMA


def test_skilas_is_counted_by_domain():
    found = skilas({1: False, 2: True, 3: False, 4: None, 5: None, 6: None, 7: False, 9: True})
    assert {domain: seen(finding) for domain, finding in found.items()} == {
        "kognitif": ("ya", "rujuk"),
        "mobilisasi": ("tidak", "tidak"),
        "malnutrisi": None,
        "penglihatan": None,
        "pendengaran": ("ya", "rujuk"),
        "depresi": None,
    }
    assert sorted(item for items in SKILAS_DOMAINS.values() for item in items) == list(range(1, 13))


def test_skilas_domains_are_those_of_the_reference_rows(shared):
    domains = {}
    with (shared / "data/rules/skilas.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            domains.setdefault(row["domain"], []).append(int(row["no"]))
    assert [tuple(items) for items in domains.values()] == list(SKILAS_DOMAINS.values())


def test_upper_arm_of_an_elderly_person():
    assert [malnutrition_by_muac(cm) for cm in (20.9, 21.0, None)] == [True, False, None]


def test_sight_and_hearing():
    assert seen(vision(False, False)) == seen(hearing(False, False)) == ("tidak", "tidak")
    assert vision(True, False).reason == "Tes hitung jari terganggu (kiri)"
    assert seen(hearing(None, True)) == ("ya", "rujuk")
    assert vision(None, False) is None
    assert hearing(None, None) is None


def test_development():
    assert seen(development_checklist(True)) == ("L", "tidak")
    assert seen(development_checklist(False)) == ("TL", "rujuk")
    assert development_checklist(None) is None
    assert [seen(kpsp(yes)) for yes in (10, 9, 8, 7, 6, 0)] == [
        ("S", "tidak"),
        ("S", "tidak"),
        ("M", "konfirmasi"),
        ("M", "konfirmasi"),
        ("P", "rujuk"),
        ("P", "rujuk"),
    ]
    assert kpsp(None) is None


def test_a_district_replaces_a_threshold():
    rules = replace(DEFAULT_SCREENING, systolic_high=130)
    assert blood_pressure(135, 80, rules=rules).refer == "rujuk"
    assert blood_pressure(135, 80).refer == "tidak"
