"""Predicates of the registry as SQL over the answers of a record, for both databases.

Django's own JSON look-ups say the same, but compile ten times slower, and a report asks two hundred of them.
Keys and values go in as parameters.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Aggregate, F, FloatField, IntegerField

from services.fields.spec import Answered, AtLeast, Below, Has, OneOf, Predicate

Sql = tuple[str, list[Any]]


def _spoken(vendor: str, column: str, path: Sequence[str]) -> Sql:
    """The answer at this path as text or number; NULL where there is none."""
    if vendor == "sqlite":
        return f"JSON_EXTRACT({column}, %s)", ["$." + ".".join(f'"{key}"' for key in path)]
    return f"{column} #>> %s", [list(path)]


def _number(vendor: str, column: str, path: Sequence[str]) -> Sql:
    text, parameters = _spoken(vendor, column, path)
    return f"CAST({text} AS {'REAL' if vendor == 'sqlite' else 'DOUBLE PRECISION'})", parameters


def holds(predicate: Predicate, vendor: str, column: str, question: str) -> Sql:
    """The condition that this predicate holds for the answer to this question; never for an absent one."""
    text, path = _spoken(vendor, column, [question])
    match predicate:
        case OneOf(values):
            return f"{text} IN ({', '.join(['%s'] * len(values))})", [*path, *values]
        case Has(values):
            return " OR ".join([f"{text} LIKE %s"] * len(values)), [
                part for value in values for part in (*path, f'%"{value}"%')
            ]
        case Answered():
            return f"{text} IS NOT NULL", path
        case AtLeast(limit) | Below(limit):
            number, path = _number(vendor, column, [question])
            return f"{number} {'>=' if isinstance(predicate, AtLeast) else '<'} %s", [*path, float(limit)]
    raise TypeError(f"no SQL for {predicate!r}")


class _OverAnswers(Aggregate):
    """An aggregate over the `answers` of a record."""

    def __init__(self, question: str, **extra: Any):
        super().__init__(F("answers"), **extra)
        self.question = question

    def as_sql(self, compiler, connection, **context):
        column, _ = compiler.compile(self.source_expressions[0])
        return self.over(connection.vendor, column)

    def over(self, vendor: str, column: str) -> Sql:
        raise TypeError("an aggregate over answers says what it computes")


class CountWhere(_OverAnswers):
    """How many records have such an answer to a question."""

    output_field = IntegerField()

    def __init__(self, question: str, predicate: Predicate, **extra: Any):
        super().__init__(question, **extra)
        self.predicate = predicate

    def over(self, vendor: str, column: str) -> Sql:
        condition, parameters = holds(self.predicate, vendor, column, self.question)
        return f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)", parameters


class SumOf(_OverAnswers):
    """The sum of a number, or of these boxes of an answer with boxes."""

    output_field = FloatField()

    def __init__(self, question: str, boxes: Sequence[str] = (), **extra: Any):
        super().__init__(question, **extra)
        self.boxes = boxes

    def over(self, vendor: str, column: str) -> Sql:
        paths = [[self.question, box] for box in self.boxes] or [[self.question]]
        numbers = [_number(vendor, column, path) for path in paths]
        total = " + ".join(f"COALESCE({number}, 0)" for number, _ in numbers)
        return f"SUM({total})", [part for _, parameters in numbers for part in parameters]
