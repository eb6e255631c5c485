from datetime import date, timedelta

import pytest

from services.areas.settings import NEONATAL_CONTACTS, POSTNATAL_CONTACTS
from services.clinical.pregnancy import (
    NEONATAL,
    POSTNATAL,
    after_birth_advice,
    birth_fault,
    due_date,
    gestation_weeks,
    lmp_fault,
    lmp_from_weeks,
    pregnancy_advice,
    timed,
    windows_of,
)

LMP = date(2026, 1, 5)
BORN = date(2026, 10, 10)
KF = windows_of(POSTNATAL, POSTNATAL_CONTACTS.default)


@pytest.mark.parametrize(
    ("lmp", "due"),
    [
        (date(2026, 1, 5), date(2026, 10, 12)),
        (date(2025, 12, 31), date(2026, 10, 7)),
        (date(2023, 6, 1), date(2024, 3, 7)),
    ],
)
def test_the_due_date_is_280_days_on(lmp, due):
    assert due_date(lmp) == due


@pytest.mark.parametrize(("days", "weeks"), [(0, 0), (6, 0), (7, 1), (97, 13), (98, 14), (280, 40)])
def test_weeks_are_completed_weeks(days, weeks):
    assert gestation_weeks(LMP, LMP + timedelta(days=days)) == weeks


@pytest.mark.parametrize("weeks", [1, 12, 39])
def test_an_estimate_in_weeks_gives_that_week_back(weeks):
    on = date(2026, 11, 21)
    assert gestation_weeks(lmp_from_weeks(weeks, on), on) == weeks


@pytest.mark.parametrize(("days", "ok"), [(-1, False), (0, True), (308, True), (309, False)])
def test_a_last_menstruation_that_cannot_be_is_said_so(days, ok):
    assert (lmp_fault(LMP, LMP + timedelta(days=days)) == "") is ok


@pytest.mark.parametrize(
    ("days", "estimate", "ok"),
    [(139, False, False), (140, False, True), (280, False, True), (308, False, True), (309, False, False),
     (100, True, True), (400, True, True)],
)  # fmt: skip
def test_no_child_is_born_too_early_or_too_late(days, estimate, ok):
    assert (birth_fault(LMP, estimate, LMP + timedelta(days=days)) == "") is ok
    assert birth_fault(None, False, LMP) == ""


@pytest.mark.parametrize(
    ("days", "states"),
    [
        (0, ["sekarang", "nanti", "nanti", "nanti"]),
        (2, ["sekarang", "nanti", "nanti", "nanti"]),
        (3, ["lewat", "sekarang", "nanti", "nanti"]),
        (28, ["lewat", "lewat", "sekarang", "nanti"]),
        (29, ["lewat", "lewat", "lewat", "sekarang"]),
        (42, ["lewat", "lewat", "lewat", "sekarang"]),
        (43, ["lewat", "lewat", "lewat", "lewat"]),
    ],
)
def test_contacts_after_birth_stand_by_the_day(days, states):
    assert [one.state for one in timed(KF, BORN, set(), BORN + timedelta(days=days))] == states


def test_what_was_done_is_done_whenever_it_was():
    assert timed(KF, BORN, {"KF1"}, BORN + timedelta(days=30))[0].state == "sudah"


@pytest.mark.parametrize(
    "days", ["0-2, 3-7", "0-2, 3-7, 8-28, x", "3-7, 0-2, 8-28, 29-42", "2-0, 3-7, 8-28, 29-42", ""]
)
def test_a_setting_that_cannot_be_read_is_refused(days):
    with pytest.raises(ValueError):
        windows_of(POSTNATAL, days)
    with pytest.raises(ValueError):
        POSTNATAL_CONTACTS.check(days)


def test_the_defaults_of_the_settings_can_be_read():
    assert [(one.first, one.last) for one in KF] == [(0, 2), (3, 7), (8, 28), (29, 42)]
    assert len(windows_of(NEONATAL, NEONATAL_CONTACTS.check(NEONATAL_CONTACTS.default))) == 3


@pytest.mark.parametrize(
    ("days", "done", "said"),
    [
        (100, set(), "Berikutnya K1"),
        (100, {"K1", "K2"}, "Berikutnya K3"),
        (100, {"K1", "K2", "K3", "K4", "K5", "K6"}, "K1–K6 sudah lengkap"),
        (251, set(), "Berikutnya K1"),
        (252, set(), "Perkiraan lahir 28 hari lagi"),
        (281, set(), "lewat 1 hari"),
        (294, set(), "Sudah 42 minggu. Hubungi bidan hari ini"),
    ],
)
def test_what_is_next_before_birth(days, done, said):
    assert said in pregnancy_advice(LMP, done, LMP + timedelta(days=days))[0]


def test_an_unknown_start_is_asked_for():
    assert "belum diketahui" in pregnancy_advice(None, set(), BORN)[0]


@pytest.mark.parametrize(
    ("days", "done", "said"),
    [
        (1, set(), ("KF1 waktunya sekarang.",)),
        (1, {"KF1"}, ("Berikutnya KF2.",)),
        (5, {"KF1"}, ("KF2 waktunya sekarang.",)),
        (
            5,
            set(),
            ("KF2 waktunya sekarang.", "KF1 belum tercatat dan waktunya sudah lewat. Tanyakan, lihat Buku KIA."),
        ),
        (60, {"KF1", "KF2", "KF3", "KF4"}, ("Semua kunjungan sudah lengkap.",)),
    ],
)
def test_what_is_next_after_birth(days, done, said):
    assert after_birth_advice(timed(KF, BORN, done, BORN + timedelta(days=days))) == said
