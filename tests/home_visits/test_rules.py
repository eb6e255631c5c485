"""What is asked at a house."""

import pytest

from services.follow_ups.rules import KINDS
from services.home_visits.models import HomeVisit
from services.home_visits.rules import QUESTIONS, answers_in_words, lapse_in_words


def test_every_reason_is_a_kind_of_need_and_has_its_questions():
    assert set(HomeVisit.Reason.values) == set(KINDS) == set(QUESTIONS)


@pytest.mark.parametrize("kind", sorted(QUESTIONS))
def test_a_reason_asks_three_things_at_most_each_once(kind):
    keys = [asked.key for asked in QUESTIONS[kind]]
    assert len(keys) <= 3 and len(keys) == len(set(keys))


@pytest.mark.parametrize("kind", ["PTM", "TBC", "ODGJ"])
def test_treatment_is_asked_as_medicine_there_and_taken(kind):
    labels = [asked.label for asked in QUESTIONS[kind]]
    assert labels[:2] == ["Ada obat", "Obat diminum 24 jam terakhir"]


LAPSED = [
    ({}, ""),
    ({"obat_ada": "ya", "obat_diminum_24_jam": "ya"}, ""),
    ({"obat_ada": "tidak"}, "obatnya habis"),
    ({"obat_ada": "ya", "obat_diminum_24_jam": "tidak"}, "obat tidak diminum"),
    ({"kontrol": "tidak"}, ""),
]


@pytest.mark.parametrize(("answers", "expected"), LAPSED)
def test_medicine_that_is_missing_or_not_taken_is_a_lapse(answers, expected):
    assert lapse_in_words(answers) == expected


def test_answers_are_read_back_in_words():
    given = {"PTM": {"obat_ada": "ya", "obat_diminum_24_jam": "tidak"}, "RUTIN": {}}
    assert answers_in_words(given) == [("Ada obat", "Ya"), ("Obat diminum 24 jam terakhir", "Tidak")]
