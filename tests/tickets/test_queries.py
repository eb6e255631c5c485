"""Figures of a month, and what hangs on a ticket is seen by whoever sees the ticket."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.areas.scope import Scope
from services.tickets.actions import open_ticket
from services.tickets.models import Joiner, Photo, RoutedOffice, Ticket, Transition
from services.tickets.queries import calendar_of, confidential_count, medians, ticket_figures

from .test_actions import move, submitted

pytestmark = pytest.mark.django_db


def on(day: str):
    return time_machine.travel(f"{day}T03:00:00Z", tick=False)


def wish(town, post=None):
    return open_ticket(
        posyandu=post or town.post, field="sosial", request_type="lainnya", kind="aspirasi", by=town.kader
    )


@pytest.fixture
def autumn(town):
    """One noted and settled in October; one sent on 28 October and unanswered; one noted in November; one elsewhere."""
    with on("2026-10-05"):
        done = submitted(wish(town), town)
        done = move(done, "ditangani_desa", "desa", town.lurah)
    with on("2026-10-09"):
        done = move(done, "selesai", "desa", town.lurah, result="Beres")
    with on("2026-10-28"):
        slow = submitted(wish(town), town)
    with on("2026-11-04"):
        wish(town)
        wish(town, town.beside)
    return done, slow


def figures(town, month: int, today: str, *posts):
    with on(today):
        return ticket_figures([post.pk for post in posts or (town.post,)], date(2026, month, 1), "33.75")


def test_a_month_counts_new_open_done_and_late(town, autumn):
    october = figures(town, 10, "2026-11-21")[town.post.pk, "sosial"]
    assert (october.new, october.in_process, october.done, october.late) == (2, 1, 1, 0)
    november = figures(town, 11, "2026-11-21")[town.post.pk, "sosial"]
    assert (november.new, november.in_process, november.done, november.late) == (1, 2, 0, 2)


def test_two_posts_have_their_own_figures(town, autumn):
    found = figures(town, 11, "2026-11-21", town.post, town.beside)
    assert found[town.post.pk, "sosial"].new == found[town.beside.pk, "sosial"].new == 1
    assert found[town.beside.pk, "sosial"].in_process == 1
    assert (town.far.pk, "sosial") not in found


def test_the_median_counts_working_days_to_done_and_to_the_first_answer(town, autumn):
    found = figures(town, 10, "2026-11-21")
    assert medians(found.values(), calendar_of("33.75", date(2026, 11, 21))) == (4.0, 0.0)


def test_what_is_opened_again_was_not_done(town, autumn):
    done, _ = autumn
    with on("2026-10-20"):
        move(done, "diajukan_desa", "posyandu", town.kader, note="Belum beres")
    october = figures(town, 10, "2026-11-21")[town.post.pk, "sosial"]
    assert (october.done, october.in_process) == (0, 2)


def test_a_past_month_stays_as_it_was_when_a_ticket_moves_on(town, autumn):
    _, slow = autumn
    before = figures(town, 10, "2026-11-21")[town.post.pk, "sosial"]
    with on("2026-11-20"):
        slow = move(slow, "ditangani_desa", "desa", town.lurah)
        move(slow, "selesai", "desa", town.lurah, result="Beres")
    after = figures(town, 10, "2026-11-21")[town.post.pk, "sosial"]
    assert (before.new, before.in_process, before.done) == (after.new, after.in_process, after.done)


def test_figures_take_as_many_queries_for_many_tickets(town, autumn):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            figures(town, 11, "2026-11-21")
        return len(captured)

    few = queries()
    with on("2026-11-10"):
        for _ in range(8):
            wish(town)
    assert queries() <= few


def test_few_confidential_tickets_are_hidden_in_a_count(town):
    def count():
        return confidential_count([town.post.pk], date(2026, 11, 1), date(2026, 11, 30))

    with on("2026-11-04"):
        assert count() == 0
        for _ in range(5):
            assert count() in (0, None)
            open_ticket(
                posyandu=town.post,
                field="sosial",
                request_type="lainnya",
                kind="pengaduan",
                consent="anak",
                confidential=True,
                by=town.kader,
            )
        assert count() == 5


@pytest.mark.parametrize("model", [Ticket, Transition, Joiner, Photo, RoutedOffice])
def test_an_empty_scope_holds_nothing(town, well, kdrt, model):
    assert model.objects.within(Scope(user_id=None)).count() == 0
    assert model.objects.within(Scope(user_id=town.dpupr.pk)).count() == 0


def test_a_kader_bound_to_one_field_sees_its_tickets_only(town, well):
    bound = Scope(user_id=town.other_kader.pk, posyandu=frozenset([town.post.pk]), fields=frozenset(["sosial"]))
    assert Ticket.objects.within(bound).count() == 0
