"""Many sums over the same rows as one statement: Django compiles the rows, the sums are written as text.

A report asks some six hundred sums of a few hundred rows. As aggregates of a queryset they take Django longer to
compile than the database to count, and each group of them its own query.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, UUIDField, Value, When, Window
from django.db.models.functions import RowNumber

from .answers import Sql
from .people import Frame
from .rows import current, subject_of

Row = dict[str, Any]
# What a row stands for, and the column that identifies it.
Subject = tuple[str, str]
KEPT = "counted_post"


@dataclass(frozen=True)
class Grouping:
    """Sums for each combination of the columns `by`, the first of them the id of a posyandu; `where` chooses rows.

    Each sum is an aggregate over the values of the rows, with its parameters. `once`: these columns of the rows, each
    combination once. `subject`: what is listed behind a figure where that is not the row itself.
    """

    by: tuple[str, ...]
    sums: Mapping[str, Sql]
    where: str = ""
    once: tuple[str, ...] = ()
    subject: Subject | None = None


def summed(frame: Frame, rows: QuerySet, grouping: Grouping, *, around: str = "{}") -> Iterator[Row]:
    """One row for each combination, with each sum under its name, 0 where nothing was added.

    `rows` gives values; `around` is text about them with "{}" in their place. The posyandu of a row may be the one with
    which it is counted together.
    """
    for _, row in summed_apart(frame, rows, [grouping], around=around):
        yield row


def summed_apart(
    frame: Frame, rows: QuerySet, groupings: Sequence[Grouping], *, around: str = "{}"
) -> Iterator[tuple[int, Row]]:
    """The same for several groupings of rows that are found once: the number of the grouping, and its row."""
    found = current()
    subjects = [each.subject or subject_of(rows) for each in groupings]
    listed = [[column] if found and column else [] for _, column in subjects]
    try:
        text, given = rows.query.sql_with_params()
    except EmptyResultSet:  # no posyandu, so no rows
        return
    text, parameters = _kept_together(frame.together, groupings[0].by[0], around.format(text), given)
    selects = []
    width = max(len(each.by) for each in groupings)
    for number, each in enumerate(groupings):
        selects.append(_select(number, each, listed[number], width, max(len(one.sums) for one in groupings)))
        parameters += [one for _, given in each.sums.values() for one in given]
    # Texts of the program only; every value of a user is a parameter.
    statement = f"WITH counted AS ({text}) {' UNION ALL '.join(selects)}"
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for number, post, *values in cursor.fetchall():
            row = _row(groupings[number], _identifier(post), values[len(listed[number]) :], width)
            if found:
                found.subject = f"{subjects[number][0]}:{_identifier(values[0])}" if listed[number] else ""
            yield number, row
    if found:
        found.subject = ""


def _select(number: int, grouping: Grouping, listed: Sequence[str], width: int, sums: int) -> str:
    """One grouping of the statement, as wide as the widest: keys first, then the sums, so that types agree."""
    keys = [KEPT, *listed, *grouping.by[1:]]
    empty = ["NULL"] * (width - len(grouping.by)), ["NULL"] * (sums - len(grouping.sums))
    columns = [str(number), *keys, *empty[0], *(sql for sql, _ in grouping.sums.values()), *empty[1]]
    chosen = f" WHERE {grouping.where}" if grouping.where else ""
    apart = f"(SELECT DISTINCT {', '.join((KEPT, *grouping.once))} FROM counted) AS apart"  # noqa: S608
    source = apart if grouping.once else "counted"
    return f"SELECT {', '.join(columns)} FROM {source}{chosen} GROUP BY {', '.join(keys)}"  # noqa: S608


def _row(grouping: Grouping, post: UUID, values: Sequence[Any], width: int) -> Row:
    keys = dict(zip(grouping.by, [post, *values], strict=False))
    return {**keys, **dict(zip(grouping.sums, values[width - 1 :], strict=False))}


def _kept_together(together: Mapping[UUID, UUID], post: str, text: str, given: Sequence[Any]) -> tuple[str, list[Any]]:
    """The rows with the post under which each is counted: its own, or that with which it is counted together."""
    if not together:
        return f"SELECT every_row.*, {post} AS {KEPT} FROM ({text}) AS every_row", [*given]  # noqa: S608
    ids = UUIDField()
    pairs = [ids.get_db_prep_value(each, connection) for pair in together.items() for each in pair]
    values = ", ".join(["(%s, %s)"] * len(together))
    # Both databases call the columns of VALUES column1 and column2.
    kept = f"(VALUES {values}) AS posts ON posts.column1 = every_row.{post}"
    return f"SELECT every_row.*, posts.column2 AS {KEPT} FROM ({text}) AS every_row JOIN {kept}", [*given, *pairs]  # noqa: S608


# What PostgreSQL is told while a whole kota is counted. Each connection has a core, so no helpers. Groups are expected
# as many as rows and would be sorted where so many do not fit; there are a few hundred. Answers are sorted in memory.
FOR_A_KOTA = {"max_parallel_workers_per_gather": "0", "hash_mem_multiplier": "8", "work_mem": "'64MB'"}


@contextmanager
def on_one_core() -> Iterator[None]:
    """The statements of this connection have one core and room to add up there; a pool gets it back as it was."""
    _execute("; ".join(f"SET {name} = {value}" for name, value in FOR_A_KOTA.items()))
    try:
        yield
    finally:
        _execute("; ".join(f"RESET {name}" for name in FOR_A_KOTA))


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _identifier(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def counted_when(condition: str, parameters: Iterable[Any] = ()) -> Sql:
    """How many rows meet a condition on their values."""
    return f"COUNT(CASE WHEN {condition} THEN 1 END)", list(parameters)


EVERY_ROW: Sql = ("COUNT(*)", [])


def only(aggregate: Sql, condition: str) -> Sql:
    """The same of the rows that meet a condition without parameters; nothing where none does."""
    sql, parameters = aggregate
    return f"{sql} FILTER (WHERE {condition})", parameters


def mark(condition: Q) -> Case:
    """1 where a condition of Django's holds, else 0, as a value of each row."""
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


# The first of those; said so, PostgreSQL expects many and adds them up without sorting them.
LATEST = "< 2"


def latest_first(subject: Any, day: str = "encounter__date") -> Window:
    """1 for the last row about each subject (columns, or expressions), 2 for the one before."""
    return Window(RowNumber(), partition_by=list(subject), order_by=[F(day).desc(), F("pk").desc()])
