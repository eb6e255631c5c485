"""The recap of a period for the province: made by the worker, kept until one of its reports changes."""

from collections.abc import Callable

from django.db import transaction

from services.areas.scope import Scope
from services.audit.actions import Verb, note

from ..figures.periods import Span
from ..models import Bundle
from ..queries.periods import asked_place, tables_of
from ..queries.periods.province import contents_key, format_of, kept_books
from ..renderers import Document
from ..renderers.periods import province_book
from .bundling import columns_of


def make_province_book(*, code: str, span: Span, by, told: Callable[[], None]) -> Bundle:
    """Make the workbook of a kabupaten or kota unless the kept one is still the same. `told` hears each month."""
    tables = tables_of(asked_place(code, span, scope=None))
    key = contents_key(code, span, tables.reports)
    kept = kept_books(code, span, Scope(None, areas=(code,))).filter(contents=key).first()
    if kept is not None:
        return kept
    whole = tables.standings()[""]
    return _keep(tables.asked.place, span, key, whole, province_book(tables, key, told), by)


@transaction.atomic
def _keep(place, span: Span, key: str, whole, document: Document, by) -> Bundle:
    values = {
        "level": place.level,
        "contents": key,
        "inside": whole.counted,
        "missing": whole.owing - whole.counted,
        **columns_of(document=document, by=by),
    }
    row, is_new = kept_books(place.code, span, Scope(None, areas=(place.code,))).update_or_create(
        place=place.code, month=span.last, format=format_of(span), defaults=values
    )
    verb = Verb.CREATE if is_new else Verb.UPDATE
    note(by=by, verb=verb, on=row, place=row.place, masa=span.code, bentuk="rekap provinsi", isi=row.inside)
    return row
