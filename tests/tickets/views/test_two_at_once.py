"""Two people move one ticket at the same moment: one winner, and the other is told who it was."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from services.tickets.models import Ticket, Transition
from services.web.submissions import new_key
from tests import factories

from ..test_actions import submitted

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls):
    """Run these at once, each on a connection of its own; what each gave, in no order."""
    start, answers = threading.Barrier(len(calls)), []

    def run(call):
        try:
            start.wait()
            answers.append(call())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def sending(person, ticket, target, **data):
    """A form of this person, opened already, that only waits to be sent."""
    client, url = factories.client_for(person), reverse("tickets:ticket_move", args=[ticket.pk, target])
    body = {"submission_key": new_key(person), "expected": ticket.state, **data}
    return lambda: client.post(url, body)


@pytest.mark.parametrize("round_number", range(3))
def test_two_different_moves_at_once_have_one_winner(town, well, round_number):
    submitted(well, town)
    ticket = Ticket.objects.unscoped(reason="test").get(pk=well.pk)
    steps = Transition.objects.unscoped(reason="test").filter(ticket=ticket)
    before = steps.count()
    answers = together(
        sending(town.lurah, ticket, "ditangani_desa"),
        sending(town.kelurahan, ticket, "ditolak", note="Di luar wilayah"),
    )
    winner, loser = sorted(answers, key=lambda answer: answer.status_code)
    assert (winner.status_code, loser.status_code) == (302, 409)
    said = loser.content.decode()
    assert "baru saja memindahkan laporan ini ke" in said
    assert steps.count() == before + 1
    last = steps.select_related("by").order_by("-at", "-pk").first()
    assert last.by.name in said
    ticket.refresh_from_db()
    assert ticket.state == last.to_state


def test_the_same_move_by_two_people_is_one_move(town, well):
    offices = [town.offices["DPUPR"].pk]
    submitted(well, town)
    ticket = Ticket.objects.unscoped(reason="test").get(pk=well.pk)
    answers = together(
        *(sending(person, ticket, "diteruskan_opd", offices=offices) for person in (town.lurah, town.kelurahan))
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    moves = Transition.objects.unscoped(reason="test").filter(ticket=ticket, to_state="diteruskan_opd")
    assert moves.count() == 1
    assert ticket.routed.count() == 1
