"""What the writer of records decides without looking anything up. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.fields.rules import Previous, answer_text, due_questions, findings, measurements
from services.fields.spec import NONE_OF_THESE, FormSpec, Kind, Shape

# The column of a record that says whom or what it is about.
SUBJECT_COLUMNS = {
    Shape.PERSON: "resident",
    Shape.HOUSEHOLD: "household",
    Shape.ASSET: "asset",
    Shape.ACTIVITY: "activity",
}


@dataclass(frozen=True)
class Clash:
    """One question that two people answered differently meanwhile: both answers are kept until one chooses."""

    question: str
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merged:
    """The result of merging one step into a record: all answers, the keys that changed, and the clashes."""

    answers: dict[str, Any]
    changed: tuple[str, ...]
    clashes: tuple[Clash, ...]


def merge_answers(
    stored: Mapping[str, Any], base: Mapping[str, Any], mine: Mapping[str, Any], asked: Iterable[str]
) -> Merged:
    """Put my answers of the questions I was asked into the stored ones.

    `base` is what my form showed when it was opened. A question clashes only where somebody else changed it since,
    to something other than what I say now. An absent key is an unanswered question.
    """
    answers = dict(stored)
    changed: list[str] = []
    clashes: list[Clash] = []
    for key in asked:
        now, was, new = stored.get(key), base.get(key), mine.get(key)
        if new in (was, now):
            continue
        if now != was:
            clashes.append(Clash(key, new, now))
            continue
        changed.append(key)
        if new is None:
            answers.pop(key, None)
        else:
            answers[key] = new
    return Merged(answers, tuple(changed), tuple(clashes))


# typed value of the registry → (column, factor from the unit asked to the unit stored)
_COLUMNS = {
    "weight_kg": ("weight_g", 1000),
    "earlier_weight_kg": ("earlier_weight_g", 1000),
    "length_cm": ("length_mm", 10),
    "head_cm": ("head_mm", 10),
    "muac_cm": ("muac_mm", 10),
    "waist_cm": ("waist_mm", 10),
    "hb_g_dl": ("hb_mg_dl", 1000),
    "systolic": ("systolic", 1),
    "diastolic": ("diastolic", 1),
    "glucose_mg_dl": ("glucose_mg_dl", 1),
}


def measured_columns(spec: FormSpec, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The typed columns of a form: grams, millimetres and whole numbers; a measure that was not taken is empty."""
    typed = measurements(spec, answers)
    columns: dict[str, Any] = {}
    for measure in _measures_of(spec):
        if measure == "position":
            columns["position"] = typed.get("position", "")
        elif measure == "oedema":
            columns["oedema"] = bool(typed.get("oedema", False))
        elif measure == "earlier_weighed_on":
            columns["earlier_weighed_on"] = typed.get("earlier_weighed_on")
        else:
            column, factor = _COLUMNS[measure]
            columns[column] = _whole(typed.get(measure), factor)
    return columns


def at_birth(spec: FormSpec, person: Any) -> dict[str, Previous]:
    """Weight and length at birth as the values before the first ones measured here, by question."""
    known = {"weight_kg": (person.birth_weight_g, 1000), "length_cm": (person.birth_length_mm, 10)}
    return {
        question.key: Previous(known[question.measure][0] / known[question.measure][1], person.birth_date)
        for question in spec.questions
        if question.measure in known and known[question.measure][0]
    }


def before_birth(spec: FormSpec, answers: Mapping[str, Any], birth_date: date) -> str:
    """The question that was answered with a day before the person was born; "" where there is none."""
    for question in spec.questions:
        told = answers.get(question.key) if question.kind is Kind.DATE else None
        if told and date.fromisoformat(str(told)) < birth_date:
            return question.key
    return ""


def _measures_of(spec: FormSpec) -> list[str]:
    asked = [question.measure for question in spec.questions if question.measure]
    return [
        part for measure in asked for part in (("systolic", "diastolic") if measure == "blood_pressure" else (measure,))
    ]


def _whole(value: Any, factor: int) -> int | None:
    return None if value is None else int((Decimal(str(value)) * factor).to_integral_value(ROUND_HALF_UP))


_INDEX_NAMES = {"z_wfa": "BB/U", "z_lhfa": "TB/U", "z_wflh": "BB/TB", "z_bfa": "IMT/U", "z_hcfa": "LK/U"}


