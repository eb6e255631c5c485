"""Many sums over the same rows as one statement: Django compiles the rows, the sums are written as text.

A report asks some six hundred sums of a few hundred rows. As aggregates of a queryset they take Django longer to
compile than the database to count, and each group of them its own query.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from .answers import Sql
from .rows import current, subject_of

Row = dict[str, Any]


def summed(
    rows: QuerySet, by: Sequence[str], sums: Mapping[str, Sql], *, where: str = "", around: str = "{}"
) -> Iterator[Row]:
    """One row for each combination of the columns `by`, with each sum under its name, 0 where nothing was added.

    `rows` gives values; the first of `by` is the id of a posyandu. Each of `sums` is an aggregate over those
    values, with its parameters. `around` is text about the rows with "{}" for them; `where` chooses among its result.
    """
    kind, column = subject_of(rows)
    found = current()
    columns = [*by, column] if found and column not in by else list(by)
    try:
        text, parameters = rows.query.sql_with_params()
    except EmptyResultSet:  # no posyandu, so no rows
        return
    named = ", ".join(columns)
    parts = ", ".join([named, *(sql for sql, _ in sums.values())])
    chosen = f" WHERE {where}" if where else ""
    # Texts of the program only; every value of a user is a parameter.
    statement = f"SELECT {parts} FROM ({around.format(text)}) AS counted{chosen} GROUP BY {named}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [*(each for _, given in sums.values() for each in given), *parameters])
        for values in cursor.fetchall():
            row = dict(zip((*columns, *sums), values, strict=True))
            row[by[0]] = _identifier(row[by[0]])
            if found:
                found.subject = f"{kind}:{_identifier(row[column])}"
            yield row
    if found:
        found.subject = ""


def _identifier(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def counted_when(condition: str, parameters: Iterable[Any] = ()) -> Sql:
    """How many rows meet a condition on their values."""
    return f"COUNT(CASE WHEN {condition} THEN 1 END)", list(parameters)


EVERY_ROW: Sql = ("COUNT(*)", [])


def mark(condition: Q) -> Case:
    """1 where a condition of Django's holds, else 0, as a value of each row."""
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def latest_first(subject: Any, day: str = "encounter__date") -> Window:
    """1 for the last row about each subject (columns, or expressions), 2 for the one before."""
    return Window(RowNumber(), partition_by=list(subject), order_by=[F(day).desc(), F("pk").desc()])
