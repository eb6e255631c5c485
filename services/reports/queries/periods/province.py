"""What the recap of a period for the province is made of, and whether the kept one is still the same."""

import hashlib

from ...figures.periods import Span
from ...models import Bundle
from .asking import Reports

# How the workbook of so many months that end with a month is kept beside the bundles of that month.
FORMATS = {1: "p1", 6: "p6", 12: "p12"}


def format_of(span: Span) -> str:
    """The name under which the workbook of a span is kept."""
    return FORMATS[len(span.months)]


def contents_key(code: str, span: Span, reports: Reports) -> str:
    """The same for the same reports and the same missing posts; another as soon as one has a new version."""
    inside = [f"{each.month:%Y-%m} {each.path} {each.sha256} {each.state}" for each in reports.all]
    outside = [
        f"{month:%Y-%m} {row.path} -"
        for month, posts in reports.owing.items()
        for post, row in posts.items()
        if post not in reports.sent.get(month, {})
    ]
    return hashlib.sha256("\n".join([code, span.code, *sorted(inside), *sorted(outside)]).encode()).hexdigest()


def kept_books(code: str, span: Span, scope):
    """The kept workbook of a place and span, or nothing."""
    return Bundle.objects.within(scope).filter(place=code, month=span.last, format=format_of(span))
