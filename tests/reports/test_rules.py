"""The one table of moves: each level from each state, levels left out, days, and who is passed by."""

from datetime import date

import pytest

from services.posyandu.rules import who_opens
from services.reports.rules import (
    NAMES,
    Calendar,
    Level,
    disagreeing,
    find_move,
    holder_of,
    levels_from,
    message_to_act,
    message_to_decide,
    moves_of,
    next_state,
    passes_on,
    standing_of,
)

ALL = levels_from("desa,kecamatan")
CALENDAR = Calendar({Level.POST: 5, Level.VILLAGE: 8, Level.SUBDISTRICT: 10, Level.DISTRICT: 15})
OCTOBER = date(2026, 10, 1)
STATES = ("draf", "dikembalikan", "diajukan", "diverifikasi", "direkap", "final")
# (level, from) → every state it may make of it; all else is refused
ALLOWED = {
    ("posyandu", "draf"): {"diajukan"},
    ("posyandu", "dikembalikan"): {"diajukan"},
    ("desa", "diajukan"): {"diverifikasi", "dikembalikan"},
    ("kecamatan", "diverifikasi"): {"direkap", "dikembalikan"},
    ("kabkota", "direkap"): {"final", "dikembalikan"},
}


@pytest.mark.parametrize("level", ["posyandu", "desa", "kecamatan", "kabkota"])
@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_each_level_may_only_its_own_step(level, before, after):
    move = find_move(before, after, {level}, ALL)
    assert (move is not None) == (after in ALLOWED.get((level, before), set()))


def test_only_a_return_needs_a_note():
    assert {move.to for move in moves_of(ALL) if move.needs_note} == {"dikembalikan"}


@pytest.mark.parametrize(
    "levels, state, holder, following",
    [
        ("desa,kecamatan", "diajukan", "desa", "diverifikasi"),
        ("desa,kecamatan", "diverifikasi", "kecamatan", "direkap"),
        ("desa,kecamatan", "direkap", "kabkota", "final"),
        ("desa,kecamatan", "final", "kabkota", None),
        ("desa,kecamatan", "draf", "posyandu", "diajukan"),
        ("desa", "diverifikasi", "kabkota", "final"),
        ("kecamatan", "diajukan", "kecamatan", "direkap"),
        ("", "diajukan", "kabkota", "final"),
        ("kecamatan", "diverifikasi", "kecamatan", "direkap"),  # verified before the desa was left out
    ],
)
def test_levels_left_out_are_stepped_over(levels, state, holder, following):
    levels = levels_from(levels)
    assert (holder_of(state, levels), next_state(state, levels)) == (holder, following)


@pytest.mark.parametrize("levels", ["desa,kecamatan", "desa", "kecamatan", ""])
@pytest.mark.parametrize("state", ["diajukan", "diverifikasi", "direkap", "final"])
def test_the_refusal_of_the_lock_names_who_holds_the_month(levels, state):
    named = who_opens(state, levels)
    holder = NAMES[holder_of(state, levels_from(levels))]
    assert named == {"desa/kelurahan": "kelurahan/desa"}.get(holder, holder)


@pytest.mark.parametrize(
    "state, since, today, to",
    [
        ("diajukan", date(2026, 11, 4), date(2026, 11, 8), None),
        ("diajukan", date(2026, 11, 4), date(2026, 11, 9), "diverifikasi"),
        ("diajukan", date(2026, 11, 20), date(2026, 11, 23), None),  # sent late: the desa has its three days
        ("diajukan", date(2026, 11, 20), date(2026, 11, 24), "diverifikasi"),
        ("diverifikasi", date(2026, 11, 8), date(2026, 11, 11), "direkap"),
        ("direkap", date(2026, 11, 10), date(2026, 11, 16), "final"),
        ("draf", None, date(2026, 12, 31), None),
        ("dikembalikan", date(2026, 11, 4), date(2026, 12, 31), None),
        ("final", date(2026, 11, 4), date(2026, 12, 31), None),
    ],
)
def test_past_its_day_a_month_passes_on(state, since, today, to):
    assert passes_on(state, OCTOBER, since, today, CALENDAR, ALL) == to


@pytest.mark.parametrize("month, due", [(OCTOBER, date(2026, 11, 5)), (date(2026, 12, 1), date(2027, 1, 5))])
def test_a_month_is_due_in_the_next(month, due):
    assert CALENDAR.due(month, Level.POST) == due


@pytest.mark.parametrize(
    "sent, today, words",
    [
        (date(2026, 11, 5), date(2026, 11, 9), "tepat waktu"),
        (date(2026, 11, 6), date(2026, 11, 9), "terlambat"),
        (None, date(2026, 11, 5), "belum"),
        (None, date(2026, 11, 6), "lewat"),
    ],
)
def test_whether_it_came_in_time(sent, today, words):
    assert standing_of(date(2026, 11, 5), sent, today) == words


@pytest.mark.parametrize(
    "figures, found",
    [
        ({"all": 3, "a": 1, "b": 2}, ()),
        ({"all": 4, "a": 1, "b": 2}, ("all",)),
        ({"all": 4, "a": 1}, ()),  # what is not known is not compared
    ],
)
def test_totals_that_disagree_are_found(figures, found):
    assert disagreeing(figures, [("all", ("a", "b"))]) == found


@pytest.mark.parametrize("typed, read", [("Ukur", "Ukur."), ("Ukur.", "Ukur."), ("Benar?", "Benar?")])
def test_what_somebody_typed_ends_once_in_a_message(typed, read):
    assert f"dikembalikan: {read} Mohon" in message_to_act("posyandu", "Melati", "Oktober", "", note=typed)


def test_several_proposals_are_one_sentence():
    told = message_to_decide("kabkota", "Melati", "Oktober", ["Berat salah.", "Satu anak terlewat."])
    assert "Berat salah; Satu anak terlewat. Buka" in told
