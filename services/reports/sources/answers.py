"""Predicates of the registry as SQL over the answers of a record, for both databases.

Django's own JSON look-ups say the same, but compile ten times slower, and a report asks two hundred of them.
Keys and values go in as parameters.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, FloatField, Func, IntegerField

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
            inside = f"{'INSTR' if vendor == 'sqlite' else 'STRPOS'}({text}, %s) > 0"
            return " OR ".join([inside] * len(values)), [part for value in values for part in (*path, f'"{value}"')]
        case Answered():
            return f"{text} IS NOT NULL", path
        case AtLeast(limit) | Below(limit):
            number, path = _number(vendor, column, [question])
            return f"{number} {'>=' if isinstance(predicate, AtLeast) else '<'} %s", [*path, float(limit)]
    raise TypeError(f"no SQL for {predicate!r}")


class CountOf(Func):
    """How many records are of a form."""

    output_field = IntegerField()
    contains_aggregate = True

    def __init__(self, form: str, **extra: Any):
        super().__init__(F("form"), F("answers"), **extra)
        self.form = form

    def as_sql(self, compiler, connection, **context):
        form, answers = (compiler.compile(expression)[0] for expression in self.source_expressions[:2])
        value, parameters = self.value(connection.vendor, answers)
        return f"SUM(CASE WHEN {form} = %s {value} ELSE 0 END)", [self.form, *parameters]

    def get_group_by_cols(self):
        return []

    def value(self, vendor: str, answers: str) -> Sql:
        """What follows "this form": more conditions, THEN, and what is added up."""
        return "THEN 1", []


class CountWhere(CountOf):
    """How many records of a form have such an answer to a question."""

    def __init__(self, form: str, question: str, predicate: Predicate, **extra: Any):
        super().__init__(form, **extra)
        self.question, self.predicate = question, predicate

    def value(self, vendor: str, answers: str) -> Sql:
        condition, parameters = holds(self.predicate, vendor, answers, self.question)
        return f"AND ({condition}) THEN 1", parameters


class SumOf(CountOf):
    """The sum of a number in the records of a form, or of these boxes of an answer with boxes."""

    output_field = FloatField()

    def __init__(self, form: str, question: str, boxes: Sequence[str] = (), **extra: Any):
        super().__init__(form, **extra)
        self.question, self.boxes = question, boxes

    def value(self, vendor: str, answers: str) -> Sql:
        paths = [[self.question, box] for box in self.boxes] or [[self.question]]
        numbers = [_number(vendor, answers, path) for path in paths]
        total = " + ".join(f"COALESCE({number}, 0)" for number, _ in numbers)
        return f"THEN {total}", [part for _, parameters in numbers for part in parameters]


class HowMany(Func):
    """Of these (question, predicate) pairs, how many hold for the answers of a record."""

    output_field = IntegerField()

    def __init__(self, pairs: Sequence[tuple[str, Predicate]], **extra: Any):
        super().__init__(F("answers"), **extra)
        self.pairs = tuple(pairs)

    def as_sql(self, compiler, connection, **context):
        answers = compiler.compile(self.source_expressions[0])[0]
        found = [holds(predicate, connection.vendor, answers, question) for question, predicate in self.pairs]
        total = " + ".join(f"CASE WHEN {condition} THEN 1 ELSE 0 END" for condition, _ in found)
        return f"({total})", [part for _, parameters in found for part in parameters]