def recomputed_in_words(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """What a recomputation would change in a month that was sent. Says nothing of whose child it is.

    Both are a measurement's results by column.
    """
    parts = []
    if _status_words(before) != _status_words(now):
        parts.append(f"{_status_words(before)} menjadi {_status_words(now)}")
    elif before["status_computed"] != now["status_computed"]:
        parts.append(f"hitungan {before['status_computed'] or '–'} menjadi {now['status_computed'] or '–'}")
    indices = [name for column, name in _INDEX_NAMES.items() if before[column] != now[column]]
    if indices:
        parts.append(f"{', '.join(indices)} dihitung ulang")
    return "Hasil timbang seorang anak berubah, karena catatan lainnya diperbaiki: " + "; ".join(parts) + "."


def _status_words(results: Mapping[str, Any]) -> str:
    status, months = results["weight_status"], results["no_gain_months"]
    return f"{months}T" if months > 1 else status or "belum dinilai"


GRID_KINDS = frozenset({Kind.YES_NO, Kind.CHOICE, Kind.MULTI, Kind.INTEGER, Kind.DECIMAL, Kind.TEXT, Kind.LONG_TEXT})


def grid_keys(
    spec: FormSpec, on: date, *, age_months: int | None = None, sex: str = "", stored: Mapping[str, Any] | None = None
) -> tuple[str, ...]:
    """The questions that fit a cell, in print order; with a person's age and sex, those that concern her.

    What was answered yearly or once is among them: it stands on the paper too.
    """
    due = due_questions(spec, on=on, age_months=age_months, sex=sex or None, answered=stored or {})
    return tuple(question.key for question in due if question.kind in GRID_KINDS)


@dataclass(frozen=True)
class Told:
    """What a record says, for people: its main line, what must be acted on, and every answer with its question."""

    line: str
    findings: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]


def told(spec: FormSpec, answers: Mapping[str, Any]) -> Told:
    """A record in words. The main line is its first answer that leads to something or is counted."""
    given = [question for question in spec.questions if question.key in answers]
    main = next((one for one in given if one.finding), None) or next((one for one in given if one.counts), None)
    main = main or next(iter(given), None)
    return Told(
        answer_text(main, answers[main.key]) if main else "",
        tuple(raised.finding.sentence for raised in findings(spec, answers)),
        tuple((question.label, answer_text(question, answers[question.key])) for question in given),
    )


def is_likely_day(day: date, today: date) -> bool:
    """Whether something may have been done, or planned, on that day: a mistyped year makes no month of its own."""
    return -10 <= day.year - today.year <= 1


SEX_PART = {"L": "l", "P": "p"}


@dataclass(frozen=True)
class Came:
    """A named participant as the figures of her activity need her: "L" or "P", and the groups she belongs to."""

    sex: str
    groups: tuple[str, ...] = ()


def heads(named: Iterable[Came]) -> dict[str, int]:
    """How many men and women are named, as a participants question holds them."""
    sexes = [one.sex for one in named]
    return {part: sexes.count(sex) for sex, part in SEX_PART.items()}


def follow_names(
    spec: FormSpec, answers: Mapping[str, Any], before: Iterable[Came], now: Iterable[Came]
) -> dict[str, Any]:
    """The answers of an activity after its list of names went from `before` to `now`.

    Its numbers and groups follow the list. Where more came than were named, the number stays until the names reach
    it; so does a group that nobody named belonged to.
    """
    before, now = tuple(before), tuple(now)
    came, was, are = answers.get(spec.counted.key) or {}, heads(before), heads(now)
    counted = {part: max(came.get(part) or 0, are[part]) if more_came(came, was, part) else are[part] for part in are}
    followed = {**answers, spec.counted.key: counted if any(counted.values()) else None}
    if spec.names_participants:
        question = spec.question(spec.names_participants.question)
        left = set(answers.get(question.key) or ()) - _groups(before)
        groups = left | _groups(now)
        groups -= {NONE_OF_THESE} if groups != {NONE_OF_THESE} else set()
        followed[question.key] = [value for value in question.choice_labels if value in groups] or None
    return {key: value for key, value in followed.items() if value is not None}


def more_came(came: Mapping[str, int], named: Mapping[str, int], part: str) -> bool:
    """Whether more men (or women) came than are named."""
    return (came.get(part) or 0) > named[part]


def fewer_than_named(spec: FormSpec, answers: Mapping[str, Any], named: Mapping[str, int]) -> bool:
    """Whether an activity says that fewer came than it names."""
    came = answers.get(spec.counted.key) or {}
    return any((came.get(part) or 0) < count for part, count in named.items())


def known_groups(spec: FormSpec, stages: Iterable[str]) -> tuple[str, ...]:
    """The groups the register knows a resident of these life stages to belong to."""
    if spec.names_participants is None:
        return ()
    held = set(stages)
    return tuple(one.value for one in spec.question(spec.names_participants.question).choices if held & set(one.stages))


def _groups(named: Iterable[Came]) -> set[str]:
    return {group for one in named for group in one.groups}
