"""From what was typed, tapped or imported to the value that is stored; a refusal says what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from services.fields.spec import NO, NONE_OF_THESE, YES, Bounds, Kind, Part, Question
from services.web.rules import number_text

TEXT_LENGTH, LONG_TEXT_LENGTH = 200, 2000
DATE_SHAPES = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")
EARLIEST = date(1900, 1, 1)

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*")
_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+")
_WITH_UNIT = re.compile(r"[+-]?\d[\d.,]*\s*(?P<unit>[^\d\s.,][^\d]*)")


class Refused(ValueError):
    """An answer that cannot be stored, in the words shown beside the question."""


def parse_number(text: str, *, whole: bool = False, example: str = "9,8") -> Decimal:
    """The number in "9,85", "9.85", "1.234,5" or, for whole numbers, "1.500".

    Comma and point both part the decimals; a point parts thousands where a comma follows, where there are several,
    or where only a whole number is asked. Raises Refused for anything else, also NaN, infinity and units.
    """
    typed = text.replace("\u00a0", " ").strip()
    if len(typed) > 20 or not typed.isascii() or not _NUMBER.fullmatch(typed):
        raise Refused(_not_a_number(typed, example))
    grouped = _GROUPED.fullmatch(typed)
    commas, points = typed.count(","), typed.count(".")
    if commas and points:
        return _two_separators(typed, example)
    if points > 1 or (points == 1 and whole and grouped and not typed.lstrip("+-").startswith("0")):
        if not grouped:
            raise Refused(_not_a_number(typed, example))
        return Decimal(typed.replace(".", ""))
    if commas > 1:
        raise Refused(_not_a_number(typed, example))
    return Decimal(typed.replace(",", "."))


def _two_separators(typed: str, example: str) -> Decimal:
    decimal, thousands = (",", ".") if typed.rindex(",") > typed.rindex(".") else (".", ",")
    front, rest = typed.rsplit(decimal, 1)
    if not _GROUPED.fullmatch(front.replace(thousands, ".")):
        raise Refused(_not_a_number(typed, example))
    return Decimal(f"{front.replace(thousands, '')}.{rest}")


def _not_a_number(typed: str, example: str) -> str:
    unit = _WITH_UNIT.fullmatch(typed)
    if unit:
        return f"Tulis angkanya saja, tanpa “{unit['unit'].strip()}”. Misalnya {example}."
    return f"“{typed[:20]}” bukan angka. Tulis angka saja, misalnya {example}."


def parse_answer(question: Question, raw: object, *, on: date | None = None) -> object:
    """The stored value of an answer, or None where nothing (or "Belum didata") was answered.

    Accepts what a browser sends and what a program or sheet holds. `on` is the day of the event: no date lies after
    it. Raises Refused.
    """
    if _is_empty(raw):
        return None
    if question.kind is Kind.DATE:
        return _date(question, raw, on)
    return _PARSERS[question.kind](question, raw)


def _is_empty(raw: object) -> bool:
    if raw is None:
        return True
    if isinstance(raw, str):
        return not raw.strip()
    if isinstance(raw, Mapping):
        return all(_is_empty(value) for value in raw.values())
    return isinstance(raw, Sequence) and all(_is_empty(value) for value in raw)


def _chosen(question: Question, raw: object) -> str:
    if isinstance(raw, bool):
        raw = YES if raw else NO
    if not isinstance(raw, str) or raw not in question.choice_labels:
        raise Refused("Pilih salah satu jawaban yang ada.")
    return raw


def _ticked(question: Question, raw: object) -> list[str] | None:
    values = [raw] if isinstance(raw, str) else list(raw) if isinstance(raw, Sequence) else [str(raw)]
    wanted = {str(value) for value in values if value}
    if wanted - set(question.choice_labels):
        raise Refused("Ada pilihan yang tidak dikenal. Pilih dari daftar.")
    if NONE_OF_THESE in wanted and len(wanted) > 1:
        raise Refused(f"Pilih “{question.choice_labels[NONE_OF_THESE]}” saja, atau pilih yang ada saja.")
    return [value for value in question.choice_labels if value in wanted] or None


def _text(question: Question, raw: object) -> str | None:
    if not isinstance(raw, str | int | float | Decimal):
        raise Refused("Tulis dengan kata-kata.")
    text = str(raw).replace("\x00", "").replace("\r\n", "\n").encode("utf-8", "ignore").decode().strip()
    limit = LONG_TEXT_LENGTH if question.kind is Kind.LONG_TEXT else TEXT_LENGTH
    if len(text) > limit:
        raise Refused(f"Terlalu panjang ({len(text)} huruf). Ringkas sampai {limit} huruf.")
    if question.kind is Kind.TEXT:
        text = " ".join(text.split())
    return text or None


def _decimal(question: Question, raw: object) -> float:
    number = _number(raw, example=question.example or "9,8")
    if number != round(number, question.places):
        places = question.places
        raise Refused(f"Tulis paling banyak {places} angka di belakang koma, misalnya {question.example or '9,8'}.")
    _within_bounds(question.label, number, question.hard, question.unit)
    return float(number)


def _integer(question: Question, raw: object) -> int:
    number = _whole(raw, question.example or "12")
    _within_bounds(question.label, number, question.hard, question.unit)
    return int(number)


def _whole(raw: object, example: str) -> Decimal:
    number = _number(raw, whole=True, example=example)
    if number != int(number):
        raise Refused(f"Tulis angka bulat tanpa koma, misalnya {example}.")
    return number


def _number(raw: object, *, whole: bool = False, example: str) -> Decimal:
    if isinstance(raw, str):
        return parse_number(raw, whole=whole, example=example)
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal) or not Decimal(str(raw)).is_finite():
        raise Refused(_not_a_number(str(raw), example))
    return Decimal(str(raw))


def _within_bounds(label: str, number: Decimal, bounds: Bounds | None, unit: str) -> None:
    if bounds is None or Decimal(str(bounds[0])) <= number <= Decimal(str(bounds[1])):
        return
    low, high = (number_text(end) for end in bounds)
    said = f"{label} {number_text(number)} {unit} di luar batas {low}–{high} {unit}.".replace(" .", ".")
    raise Refused(f"{said} {_advice(number, bounds, unit)}".strip())


def _advice(number: Decimal, bounds: Bounds, unit: str) -> str:
    """Where a comma was forgotten, or grams or metres were written, says what was probably meant."""
    low, high = (Decimal(str(end)) for end in bounds)
    grams = unit == "kg" and number >= 300 and low <= number / 1000 <= high
    if grams:
        return f"Tulis dalam kilogram: mungkin {number_text(number / 1000)}?"
    if unit == "cm" and 0 < number < 3 and low <= number * 100 <= high:
        return f"Tulis dalam sentimeter: mungkin {number_text(number * 100)}?"
    for factor in (Decimal(10), Decimal(100)) if unit in ("kg", "cm", "g/dL") and number > high else ():
        if low <= number / factor <= high:
            return f"Periksa lagi: mungkin {number_text(number / factor)}?"
    return "Periksa lagi angkanya."


def _date(question: Question, raw: object, on: date | None) -> str:
    day = raw.date() if isinstance(raw, datetime) else raw if isinstance(raw, date) else _typed_date(str(raw))
    if on is not None and day > on:
        raise Refused("Tanggal ini belum tiba. Tulis tanggal hari itu atau sebelumnya.")
    if day < EARLIEST:
        raise Refused("Tahunnya terlalu lama. Periksa lagi tanggalnya.")
    return day.isoformat()


def _typed_date(text: str) -> date:
    for shape in DATE_SHAPES:
        try:
            return datetime.strptime(text.strip(), shape).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
    raise Refused("Tanggal ini tidak ada. Tulis hari-bulan-tahun, misalnya 10-11-2026.")


def _time(question: Question, raw: object) -> str:
    if isinstance(raw, time):
        return raw.strftime("%H:%M")
    found = re.fullmatch(r"(\d{1,2})[:.](\d{2})(:\d{2})?", str(raw).strip(), re.ASCII)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise Refused("Tulis jam dan menit, misalnya 19.30.")
    return f"{int(found[1]):02}:{found[2]}"


def _parts(question: Question, raw: object) -> dict[str, int]:
    given = _boxes(question, raw)
    missing = [part.label for part in question.parts if _is_empty(given.get(part.key))]
    if missing:
        hint = " Tulis 0 bila tidak ada." if question.kind is Kind.PARTICIPANTS else ""
        raise Refused(f"Isi juga {' dan '.join(missing)}.{hint}")
    answer = {part.key: _part(question, part, given[part.key]) for part in question.parts}
    if question.kind is Kind.BLOOD_PRESSURE and answer["sistol"] <= answer["diastol"]:
        raise Refused("Sistol (atas) harus lebih besar dari diastol (bawah). Mungkin terbalik?")
    return answer


def _part(question: Question, part: Part, raw: object) -> int:
    number = _whole(raw, "120" if question.kind is Kind.BLOOD_PRESSURE else "12")
    _within_bounds(part.label, number, part.hard, question.unit)
    return int(number)


def _boxes(question: Question, raw: object) -> Mapping[str, object]:
    if isinstance(raw, Mapping):
        return raw
    boxes = raw.split("/") if isinstance(raw, str) else list(raw) if isinstance(raw, Sequence) else []
    if len(boxes) != len(question.parts):
        raise Refused(f"Isi {' dan '.join(part.label for part in question.parts)}.")
    return {part.key: box for part, box in zip(question.parts, boxes, strict=True)}


_PARSERS: Mapping[Kind, Callable[[Question, object], object]] = {
    Kind.YES_NO: _chosen,
    Kind.CHOICE: _chosen,
    Kind.MULTI: _ticked,
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.DECIMAL: _decimal,
    Kind.INTEGER: _integer,
    Kind.TIME: _time,
    Kind.BLOOD_PRESSURE: _parts,
    Kind.PARTICIPANTS: _parts,
}
