"""Shares, targets, and who needs help: tables of cases."""

from datetime import date
from decimal import Decimal

import pytest

from services.dashboard.rules import (
    D_PER_S,
    INDICATORS,
    SENT,
    STUNTING,
    Line,
    added,
    needs_of,
    reached_by,
    share_of,
    sorted_by,
    worst_first,
)

TODAY = date(2026, 11, 20)
GOOD = {"live": 1, "sent": 1, "opened": 1, "tickets_late": 0, "fields": 6, D_PER_S.top: 9, D_PER_S.bottom: 10}


@pytest.mark.parametrize(
    "counts, percent",
    [
        ({D_PER_S.top: 16, D_PER_S.bottom: 20}, "80.0"),
        ({D_PER_S.top: 0, D_PER_S.bottom: 20}, "0.0"),
        ({D_PER_S.top: 26, D_PER_S.bottom: 25}, "104.0"),
        ({D_PER_S.bottom: 20}, None),
        ({D_PER_S.top: 0, D_PER_S.bottom: 0}, None),
        ({}, None),
    ],
)
def test_a_share_has_its_own_denominator_and_is_never_capped_or_invented(counts, percent):
    assert share_of(D_PER_S, counts).percent == (None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    "indicator, top, target, reached",
    [
        (D_PER_S, 16, "80", True),
        (D_PER_S, 15, "80", False),
        (D_PER_S, 20, None, False),
        (STUNTING, 2, "14", True),
        (STUNTING, 3, "14", False),
    ],
)
def test_green_only_when_the_target_is_reached(indicator, top, target, reached):
    targets = {} if target is None else {indicator.key: Decimal(target)}
    assert share_of(indicator, {indicator.top: top, indicator.bottom: 20}, targets).is_reached is reached


def test_the_fraction_counts_posts_that_can_be_judged():
    posts = [{D_PER_S.top: top, D_PER_S.bottom: 20} for top in (16, 20, 4)] + [{D_PER_S.bottom: 20}]
    reached = reached_by(D_PER_S, posts, added(posts), {"d_per_s": Decimal(80)})
    assert (reached.reached, reached.judged) == (2, 3)
    assert reached_by(D_PER_S, posts, added(posts), {}) is None


def test_what_was_recorded_nowhere_stays_unknown():
    assert added([{"a": 1}, {"a": 2, "b": 0}]) == {"a": 3, "b": 0}


@pytest.mark.parametrize(
    "change, words",
    [
        ({}, []),
        ({"sent": 0}, ["belum mengirim laporan"]),
        ({"opened": 0}, ["tidak ada hari buka"]),
        ({"tickets_late": 2}, ["2 laporan warga lewat waktu"]),
        ({"fields": 2}, ["2 dari 6 bidang aktif"]),
        ({D_PER_S.top: 4}, ["D/S 40%"]),
        ({"fields": 1, "sent": 0}, ["belum mengirim laporan", "1 dari 6 bidang aktif"]),
    ],
)
def test_why_a_posyandu_needs_help_is_said_in_words(change, words):
    assert [need.words for need in needs_of({**GOOD, **change}, date(2026, 11, 10), TODAY)] == words


@pytest.mark.parametrize("last, words", [(None, "belum pernah mengisi"), (date(2026, 10, 1), "50 hari tanpa isian")])
def test_silence_is_not_read_as_zero(last, words):
    assert [need.words for need in needs_of(GOOD, last, TODAY)] == [words]


def test_a_districts_target_replaces_the_half():
    needs = needs_of({**GOOD, D_PER_S.top: 8}, date(2026, 11, 10), TODAY, {"d_per_s": Decimal(85)})
    assert [need.words for need in needs] == ["D/S 80%"]


def line(name, **counts):
    counts = {**GOOD, **counts}
    needs = needs_of(counts, date(2026, 11, 10), TODAY)
    shares = {key: share_of(each, counts) for key, each in INDICATORS.items()}
    return Line(name, name, name, counts, needs=needs, shares=shares)


def names(lines):
    return [each.name for each in lines]


def test_the_worst_is_first_and_who_has_not_started_last():
    lines = [line("Baik"), line("Belum mulai", live=0), line("Diam", sent=0, opened=0), line("Kurang", opened=0)]
    assert names(worst_first(lines)) == ["Diam", "Kurang", "Baik", "Belum mulai"]


def test_sorting_puts_places_without_a_number_last_whichever_way():
    lines = [line("B", **{D_PER_S.top: 5}), line("A", **{D_PER_S.bottom: 0}), line("C", **{D_PER_S.top: 8})]
    assert names(sorted_by(lines, "d_per_s")) == ["B", "C", "A"]
    assert names(sorted_by(lines, "d_per_s", down=True)) == ["C", "B", "A"]
    assert names(sorted_by(lines, "nama")) == ["A", "B", "C"]


def test_the_first_indicator_is_completeness():
    assert share_of(SENT, {"sent": 372, "live": 416}).percent == Decimal("89.4")
