"""Doses by age, what stands for what, and the words of feeding and of the twice-yearly rounds."""

import csv

import pytest

from services.clinical import feeding
from services.clinical.immunisation import (
    SCHEDULE,
    ImmunisationRules,
    expected_text,
    immunisation,
    missing,
    open_now,
    programme,
)

HEXA = ImmunisationRules(hexavalent=True)
NEWBORN = {"hb0", "bcg", "opv1"}
TWO = {"dpt1", "opv2", "pcv1", "rv1"}


def codes(doses):
    return {dose.code for dose in doses}


@pytest.mark.parametrize(
    ("age", "given", "wanted"),
    [
        (0, set(), set()),
        (1, set(), NEWBORN),
        (2, NEWBORN, set()),
        (3, NEWBORN, TWO),
        (3, NEWBORN | TWO, set()),
        (
            10,
            set(),
            {dose.code for dose in programme(ImmunisationRules()) if dose.from_month <= 9} - {"rv1", "rv2", "rv3"},
        ),
    ],
)
def test_a_dose_is_missing_a_month_after_it_is_due(age, given, wanted):
    assert codes(missing(age, given)) == wanted


def test_doses_open_today_begin_on_the_month():
    assert codes(open_now(2, NEWBORN)) == TWO
    assert "mr1" not in codes(open_now(8, set())) and "mr1" in codes(open_now(9, set()))


def test_rotavirus_is_no_longer_asked_after_six_months():
    assert {"rv1", "rv2", "rv3"} <= codes(missing(6, set()))
    assert not {"rv1", "rv2", "rv3"} & codes(missing(7, set()))


def test_hexavalent_stands_for_pentavalent_and_ipv1():
    assert codes(programme(HEXA)) >= {"heksa1", "heksa2", "heksa3"}
    assert not codes(programme(HEXA)) & {"dpt1", "dpt2", "dpt3", "ipv1"}
    assert "dpt1" not in codes(missing(5, {"heksa1"}))
    assert "heksa3" not in codes(missing(6, {"dpt3", "ipv1"}, HEXA))
    assert "heksa3" in codes(missing(6, {"dpt3"}, HEXA))


def test_je_is_asked_only_where_it_is_endemic():
    assert "je" not in codes(programme(ImmunisationRules()))
    assert "je" in codes(missing(11, set(), ImmunisationRules(je=True)))


def test_complete_and_incomplete_in_words():
    assert immunisation(3, NEWBORN | TWO).code == "ya"
    found = immunisation(3, NEWBORN)
    assert (found.code, found.refer) == ("tidak", "konfirmasi")
    assert found.reason.startswith("Belum: DPT-HB-Hib 1")
    assert expected_text(0) == "Sampai umur 0 bulan: Hepatitis B (HB0), BCG, Polio tetes 1."


@pytest.mark.parametrize(
    ("age", "said"),
    [(5, ""), (6, "Kapsul biru (6–11 bulan)"), (11, "Kapsul biru (6–11 bulan)"), (12, "Kapsul merah (12–59 bulan)"),
     (59, "Kapsul merah (12–59 bulan)"), (60, "")],
)  # fmt: skip
def test_the_colour_of_the_vitamin_a_capsule_follows_age(age, said):
    assert feeding.vitamin_a_capsule(age) == said


@pytest.mark.parametrize(("age", "said"), [(11, ""), (12, "½ tablet"), (23, "½ tablet"), (24, "1 tablet")])
def test_half_a_worm_tablet_until_two_years(age, said):
    assert said in feeding.deworming_dose(age) and bool(said) == bool(feeding.deworming_dose(age))


@pytest.mark.parametrize(
    ("answers", "said", "stopped"),
    [
        ({}, "", None),
        ({0: True, 1: True}, "E0 ✓ · E1 ✓", None),
        ({0: True, 2: True}, "E0 ✓ · E1 – · E2 ✓", None),
        ({0: True, 1: False, 2: True}, "E0 ✓ · E1 tidak", 1),
    ],
)
def test_exclusive_breastfeeding_is_ticked_by_month_and_ends_once(answers, said, stopped):
    assert feeding.exclusive_marks(answers) == said
    assert feeding.stopped_at(answers) == stopped


@pytest.mark.parametrize(("age", "said"), [(0, "29 hari–3 bulan"), (3, "3–6 bulan"), (23, "18–24 bulan"), (72, "")])
def test_the_checklist_of_the_age(age, said):
    assert feeding.checklist(age) == said


@pytest.mark.shared
def test_the_schedule_agrees_with_the_reading(shared):
    names = {"PENTA": "dpt", "HEXA": "heksa", "MR-BIAS": "bias_mr", "DT": "bias_dt", "TD": "bias_td", "HPV": "bias_hpv"}
    ours = {dose.code: dose.from_month for dose in SCHEDULE}
    for row in csv.DictReader((shared / "data/rules/imunisasi.csv").read_text(encoding="utf-8").splitlines()):
        code = row["vaksin_kode"].upper()
        for theirs, mine in names.items():
            code = code.replace(theirs, mine) if code.startswith(theirs) else code
        assert ours[code.lower()] == int(row["umur_min_bulan"])
