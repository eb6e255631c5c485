"""The two commands of the fields: the contract and the ledger."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from services.fields import checks, registry


def described():
    out = StringIO()
    call_command("describe_fields", format="json", stdout=out)
    return json.loads(out.getvalue())


def test_describe_fields_prints_the_contract():
    contract = described()
    assert set(contract) == {"version", "forms"}
    assert contract["version"] == registry.version()
    for form in contract["forms"]:
        assert set(form) == {"field", "key", "title", "shape", "audience", "sensitive", "questions"}
        assert form["shape"] in {"PERSON", "HOUSEHOLD", "ASSET", "ACTIVITY"}
        for question in form["questions"]:
            assert set(question) - {"parts"} == {"key", "label", "kind", "unit", "choices", "hard", "soft"}
            for bounds in (question["hard"], question["soft"]):
                assert bounds is None or (len(bounds) == 2 and bounds[0] < bounds[1])


def test_describe_fields_says_the_bounds_of_a_childs_weight():
    [card] = [form for form in described()["forms"] if form["key"] == "kartu_balita"]
    assert card["audience"]["stages"] == ["bayi", "balita", "apras"]
    [weight] = [question for question in card["questions"] if question["key"] == "bb_kg"]
    assert weight == {
        "key": "bb_kg",
        "label": "Berat badan",
        "kind": "decimal",
        "unit": "kg",
        "choices": [],
        "hard": [0.3, 60],
        "soft": [0.9, 58],
    }


def test_describe_fields_says_both_boxes_of_blood_pressure():
    [card] = [form for form in described()["forms"] if form["key"] == "kartu_dewasa_lansia"]
    [pressure] = [question for question in card["questions"] if question["key"] == "td"]
    assert pressure["hard"] == [60, 260]
    assert [(part["key"], part["hard"]) for part in pressure["parts"]] == [
        ("sistol", [60, 260]),
        ("diastol", [30, 160]),
    ]


def test_describe_fields_can_be_read_by_people():
    out = StringIO()
    call_command("describe_fields", stdout=out)
    assert "Dihitung bila “Jamban sehat” dijawab “Tidak ada”." in out.getvalue()


@pytest.fixture
def ledger_file(tmp_path, monkeypatch):
    path = tmp_path / "fields" / "ledger.json"
    monkeypatch.setattr(checks, "LEDGER", path)
    return path


def test_update_field_ledger_writes_what_is_new_once(ledger_file):
    call_command("update_field_ledger", stdout=StringIO())
    first = ledger_file.read_text(encoding="utf-8")
    assert json.loads(first)["questions"]["bb_kg"]["kind"] == "decimal"
    out = StringIO()
    call_command("update_field_ledger", stdout=out)
    assert "sudah lengkap" in out.getvalue()
    assert ledger_file.read_text(encoding="utf-8") == first


def test_update_field_ledger_refuses_a_changed_kind_and_writes_nothing(ledger_file):
    call_command("update_field_ledger", stdout=StringIO())
    tampered = ledger_file.read_text(encoding="utf-8").replace('"kind": "decimal"', '"kind": "text"')
    ledger_file.write_text(tampered, encoding="utf-8")
    with pytest.raises(CommandError, match="bb_kg: kind berubah"):
        call_command("update_field_ledger", stdout=StringIO())
    assert ledger_file.read_text(encoding="utf-8") == tampered
