"""Predicates of the registry as SQL over the answers of a record, for both databases.

Django's own JSON look-ups say the same, but compile ten times slower, and a report asks two hundred of them.
Keys and values go in as parameters. `column` is what the answers are called in the statement.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from services.fields.spec import Answered, AtLeast, Below, Has, OneOf, Predicate

Sql = tuple[str, list[Any]]


def _spoken(vendor: str, path: Sequence[str], column: str) -> Sql:
    """The answer at this path as text or number; NULL where there is none."""
    if vendor == "sqlite":
        return f"JSON_EXTRACT({column}, %s)", ["$." + ".".join(f'"{key}"' for key in path)]
    *inner, last = path
    return f"{column}{' -> %s' * len(inner)} ->> %s", [*inner, last]


def _number(vendor: str, path: Sequence[str], column: str) -> Sql:
    text, parameters = _spoken(vendor, path, column)
    return f"CAST({text} AS {'REAL' if vendor == 'sqlite' else 'DOUBLE PRECISION'})", parameters


def holds(predicate: Predicate, vendor: str, question: str, column: str = "answers") -> Sql:
    """The condition that this predicate holds for the answer to this question; never for an absent one."""
    text, path = _spoken(vendor, [question], column)
    match predicate:
        case OneOf(values):
            return f"{text} IN ({', '.join(['%s'] * len(values))})", [*path, *values]
        case Has(values):
            inside = f"{'INSTR' if vendor == 'sqlite' else 'STRPOS'}({text}, %s) > 0"
            return " OR ".join([inside] * len(values)), [part for value in values for part in (*path, f'"{value}"')]
        case Answered():
            return f"{text} IS NOT NULL", path
        case AtLeast(limit) | Below(limit):
            number, path = _number(vendor, [question], column)
            return f"{number} {'>=' if isinstance(predicate, AtLeast) else '<'} %s", [*path, float(limit)]
    raise TypeError(f"no SQL for {predicate!r}")


def one_where(predicate: Predicate, vendor: str, question: str) -> Sql:
    """1 for a record with such an answer, else 0."""
    condition, parameters = holds(predicate, vendor, question)
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END", parameters


def number_in(vendor: str, question: str, boxes: Sequence[str] = ()) -> Sql:
    """The number of an answer, or the sum of these boxes of an answer with boxes; 0 where there is none."""
    numbers = [_number(vendor, path, "answers") for path in [[question, box] for box in boxes] or [[question]]]
    total = " + ".join(f"COALESCE({number}, 0)" for number, _ in numbers)
    return total, [part for _, parameters in numbers for part in parameters]


def how_many(pairs: Iterable[tuple[str, Predicate]], vendor: str) -> Sql:
    """Of these (question, predicate) pairs, how many hold for the answers of a record."""
    found = [one_where(predicate, vendor, question) for question, predicate in pairs]
    return f"({' + '.join(sql for sql, _ in found)})", [part for _, parameters in found for part in parameters]
