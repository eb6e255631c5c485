"""What other parts of the app count for the report: needed visits, residents' reports, births and deaths."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import F

from services.follow_ups.models import NeedEvent
from services.follow_ups.queries import need_events, owed_needs
from services.reports.figures import births, tickets
from services.reports.figures.visits import ANY_NEED, NEED_COUNTS, need_days
from services.residents.queries import birth_figures, born_rows
from services.tickets.queries import TicketFigures, calendar_of, confidential_counts, ticket_figures
from services.tickets.rules import Calendar

from .answers import Sql
from .people import Counts, Frame, add
from .places import Post
from .rows import Listing, about, current
from .sums import EVERY_ROW, Grouping, Row, counted_when, summed, summed_apart

Span = tuple[date, date, int]
# Of each post: name of the values → value → how often. Medians of a place are made from them.
Spans = dict[UUID, dict[str, Counter[int]]]


def empty_spans(frame: Frame) -> Spans:
    """As empty_counts."""
    kept: Spans = defaultdict(lambda: defaultdict(Counter))
    return {post: kept[frame.together.get(post, post)] for post in frame.posts}


def count_needs(frame: Frame, counts: Counts, spans: Spans) -> None:
    """Visits that were needed this month, by reason, and the days until they were made.

    Of each need the visit, the visit without a meeting and the referral count once.
    """
    needs = owed_needs(frame.scope, frame.month).order_by().values("id", "posyandu_id", "kind", "done")
    events = need_events(frame.scope, frame.month).annotate(post=F("need__posyandu_id"), kind=F("need__kind"))
    columns = events.order_by().values("post", "kind", "need_id", "what", "days")
    for row in summed(frame, needs, _OWED):
        _add_needs(counts, row["posyandu_id"], row)
    for number, row in summed_apart(frame, columns, [_MET, _DAYS]):
        if number:
            for reason in (row["kind"].lower(), "semua"):
                spans[row["post"]][need_days(reason)][row["days"]] += row["times"]
        else:
            _add_needs(counts, row["post"], row)


def _needs_with(*what: str) -> Sql:
    return f"COUNT(DISTINCT CASE WHEN what IN {_texts(what)} THEN need_id END)", []


def _texts(what: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{each}'" for each in what) + ")"


_NEED = ("keperluan", "need_id")
_OWED = Grouping(
    ("posyandu_id", "kind"), {"owed": EVERY_ROW, "done": counted_when("done = 1")}, subject=("keperluan", "id")
)
_MET = Grouping(
    ("post", "kind"),
    {
        "visited": _needs_with(*NeedEvent.VISITS),
        "not_met": _needs_with(NeedEvent.What.NOT_MET),
        "referred": _needs_with(NeedEvent.What.REFERRED),
    },
    subject=_NEED,
)
_DAYS = Grouping(("post", "kind", "days"), {"times": EVERY_ROW}, f"what IN {_texts(NeedEvent.VISITS)}", subject=_NEED)


def _add_needs(counts: Counts, post: UUID, row: Row) -> None:
    add(counts, post, ANY_NEED, sum(row.get(name, 0) for name in ("owed", "visited", "referred")))
    for reason in (row["kind"].lower(), "semua"):
        for part, name in NEED_COUNTS.items():
            add(counts, post, f"kunjungan_rumah.{reason}.{part}", row.get(name, 0))


def count_tickets(frame: Frame, posts: Sequence[Post], counts: Counts, spans: Spans) -> None:
    """Reports of residents by field; working days are those of the posts' kabupaten or kota."""
    for district in sorted({_district(post) for post in posts}):
        calendar = calendar_of(district, frame.on)
        own = [post.id for post in posts if _district(post) == district]
        for (post, field), found in ticket_figures(own, frame.month, district).items():
            for group in (field, "semua"):
                _add_tickets(counts, spans, post, group, found, calendar)
    for post, number in confidential_counts(frame.posts, frame.month, frame.on).items():
        add(counts, post, tickets.CONFIDENTIAL, number)


def _district(post: Post) -> str:
    return ".".join(post.path.split(".")[:2])


def _add_tickets(
    counts: Counts, spans: Spans, post: UUID, group: str, found: TicketFigures, calendar: Calendar
) -> None:
    for measure, name in tickets.COUNTED.items():
        add(counts, post, f"laporan_warga.{group}.{measure}", getattr(found, name))
        add(counts, post, tickets.ANY, getattr(found, name))
    spans[post][tickets.days_of(group, "median_selesai")] += _working_days(found.done_spans, calendar)
    spans[post][tickets.days_of(group, "median_dijawab")] += _working_days(found.answer_spans, calendar)


def _working_days(spans: Iterable[Span], calendar: Calendar) -> Counter[int]:
    days: Counter[int] = Counter()
    for since, until, number in spans:
        days[calendar.elapsed(since, until)] += number
    return days


def count_births(frame: Frame, counts: Counts) -> None:
    """Births of the month, and mothers and infants who died in it."""
    for post, found in birth_figures(frame.posts, frame.month).items():
        for key, name in births.COUNTED.items():
            add(counts, post, key, getattr(found, name))
    if (listed := current()) is not None:
        _list_born(frame, listed)


def _list_born(frame: Frame, listed: Listing) -> None:
    keys = {name: key for key, name in births.COUNTED.items()}
    for name, child in born_rows(frame.posts, frame.month):
        about("warga", child)
        listed.add(keys[name])
    about()
