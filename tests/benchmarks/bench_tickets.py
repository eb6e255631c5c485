"""The ticket list of a kota with 50,000 tickets: first page, each filter, and the figures of a month.

The same for an office to which a sixth of them was routed, with its first page.
"""

from datetime import UTC, date, datetime, timedelta

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from services.accounts.models import Assignment, User
from services.areas import clock
from services.areas.models import Area, Office
from services.posyandu.models import Posyandu
from services.tickets.models import RoutedOffice, Ticket, Transition
from services.tickets.queries import ticket_figures
from services.tickets.rules import FINAL, STATE_LABELS

from .measuring import measure

FIELDS = ("pendidikan", "kesehatan", "pekerjaan_umum", "perumahan_rakyat", "trantibumlinmas", "sosial")
STATES = tuple(STATE_LABELS)
TURNS = {"didata": "posyandu", "diajukan_desa": "desa", "diteruskan_opd": "opd", "diproses_opd": "opd"}
POSTS, TICKETS, QUICK_TICKETS, CHUNK = 416, 50_000, 5_000, 2_500
LISTS = (
    ("first_page", {}),
    ("late", {"tampil": "lewat"}),
    ("field_state", {"bidang": "pekerjaan_umum", "keadaan": "diteruskan_opd"}),
    ("state", {"keadaan": "diproses_opd"}),
    ("done", {"tampil": "selesai"}),
    ("field", {"bidang": "sosial"}),
    ("place", {"tempat": "33.75.03.1003"}),
    ("place_late", {"tempat": "33.75.03.1003", "tampil": "lewat", "bidang": "sosial"}),
    ("number", {"cari": "202611-0042"}),
    ("received_in_month", {"tampil": "semua", "masuk": "2026-03"}),
    ("done_in_month", {"tampil": "semua", "beres": "2026-03"}),
    ("request_type_late", {"bidang": "sosial", "permintaan": "lainnya", "tampil": "lewat"}),
    ("page_100", {"page": 100}),
)
OFFICE_LISTS = (
    ("first_page", {}),
    ("late", {"tampil": "lewat"}),
    ("done", {"tampil": "selesai"}),
    ("field_state_place", {"bidang": "pekerjaan_umum", "keadaan": "diproses_opd", "tempat": "33.75.03.1003"}),
    ("done_in_month", {"tampil": "semua", "beres": "2026-03"}),
)


def run(*, quick: bool = False) -> list[dict]:
    """Rows of `measure` for each list, and for the month's figures of the whole kota."""
    today = clock.today("33.75")
    with transaction.atomic():
        posts = _posts()
        _tickets(posts, today, QUICK_TICKETS if quick else TICKETS)
    office = _office()
    _learn()
    client, opd = _client("kota", area_id="33.75"), _client("opd", office=office)
    rows = [
        measure(f"ticket_list_{name}", lambda query=query: client.get("/laporan-warga/", query), quick=quick)
        for name, query in LISTS
    ]
    rows += [
        measure(f"office_list_{name}", lambda query=query: opd.get("/laporan-warga/", query), quick=quick)
        for name, query in OFFICE_LISTS
    ]
    rows.append(measure("office_waiting", lambda: opd.get("/laporan-warga/kantor/"), quick=quick))
    rows.append(measure("office_home", lambda: opd.get("/"), quick=quick))
    rows.append(measure("office_home_cold", lambda: (cache.clear(), opd.get("/"))[1], quick=quick))
    ids = [post.pk for post in posts]
    month = clock.month_of(today)
    rows.append(measure("ticket_figures", lambda: ticket_figures(ids, month, "33.75"), repeat=5, quick=quick))
    return rows


def _posts() -> list[Posyandu]:
    places = [("33", "provinsi"), ("33.75", "kota"), ("33.75.03", "kecamatan")]
    places += [(f"33.75.03.{number}", "kelurahan") for number in range(1001, 1028)]
    levels = ("provinsi", "kabkota", "kecamatan", "desa")
    Area.objects.bulk_create(
        [
            Area(
                code=code,
                name=code,
                kind=kind,
                level=levels[code.count(".")],
                parent_id=code.rpartition(".")[0] or None,
            )
            for code, kind in places
        ],
        ignore_conflicts=True,
    )
    villages = [code for code, kind in places if kind == "kelurahan"]
    posts = [
        Posyandu(
            area_id=villages[number % len(villages)],
            name=f"Melati {number}",
            serial=number + 1000,
            path=f"{villages[number % len(villages)]}.{number + 1000}",
        )
        for number in range(POSTS)
    ]
    return Posyandu.objects.bulk_create(posts)


def _tickets(posts: list[Posyandu], today: date, count: int) -> None:
    writer = User.objects.create_user("bench-kader", name="Kader")
    for start in range(0, count, CHUNK):
        tickets = [_ticket(number, posts, today, writer) for number in range(start, min(start + CHUNK, count))]
        Ticket.objects.bulk_create(tickets)
        Transition.objects.bulk_create(
            Transition(ticket=ticket, to_state=state, party="posyandu", by=writer, on=day)
            for ticket in tickets
            for state, day in (("didata", ticket.received_on), (ticket.state, ticket.moved_on))
        )


def _ticket(number: int, posts: list[Posyandu], today: date, writer: User) -> Ticket:
    state = STATES[number % len(STATES)] if number % 5 == 0 else "selesai"
    received = today - timedelta(days=number % 700)
    moved = min(today, received + timedelta(days=number % 9))
    part = {"diajukan_desa": "desa", "diteruskan_opd": "opd"}.get(state, "")
    return Ticket(
        number=f"SPM-X-{received:%Y%m}-{number:05d}",
        code=f"{number:013d}",
        district_id="33.75",
        posyandu=posts[number * 7 % len(posts)],
        kind="pengaduan",
        field=FIELDS[number % 6],
        request_type="lainnya",
        about="Lainnya",
        state=state,
        turn="" if state in FINAL else TURNS.get(state, "desa"),
        received_on=received,
        moved_on=moved,
        submitted_on=received,
        done_on=moved if state == "selesai" else None,
        clock_part=part,
        clock_since=moved if part else None,
        created_by=writer,
    )


def _learn() -> None:
    """A database that runs for a while knows its tables; one that was just filled, in one transaction, does not."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _office() -> Office:
    """An office with every ticket of its field that came to an office; most of them it has answered."""
    office = Office.objects.create(area_id="33.75", name="DPUPR", fields=["pekerjaan_umum"])
    rows = Ticket.objects.unscoped(reason="benchmark").filter(field="pekerjaan_umum").exclude(state="didata")
    RoutedOffice.objects.bulk_create(
        [
            RoutedOffice(
                ticket=ticket,
                office=office,
                routed_at=_noon(ticket.received_on),
                answered_at=None if ticket.turn else _noon(ticket.moved_on),
            )
            for ticket in rows
        ],
        batch_size=2_000,
    )
    return office


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


def _client(role: str, **at) -> Client:
    person = User.objects.create_user(f"bench-{role}", name=role.title())
    Assignment.objects.create(user=person, role=role, from_date=date(2020, 1, 1), **at)
    client = Client()
    client.force_login(person, backend="services.accounts.backends.NameOrPhoneBackend")
    return client
