"""The key ledger: what was ever asked and counted. A key may not vanish, change its kind, or come back as another."""

import json
from collections.abc import Iterable
from pathlib import Path

from django.core.checks import Error, register

from services.fields.registry import FORMS
from services.fields.spec import FormSpec, Question

LEDGER = Path(__file__).resolve().parents[2] / "fixtures" / "fields" / "ledger.json"
HOW = "Jalankan: manage.py update_field_ledger"


def read_ledger(path: Path | None = None) -> dict:
    """The ledger as committed; an empty one where there is no file."""
    path = path or LEDGER
    if not path.is_file():
        return {"forms": {}, "questions": {}, "counts": {}}
    return json.loads(path.read_text(encoding="utf-8"))


def described_keys(forms: Iterable[FormSpec] = FORMS) -> dict:
    """The keys of these forms in the shape of the ledger, without the days they were first recorded."""
    ledger: dict = {"forms": {}, "questions": {}, "counts": {}}
    for spec in forms:
        ledger["forms"][spec.key] = {
            "field": spec.field,
            "shape": spec.shape.value,
            "sensitive": spec.sensitive,
            "questions": sorted(spec.keys),
        }
        for question in spec.questions:
            _describe_question(ledger, question)
    return ledger


def _describe_question(ledger: dict, question: Question) -> None:
    known = ledger["questions"].get(question.key, {"choices": []})
    ledger["questions"][question.key] = {
        "kind": question.kind.value,
        "unit": question.unit,
        "measure": question.measure,
        "choices": sorted({*known["choices"], *question.choice_labels}),
        "retired": question.retired_on.isoformat() if question.retired_on else None,
    }
    for figure in (*question.counts, *question.sums):
        ledger["counts"][figure.key] = {"question": question.key}


def ledger_problems(ledger: dict, now: dict) -> list[str]:
    """What the ledger forbids: one sentence a problem."""
    return [
        *_gone(ledger, now, "forms", "Formulir"),
        *_gone(ledger, now, "questions", "Pertanyaan"),
        *_gone(ledger, now, "counts", "Hitungan"),
        *_changed(ledger, now, "forms", "Formulir", ("field", "shape", "sensitive")),
        *_changed(ledger, now, "questions", "Pertanyaan", ("kind", "unit", "measure")),
        *_changed(ledger, now, "counts", "Hitungan", ("question",)),
        *_shrunk(ledger, now, "forms", "questions", "pertanyaan"),
        *_shrunk(ledger, now, "questions", "choices", "pilihan"),
        *_revived(ledger, now),
    ]


def unrecorded(ledger: dict, now: dict) -> list[str]:
    """Keys that the ledger does not know yet, or knows with less."""
    merged = merged_ledger(ledger, now, "")
    return [f"{part}.{key}" for part in merged for key in merged[part] if merged[part][key] != ledger[part].get(key)]


def merged_ledger(ledger: dict, now: dict, day: str) -> dict:
    """The ledger with what is new, each new key with the day it was recorded (ISO)."""
    return {
        part: {
            key: {**entry, "since": ledger[part].get(key, {}).get("since", day)}
            for key, entry in sorted(now[part].items())
        }
        for part in ("forms", "questions", "counts")
    }


def _gone(ledger: dict, now: dict, part: str, word: str) -> list[str]:
    advice = "beri tanggal retired_on, jangan dihapus" if part == "questions" else "jangan dihapus"
    return [f"{word} {key} hilang; {advice}." for key in ledger[part] if key not in now[part]]


def _changed(ledger: dict, now: dict, part: str, word: str, fixed: tuple[str, ...]) -> list[str]:
    return [
        f"{word} {key}: {name} berubah dari {entry[name]!r} menjadi {now[part][key][name]!r}; pakai kunci baru."
        for key, entry in ledger[part].items()
        for name in fixed
        if key in now[part] and now[part][key][name] != entry[name]
    ]


def _shrunk(ledger: dict, now: dict, part: str, name: str, word: str) -> list[str]:
    return [
        f"{key}: {word} {value} hilang."
        for key, entry in ledger[part].items()
        for value in entry[name]
        if key in now[part] and value not in now[part][key][name]
    ]


def _revived(ledger: dict, now: dict) -> list[str]:
    return [
        f"Pertanyaan {key} sudah pensiun pada {entry['retired']} dan tidak boleh dipakai lagi."
        for key, entry in ledger["questions"].items()
        if entry["retired"] and key in now["questions"] and now["questions"][key]["retired"] != entry["retired"]
    ]


@register("fields")
def check_ledger(app_configs=None, **options):
    """The registry agrees with the committed ledger."""
    ledger, now = read_ledger(), described_keys()
    problems = ledger_problems(ledger, now)
    errors = [Error(problem, id="fields.E001") for problem in problems]
    new = [] if problems else unrecorded(ledger, now)
    if new:
        errors.append(Error(f"Belum tercatat di buku kunci: {', '.join(new)}.", hint=HOW, id="fields.E002"))
    return errors
