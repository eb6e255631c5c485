"""Merging one step of a card into a record that others fill at the same time."""

import pytest

from services.fields import registry
from services.records.rules import Clash, measured_columns, merge_answers

CASES = [
    # stored, base, mine, → answers, changed, clashes
    ({}, {}, {"a": 1}, {"a": 1}, ("a",), ()),
    ({"a": 1}, {"a": 1}, {"a": 2}, {"a": 2}, ("a",), ()),
    ({"a": 1}, {"a": 1}, {}, {}, ("a",), ()),
    ({"a": 1}, {"a": 1}, {"a": 1}, {"a": 1}, (), ()),
    ({"b": 5}, {}, {"a": 1}, {"a": 1, "b": 5}, ("a",), ()),
    ({"a": 3}, {}, {"a": 3}, {"a": 3}, (), ()),
    ({"a": 3}, {"a": 1}, {"a": 1}, {"a": 3}, (), ()),
    ({"a": 3}, {"a": 1}, {"a": 2}, {"a": 3}, (), (Clash("a", 2, 3),)),
    ({}, {"a": 1}, {"a": 2}, {}, (), (Clash("a", 2, None),)),
    ({"a": 3}, {}, {}, {"a": 3}, (), ()),
    ({"a": 1}, {"a": 1}, {"a": 0}, {"a": 0}, ("a",), ()),
]


@pytest.mark.parametrize(("stored", "base", "mine", "answers", "changed", "clashes"), CASES)
def test_only_a_question_that_changed_meanwhile_clashes(stored, base, mine, answers, changed, clashes):
    merged = merge_answers(stored, base, mine, ("a",))
    assert (merged.answers, merged.changed, merged.clashes) == (answers, changed, clashes)


@pytest.mark.parametrize(
    ("kilograms", "grams"), [(4.2, 4200), (5.1, 5100), (9.85, 9850), (0.3, 300), (10.005, 10005), (None, None)]
)
def test_weights_are_whole_grams(kilograms, grams):
    answers = {} if kilograms is None else {"bb_kg": kilograms}
    assert measured_columns(registry.form("kartu_balita"), answers)["weight_g"] == grams


def test_blood_pressure_fills_two_columns():
    columns = measured_columns(registry.form("kartu_dewasa_lansia"), {"td": {"sistol": 150, "diastol": 95}})
    assert (columns["systolic"], columns["diastolic"]) == (150, 95)
