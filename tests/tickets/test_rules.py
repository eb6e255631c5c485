"""The table of moves, the clock of working days, and the words of tickets."""

from datetime import date

import pytest

from services.areas.resources import national_holidays
from services.tickets.rules import (
    FINAL,
    MOVES,
    OFFICE,
    POSYANDU,
    STATE_LABELS,
    VILLAGE,
    Calendar,
    Clock,
    Limits,
    Standing,
    after_move,
    code_of,
    code_text,
    days_spent,
    find_move,
    is_late,
    median_days,
    message_for,
    moves_from,
    new_code,
    opened,
    ticket_number,
    turn_after,
    what_is_missing,
)

WEEK = Calendar()
EVERYBODY = frozenset({POSYANDU, VILLAGE, OFFICE})


def d(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def lebaran() -> Calendar:
    return Calendar(frozenset(day for day, row in national_holidays().items() if not row.estimated))


# The table of moves


@pytest.mark.parametrize(
    ("party", "source", "targets"),
    [
        (POSYANDU, "didata", {"diajukan_desa", "verifikasi", "menunggu_berkas", "duplikat", "ditolak"}),
        (POSYANDU, "verifikasi", {"diajukan_desa", "menunggu_berkas", "duplikat", "ditolak"}),
        (POSYANDU, "diajukan_desa", set()),
        (POSYANDU, "diteruskan_opd", set()),
        (POSYANDU, "selesai", {"diajukan_desa"}),
        (POSYANDU, "ditolak", set()),
        (VILLAGE, "didata", set()),
        (
            VILLAGE,
            "diajukan_desa",
            {
                "ditangani_desa",
                "diteruskan_opd",
                "direncanakan",
                "menunggu_berkas",
                "dikembalikan",
                "ditolak",
                "duplikat",
            },
        ),
        (
            VILLAGE,
            "ditangani_desa",
            {"selesai", "diteruskan_opd", "direncanakan", "menunggu_berkas", "ditolak"},
        ),
        (
            VILLAGE,
            "diteruskan_opd",
            {"diproses_opd", "selesai", "direncanakan", "menunggu_berkas", "ditolak", "ditangani_desa"},
        ),
        (VILLAGE, "diproses_opd", {"selesai", "direncanakan", "menunggu_berkas", "ditolak", "ditangani_desa"}),
        (VILLAGE, "direncanakan", {"selesai", "ditangani_desa"}),
        (OFFICE, "diajukan_desa", set()),
        (
            OFFICE,
            "diteruskan_opd",
            {"diproses_opd", "selesai", "direncanakan", "menunggu_berkas", "dikembalikan", "ditolak"},
        ),
        (
            OFFICE,
            "diproses_opd",
            {"diproses_opd", "selesai", "direncanakan", "menunggu_berkas", "dikembalikan", "ditolak"},
        ),
        (OFFICE, "direncanakan", {"selesai", "diproses_opd"}),
        (OFFICE, "selesai", set()),
    ],
)
def test_who_may_move_a_ticket_where(party, source, targets):
    found = moves_from(Standing(source, turn=party), frozenset({party}))
    assert {move.target for move in found} == targets


def test_every_state_can_be_reached_and_left_but_for_the_final_ones():
    assert {move.target for move in MOVES} == set(STATE_LABELS)
    assert set(STATE_LABELS) - {move.source for move in MOVES} == FINAL - {"selesai"}


def test_no_move_stands_twice_in_the_table():
    rows = [(move.party, move.source, move.target) for move in MOVES]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("target", ["ditolak", "dikembalikan", "duplikat", "menunggu_berkas"])
def test_a_move_that_needs_an_explanation_asks_for_it(target):
    asked = {"note" in move.needs for move in MOVES if move.target == target}
    assert asked == {True}


def test_a_returned_ticket_is_moved_by_whose_turn_it_is():
    by_desa = Standing("dikembalikan", turn=turn_after("dikembalikan", VILLAGE))
    by_opd = Standing("dikembalikan", turn=turn_after("dikembalikan", OFFICE))
    assert {move.party for move in moves_from(by_desa, EVERYBODY)} == {POSYANDU}
    assert {move.party for move in moves_from(by_opd, EVERYBODY)} == {VILLAGE}


def test_after_the_papers_a_ticket_goes_on_where_it_stood():
    waiting = Standing("menunggu_berkas", POSYANDU, resume_state="diproses_opd")
    assert {move.target for move in moves_from(waiting, EVERYBODY)} == {"diproses_opd"}


def test_a_kader_forwards_directly_only_where_the_district_allows():
    kader = frozenset({POSYANDU})
    assert find_move(Standing("didata", POSYANDU), kader, "diteruskan_opd") is None
    assert find_move(Standing("didata", POSYANDU, direct_allowed=True), kader, "diteruskan_opd")


def test_where_the_head_is_a_party_the_village_takes_no_part():
    for state in STATE_LABELS:
        standing = Standing(state, VILLAGE, resume_state="diajukan_desa", direct_allowed=True, village_barred=True)
        found = moves_from(standing, EVERYBODY)
        assert not [move for move in found if move.party == VILLAGE or turn_after(move.target, move.party) == VILLAGE]
    barred = Standing("didata", POSYANDU, direct_allowed=True, village_barred=True)
    assert find_move(barred, frozenset({POSYANDU}), "diteruskan_opd")


# The clock


@pytest.mark.parametrize(
    ("since", "days", "last"),
    [
        ("11-02", 2, "11-04"),  # Monday: Wednesday
        ("11-05", 2, "11-09"),  # Thursday: over the weekend
        ("11-06", 3, "11-11"),  # Friday
        ("11-07", 2, "11-10"),  # Saturday counts from Monday on
        ("10-29", 2, "11-02"),  # over a month's end
        ("12-30", 2, None),
    ],
)
def test_the_last_day_of_a_part(since, days, last):
    expected = d(last) if last else date(2027, 1, 1)
    assert WEEK.deadline(d(since), days) == expected


def test_lebaran_stops_the_clock():
    """18 to 24 March 2026 are Nyepi, Idul Fitri and cuti bersama; the 25th is the first working day."""
    calendar = lebaran()
    assert [day for day in range(16, 28) if calendar.is_working(d(f"03-{day}"))] == [16, 17, 25, 26, 27]
    assert calendar.deadline(d("03-17"), 2) == d("03-26")
    assert calendar.elapsed(d("03-17"), d("03-24")) == 0


def test_an_estimated_holiday_extends_nothing():
    assert date(2027, 3, 10) not in lebaran().off
    assert national_holidays()[date(2027, 3, 10)].estimated


def test_a_six_day_week_counts_saturdays():
    assert Calendar(week=6).elapsed(d("11-06"), d("11-09")) == 2
    assert WEEK.elapsed(d("11-06"), d("11-09")) == 1


@pytest.mark.parametrize("calendar", [WEEK, Calendar(week=6), lebaran()], ids=["week", "six", "lebaran"])
def test_the_cutoff_says_the_same_as_counting(calendar):
    for day in range(1, 32):
        today = d(f"03-{day:02d}")
        for days in range(5):
            cutoff = calendar.cutoff(today, days)
            for first in range(1, day + 1):
                since = d(f"03-{first:02d}")
                assert (calendar.elapsed(since, today) > days) == (since < cutoff), (since, today, days)
            assert calendar.elapsed(calendar.back(today, days), today) == days


def test_the_clock_starts_at_the_desa_and_anew_at_the_office():
    clock = opened(d("11-02"), Limits())
    assert not clock.is_running
    clock = after_move(clock, "didata", "diajukan_desa", d("11-03"), WEEK)
    assert clock == Clock(VILLAGE, d("11-03"))
    clock = after_move(clock, "diajukan_desa", "diteruskan_opd", d("11-05"), WEEK)
    assert clock == Clock(OFFICE, d("11-05"))
    assert not after_move(clock, "diteruskan_opd", "diproses_opd", d("11-06"), WEEK).is_running


def test_a_district_may_count_from_the_day_it_was_noted():
    clock = opened(d("11-02"), Limits(starts_at="didata"))
    clock = after_move(clock, "didata", "verifikasi", d("11-03"), WEEK)
    clock = after_move(clock, "verifikasi", "diajukan_desa", d("11-04"), WEEK)
    assert clock == Clock(VILLAGE, d("11-02"))


def test_waiting_for_papers_pauses_the_clock():
    """One working day before the pause, two weeks of waiting, one day after: two days spent."""
    clock = Clock(VILLAGE, d("11-02"))
    paused = after_move(clock, "diajukan_desa", "menunggu_berkas", d("11-03"), WEEK)
    assert not paused.is_running
    assert days_spent(paused, d("11-17"), WEEK) == 1
    assert not is_late(paused, d("11-17"), WEEK, Limits())
    resumed = after_move(paused, "menunggu_berkas", "diajukan_desa", d("11-17"), WEEK)
    assert days_spent(resumed, d("11-18"), WEEK) == 2
    assert not is_late(resumed, d("11-18"), WEEK, Limits())
    assert is_late(resumed, d("11-19"), WEEK, Limits())


@pytest.mark.parametrize("target", ["ditangani_desa", "direncanakan", "ditolak", "selesai", "dikembalikan", "duplikat"])
def test_an_answer_stops_the_clock(target):
    assert after_move(Clock(VILLAGE, d("11-02")), "diajukan_desa", target, d("11-03"), WEEK) == Clock()


@pytest.mark.parametrize(
    ("part", "since", "today", "late"),
    [
        (VILLAGE, "11-02", "11-04", False),
        (VILLAGE, "11-02", "11-05", True),
        (VILLAGE, "11-05", "11-08", False),
        (OFFICE, "11-02", "11-05", False),
        (OFFICE, "11-02", "11-06", True),
        (OFFICE, "10-30", "11-04", False),
    ],
)
def test_each_part_has_its_own_days(part, since, today, late):
    assert is_late(Clock(part, d(since)), d(today), WEEK, Limits()) is late


def test_the_median_counts_working_days_and_nothing_is_nothing():
    assert median_days([(d("11-02"), d("11-04"), 2), (d("11-06"), d("11-09"), 1)], WEEK) == 2
    assert median_days([], WEEK) is None


# Words


def test_a_number_names_field_and_month():
    assert ticket_number("pekerjaan_umum", d("11-01"), 42) == "SPM-PU-202611-0042"


def test_a_code_cannot_be_guessed_and_is_read_as_people_type_it():
    code = new_code(lambda signs: signs[-1])
    assert len(code) == 13
    assert 30**13 > 2**60
    assert code_of(f" {code_text(code).lower()} ") == code
    assert code_of("SPM-PU-202611-0042") == ""
    assert code_of("") == ""


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"kind": "permohonan", "papers": ("KTP", "KK"), "ready": ["KTP"], "place": "", "has_photo": False}, 1),
        ({"kind": "permohonan", "papers": ("KTP",), "ready": ["KTP"], "place": "", "has_photo": False}, 0),
        ({"kind": "pengaduan", "papers": ("KTP",), "ready": [], "place": "RT 02", "has_photo": True}, 0),
        ({"kind": "pengaduan", "papers": (), "ready": [], "place": " ", "has_photo": False}, 2),
        ({"kind": "aspirasi", "papers": ("KTP",), "ready": [], "place": "", "has_photo": False}, 0),
        (
            {
                "kind": "pengaduan",
                "papers": (),
                "ready": [],
                "place": "",
                "has_photo": False,
                "confidential": True,
            },
            0,
        ),
    ],
)
def test_papers_belong_to_a_request_and_place_and_photo_to_a_complaint(given, missing):
    assert len(what_is_missing(**given)) == missing


def test_the_message_says_how_it_stands():
    text = message_for(
        state="selesai",
        posyandu="Posyandu Kencana Ungu",
        number="SPM-PU-202611-0001",
        about="Sumur",
        result="Sumur diperbaiki.",
        survey_on=None,
        year=None,
    )
    assert text.startswith("Dari Posyandu Kencana Ungu: laporan nomor SPM-PU-202611-0001 tentang sumur sudah selesai.")
    assert text.endswith(" Sumur diperbaiki.")
    other = {"posyandu": "P", "number": "N", "result": "", "survey_on": None, "year": None}
    assert "tentang WC/jamban belum" in message_for(state="ditolak", about="WC/jamban", **other)


def test_it_is_nobodys_turn_when_a_ticket_is_over_and_only_then():
    """Lists of what is over and what is late read `turn` instead of the state."""
    for move in MOVES:
        assert (turn_after(move.target, move.party) == "") == (move.target in FINAL), move
