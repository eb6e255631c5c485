"""What other parts of the app count for the report: visits that were needed."""

from collections import Counter, defaultdict
from uuid import UUID

from services.follow_ups.queries import need_counts
from services.reports.figures.visits import ANY_NEED, NEED_COUNTS, need_days

from .people import Counts, Frame, add

# Of each post: name of the values → value → how often. Medians of a place are made from them.
Spans = dict[UUID, dict[str, Counter[int]]]


def empty_spans(posts: frozenset[UUID]) -> Spans:
    return {post: defaultdict(Counter) for post in posts}


def count_needs(frame: Frame, counts: Counts, spans: Spans) -> None:
    """Visits that were needed this month, by reason, and the days until they were made."""
    for (post, kind), need in need_counts(frame.posts, frame.month).items():
        add(counts, post, ANY_NEED, need.owed + need.visited + need.referred)
        for reason in (kind.lower(), "semua"):
            for part, name in NEED_COUNTS.items():
                add(counts, post, f"kunjungan_rumah.{reason}.{part}", getattr(need, name))
            spans[post][need_days(reason)] += need.days
