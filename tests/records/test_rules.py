"""Merging one step of a card into a record that others fill at the same time."""

import pytest

from services.fields import registry
from services.records.rules import (
    Came,
    Clash,
    fewer_than_named,
    follow_names,
    heads,
    known_groups,
    measured_columns,
    merge_answers,
)

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


KIE = registry.form("kie_gender")
L, P = Came("L"), Came("P")


@pytest.mark.parametrize(
    ("come", "before", "now", "expected"),
    [
        (None, [], [P], {"l": 0, "p": 1}),
        ({"l": 0, "p": 1}, [P], [P, L], {"l": 1, "p": 1}),
        ({"l": 1, "p": 1}, [P, L], [P], {"l": 0, "p": 1}),
        ({"l": 4, "p": 21}, [], [P], {"l": 4, "p": 21}),
        ({"l": 4, "p": 2}, [P, P], [P, P, P], {"l": 4, "p": 3}),
        ({"l": 1, "p": 0}, [], [L, L], {"l": 2, "p": 0}),
        ({"l": 3, "p": 1}, [L, P], [P], {"l": 3, "p": 1}),
        ({"l": 0, "p": 1}, [P], [], None),
        ({"l": 2}, [], [P], {"l": 2, "p": 1}),
    ],
)
def test_the_numbers_of_an_activity_follow_its_names_and_are_never_lower(come, before, now, expected):
    answers = {} if come is None else {"peserta": come}
    assert follow_names(KIE, answers, before, now).get("peserta") == expected


@pytest.mark.parametrize(
    ("ticked", "before", "now", "expected"),
    [
        (None, [], ["lansia"], ["lansia"]),
        (None, [], ["tidak_ada"], ["tidak_ada"]),
        (["tidak_ada"], ["tidak_ada"], ["tidak_ada", "miskin"], ["miskin"]),
        (["anak"], [], ["lansia"], ["lansia", "anak"]),
        (["lansia", "anak"], ["lansia"], [], ["anak"]),
        (["lansia"], ["lansia"], ["", ""], None),
        (["tidak_ada"], [], ["disabilitas"], ["disabilitas"]),
    ],
)
def test_the_groups_of_an_activity_are_those_of_who_came_and_what_was_ticked(ticked, before, now, expected):
    def come(groups):
        return [Came("P", (group,) if group else ()) for group in groups]

    answers = {} if ticked is None else {"kelompok_rentan": ticked}
    assert follow_names(KIE, answers, come(before), come(now)).get("kelompok_rentan") == expected


@pytest.mark.parametrize(
    ("come", "named", "fewer"),
    [
        (None, [], False),
        (None, [P], True),
        ({"l": 1, "p": 1}, [L, P], False),
        ({"l": 9, "p": 0}, [P], True),
        ({"l": 9, "p": 9}, [P, L], False),
    ],
)
def test_fewer_than_are_named_cannot_have_come(come, named, fewer):
    answers = {} if come is None else {"peserta": come}
    assert fewer_than_named(KIE, answers, heads(named)) is fewer


@pytest.mark.parametrize(
    ("stages", "known"),
    [(("lansia",), ("lansia",)), (("bumil", "usekrem"), ("anak",)), (("bayi", "balita"), ("anak",)), (("dewasa",), ())],
)
def test_the_register_knows_who_is_old_or_a_child(stages, known):
    assert known_groups(KIE, stages) == known
    assert known_groups(registry.form("penyuluhan_sosial"), stages) == ()
