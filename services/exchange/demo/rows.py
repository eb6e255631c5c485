"""Rows waiting to be written, parents before children: by COPY on PostgreSQL, by executemany on SQLite.

A city has millions of rows; there Django's own way costs as much as making them. The database checks every row as ever.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState

from services.follow_ups.models import Need, NeedEvent
from services.home_visits.models import HomeVisit
from services.open_days.models import Helper, Invitation, OpenDay
from services.posyandu.models import Period
from services.records.models import Asset, Attendance, Encounter, Measurement, Participant, Record
from services.residents.models import (
    Birth,
    Consent,
    Household,
    Pregnancy,
    PregnancyContact,
    Residency,
    Resident,
    WatchedCondition,
)

ORDER: tuple[type[models.Model], ...] = (
    Period,
    Household,
    Resident,
    Residency,
    Pregnancy,
    Birth,
    PregnancyContact,
    WatchedCondition,
    Encounter,
    OpenDay,
    Helper,
    Invitation,
    HomeVisit,
    Need,
    NeedEvent,
    Attendance,
    Asset,
    Record,
    Participant,
    Measurement,
    Consent,
)
BATCH = 1000
TEXT = (models.CharField, models.TextField)
DATED = (models.DateField, models.DecimalField)
PLAIN = (models.IntegerField, models.BooleanField, *TEXT)
Row = TypeVar("Row", bound=models.Model)


class Rows:
    """What one posyandu adds. `written` counts all that went to the database, by model."""

    def __init__(self) -> None:
        self.waiting: dict[type[models.Model], list] = {model: [] for model in ORDER}
        self.written: Counter[str] = Counter()

    def add(self, row: models.Model) -> None:
        self.waiting[type(row)].append(row)

    def flush(self) -> None:
        """Write everything that waits."""
        for model, rows in self.waiting.items():
            write(model, rows)
            self.written[model.__name__] += len(rows)
            rows.clear()


def keep_statistics() -> None:
    """Let PostgreSQL count what was written: without that it chooses ways through the tables that take ten times."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def made(model: type[Row], **values: object) -> Row:
    """A row of these columns (`resident_id`, not `resident`), in a tenth of the time of `model(…)`. Unknown names stay
    unnoticed."""
    fixed, called = _defaults(model)
    row = model.__new__(model)
    row.__dict__.update(fixed, _state=ModelState(), **values)
    for name, default in called:
        if name not in values:
            row.__dict__[name] = default()
    return row


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, object], tuple[tuple[str, Callable[[], object]], ...]]:
    """The columns with one default for all rows, and those whose default is made for each."""
    columns = model._meta.concrete_fields
    called = tuple((each.attname, each.default) for each in columns if each.has_default() and callable(each.default))
    names = {name for name, _ in called}
    return {column.attname: column.get_default() for column in columns if column.attname not in names}, called


def write(model: type[models.Model], rows: list) -> None:
    """Write rows; a primary key that is a plain number the database gives, and the rows do not learn it."""
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    for field in fields:
        if _fills_itself(field):
            for row in rows:
                field.pre_save(row, add=True)
    lines = _lines(fields, rows)
    (_copy if connection.vendor == "postgresql" else _insert)(model, fields, lines)


def _fills_itself(field: models.Field) -> bool:
    """A column that follows from others, or is the time of writing."""
    if isinstance(field, models.DateField):
        return field.auto_now or field.auto_now_add
    return type(field).pre_save is not models.Field.pre_save


def _lines(fields: Iterable[models.Field], rows: list) -> Iterable[tuple]:
    """The values as the database takes them, converted column by column."""
    pick = itemgetter(*(field.attname for field in fields))
    columns = zip(*(pick(row.__dict__) for row in rows), strict=True)
    return zip(*(_converted(field, values) for field, values in zip(fields, columns, strict=True)), strict=True)


def _converted(field: models.Field, values: tuple) -> Iterable:
    convert = _converter(field)
    if convert is None:
        return values
    if field.null:
        return [None if value is None else convert(value) for value in values]
    return map(convert, values)


def _converter(field: models.Field) -> Callable[[Any], object] | None:
    """How a value of this column is written; None as it is."""
    if field.is_relation:
        return _converter(field.target_field)
    if isinstance(field, models.UUIDField):
        return attrgetter("hex")
    if isinstance(field, models.JSONField):
        return json.dumps
    if isinstance(field, PLAIN) and type(field).get_prep_value in PLAIN_PREPARATION:
        return None
    if isinstance(field, DATED) and connection.vendor == "postgresql":
        return None
    return lambda value: field.get_db_prep_save(value, connection)


PLAIN_PREPARATION = {kind.get_prep_value for kind in (*PLAIN, models.AutoField)}


def _copy(model: type[models.Model], fields: Iterable[models.Field], lines: Iterable[tuple]) -> None:
    """PostgreSQL's COPY. An empty cell is NULL, except in text that is never NULL: there it is an empty text."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    texts = ", ".join(quote(field.column) for field in fields if isinstance(field, TEXT) and not field.null)
    never_null = f", FORCE_NOT_NULL ({texts})" if texts else ""
    page = io.StringIO()
    csv.writer(page, lineterminator="\n").writerows(lines)
    with connection.cursor() as cursor:
        order = f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN WITH (FORMAT csv{never_null})"
        with cursor.copy(order) as copy:
            copy.write(page.getvalue())


def _insert(model: type[models.Model], fields: Iterable[models.Field], lines: Iterable[tuple]) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    places = ", ".join("%s" for _ in fields)
    order, lines = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})", iter(lines)  # noqa: S608
    with connection.cursor() as cursor:
        while batch := list(islice(lines, BATCH)):
            cursor.executemany(order, batch)
