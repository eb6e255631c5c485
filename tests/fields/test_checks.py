"""The key ledger: old answers stay readable because no key ever means something else."""

import dataclasses
from datetime import date

import pytest

from services.fields import checks, registry
from services.fields.spec import IS, Choice, Count, Kind

RUMAH = registry.form("rumah")


def changed(changed_key, **changes):
    """The registry's keys after a change to one question of the house form."""
    questions = tuple(
        dataclasses.replace(question, **changes) if question.key == changed_key else question
        for question in RUMAH.questions
    )
    return checks.described_keys([dataclasses.replace(RUMAH, questions=questions)])


EMPTY = {"forms": {}, "questions": {}, "counts": {}}


@pytest.fixture
def ledger():
    return checks.merged_ledger(EMPTY, checks.described_keys([RUMAH]), "2026-11-21")


def test_the_committed_ledger_agrees_with_the_registry():
    assert checks.check_ledger() == []


def test_no_ledger_file_is_an_empty_ledger(tmp_path):
    assert checks.read_ledger(tmp_path / "ledger.json") == EMPTY


def test_an_unchanged_form_has_no_problem(ledger):
    now = checks.described_keys([RUMAH])
    assert checks.ledger_problems(ledger, now) == []
    assert checks.unrecorded(ledger, now) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"key": "roof"}, "Pertanyaan atap hilang"),
        ({"kind": Kind.MULTI}, "atap: kind berubah"),
        ({"unit": "m"}, "atap: unit berubah"),
        ({"measure": "weight_kg"}, "atap: measure berubah"),
        ({"choices": (Choice("genteng", "Genteng"), Choice("bocor", "Bocor"))}, "pilihan seng hilang"),
        ({"counts": ()}, "Hitungan atap_bocor hilang"),
    ],
)
def test_what_was_once_asked_cannot_become_something_else(ledger, changes, said):
    assert said in " ".join(checks.ledger_problems(ledger, changed("atap", **changes)))


def test_a_count_cannot_move_to_another_question(ledger):
    now = checks.described_keys([RUMAH])
    now["counts"]["atap_bocor"] = {"question": "lantai"}
    assert "Hitungan atap_bocor: question berubah" in " ".join(checks.ledger_problems(ledger, now))


def test_a_question_cannot_leave_its_form_while_another_form_asks_it(ledger):
    water = registry.form("air_jamban")
    both = checks.merged_ledger(ledger, checks.described_keys([RUMAH, water]), "2026-11-22")
    without = dataclasses.replace(RUMAH, questions=tuple(q for q in RUMAH.questions if q.key != "jamban_sehat"))
    assert checks.ledger_problems(both, checks.described_keys([without, water])) == [
        "rumah: pertanyaan jamban_sehat hilang."
    ]


def test_a_form_cannot_change_its_shape_or_vanish(ledger):
    now = checks.described_keys([RUMAH])
    now["forms"]["rumah"]["shape"] = "ASSET"
    assert "Formulir rumah: shape berubah" in checks.ledger_problems(ledger, now)[0]
    assert "Formulir rumah hilang" in " ".join(checks.ledger_problems(ledger, EMPTY))


def test_a_retired_question_stays_retired(ledger):
    retired = changed("atap", retired_on=date(2027, 1, 1))
    assert checks.ledger_problems(ledger, retired) == []
    written = checks.merged_ledger(ledger, retired, "2027-01-01")
    assert "sudah pensiun" in " ".join(checks.ledger_problems(written, checks.described_keys([RUMAH])))


def test_a_new_choice_label_or_bound_is_allowed_and_new_keys_are_recorded_with_their_day(ledger):
    roof = RUMAH.question("atap")
    now = changed(
        "atap",
        label="Bahan atap",
        choices=(*roof.choices, Choice("asbes", "Asbes")),
        counts=(*roof.counts, Count("atap_asbes", "Rumah beratap asbes", IS("asbes"))),
    )
    assert checks.ledger_problems(ledger, now) == []
    assert checks.unrecorded(ledger, now) == ["questions.atap", "counts.atap_asbes"]
    merged = checks.merged_ledger(ledger, now, "2027-03-01")
    assert merged["counts"]["atap_asbes"]["since"] == "2027-03-01"
    assert merged["questions"]["atap"]["since"] == "2026-11-21"
    assert checks.unrecorded(merged, now) == []


def test_a_forgotten_entry_fails_the_check(monkeypatch, tmp_path):
    monkeypatch.setattr(checks, "LEDGER", tmp_path / "ledger.json")
    [error] = checks.check_ledger()
    assert error.id == "fields.E002"
    assert "update_field_ledger" in error.hint
