"""tickets:ticket_list: filters, lateness, pages, and few queries."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.areas.scope import Scope
from services.tickets.actions import open_ticket
from services.tickets.queries import times_of
from services.tickets.queries.lists import late, late_words, open_tickets
from tests import factories

from ..test_actions import forwarded, move, submitted
from .asking import get

pytestmark = pytest.mark.django_db


def opened(post, by, field="sosial", **more):
    return open_ticket(posyandu=post, field=field, request_type="lainnya", kind="aspirasi", by=by, **more)


def test_a_kader_sees_the_tickets_of_her_post_only(town, well):
    far = opened(town.far, town.kader_far)
    beside = opened(town.beside, town.kader_beside)
    text = get(town.kader, "tickets:ticket_list").content.decode()
    assert well.number in text
    assert beside.number not in text
    assert str(far.pk) not in text
    both = get(town.kelurahan, "tickets:ticket_list").content.decode()
    assert well.number in both
    assert beside.number in both


def test_an_office_sees_what_was_routed_to_it(town, well):
    assert well.number not in get(town.dpupr, "tickets:ticket_list").content.decode()
    forwarded(well, town)
    assert well.number in get(town.dpupr, "tickets:ticket_list").content.decode()
    assert well.number not in get(town.dinsos, "tickets:ticket_list").content.decode()


def test_filters_by_field_state_place_kind_and_number(town, well):
    other = opened(town.beside, town.kader_beside)

    def shown(**query):
        text = get(town.kota, "tickets:ticket_list", **query).content.decode()
        return {ticket for ticket in (well, other) if str(ticket.pk) in text}

    assert shown() == {well, other}
    assert shown(bidang="sosial") == {other}
    assert shown(keadaan="selesai") == set()
    assert shown(tempat=town.post.path) == {well}
    assert shown(jenis="pengaduan") == {well}
    assert shown(cari=well.number[-14:]) == {well}
    assert shown(tampil="selesai") == set()


def test_late_is_the_same_in_the_list_and_in_words(town):
    scope = Scope(user_id=None, posyandu=frozenset([town.post.pk]))
    with time_machine.travel("2026-11-02T03:00:00Z", tick=False):
        noted = opened(town.post, town.kader)
        sent = submitted(opened(town.post, town.kader), town)
        waits = move(submitted(opened(town.post, town.kader), town), "menunggu_berkas", "desa", town.lurah, note="KK")
        surveyed = forwarded(opened(town.post, town.kader), town)
        surveyed = move(surveyed, "diproses_opd", "opd", town.dpupr, survey_on=noted.received_on.replace(day=12))
    expected = {2: set(), 4: set(), 5: {sent}, 6: {noted, sent}, 13: {noted, sent}, 19: {noted, sent, surveyed}}
    for day, tickets in expected.items():
        times = times_of("33.75", noted.received_on.replace(day=day))
        assert set(open_tickets(scope).filter(late(times))) == tickets, day
        assert {ticket for ticket in (noted, sent, waits, surveyed) if late_words(ticket, times)} == tickets, day


def test_pages_without_counting(town):
    for _ in range(26):
        opened(town.post, town.kader)
    first = get(town.kader, "tickets:ticket_list").content.decode()
    assert "Berikutnya" in first
    assert "Berikutnya" not in get(town.kader, "tickets:ticket_list", page=2).content.decode()
    assert get(town.kader, "tickets:ticket_list", page="x").status_code == 200


@pytest.mark.parametrize("query", [{}, {"tampil": "lewat", "bidang": "sosial", "tempat": "33.75.03.1003"}])
def test_the_first_page_needs_fewer_than_eight_queries(town, query):
    for _ in range(10):
        opened(town.post, town.kader)
    client = factories.client_for(town.kota)
    client.get("/laporan-warga/", query)
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/laporan-warga/", query).status_code == 200
    assert len(captured) < 8, [each["sql"][:90] for each in captured]


def test_no_permission_is_403(town):
    assert get(town.auditor, "tickets:ticket_list").status_code == 403
