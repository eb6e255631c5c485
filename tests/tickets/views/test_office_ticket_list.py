"""tickets:office_ticket_list, office_ticket_answer and office_ticket_assign; the daily mail."""

import pytest
from django.core import mail
from django.core.management import call_command

from services.tickets.actions import open_ticket
from services.tickets.queries import digests, lists

from ..conftest import of_office
from ..test_actions import forwarded, submitted
from .asking import get, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def road(town):
    return open_ticket(
        posyandu=town.post, field="pekerjaan_umum", request_type="jalan_desa", kind="aspirasi", by=town.kader
    )


def test_an_office_answers_several_at_once(town, well, road):
    forwarded(well, town)
    forwarded(road, town)
    listed = get(town.dpupr, "tickets:office_ticket_list").content.decode()
    assert well.number in listed
    chosen = [f"{ticket.pk}:diteruskan_opd" for ticket in (well, road)]
    form = get(town.dpupr, "tickets:office_ticket_answer", tickets=chosen[0]).content.decode()
    assert form.count("checked") == 1
    answer = send(
        town.dpupr,
        "tickets:office_ticket_answer",
        tickets=chosen,
        target="diproses_opd",
        survey_on=well.received_on.isoformat(),
    )
    assert answer.status_code == 302
    for ticket in (well, road):
        ticket.refresh_from_db()
        assert ticket.state == "diproses_opd"
    assert (
        send(town.dpupr, "tickets:office_ticket_answer", tickets=chosen, target="selesai", result="x").status_code
        == 422
    )


def test_what_stands_not_on_the_page_or_in_the_mail_is_counted_all_the_same(town, well, road, monkeypatch):
    forwarded(well, town)
    forwarded(road, town)
    monkeypatch.setattr(lists, "OFFICE_SHOWN", 1)
    page = get(town.dpupr, "tickets:office_ticket_list").content.decode()
    assert "2 menunggu jawaban" in page and "Ini 1 yang paling lama" in page
    town.offices["DPUPR"].email = "dpupr@contoh.example"
    town.offices["DPUPR"].save(update_fields=["email"])
    (digest,) = digests()
    assert (digest.total, digest.more, len(digest.rows)) == (2, 1, 1)


def test_an_answer_without_its_words_is_422_and_nothing_is_moved(town, well):
    forwarded(well, town)
    answer = send(town.dpupr, "tickets:office_ticket_answer", tickets=[f"{well.pk}:diteruskan_opd"], target="ditolak")
    assert answer.status_code == 422
    well.refresh_from_db()
    assert well.state == "diteruskan_opd"


def test_a_ticket_of_another_office_cannot_be_answered(town, well):
    submitted(well, town)
    answer = (
        send(town.dinsos, "tickets:office_ticket_list") if False else get(town.dinsos, "tickets:office_ticket_answer")
    )
    assert well.number not in answer.content.decode()


def test_somebody_inside_the_office_is_named(town, well):
    colleague = of_office(town.offices["DPUPR"], "Bu Rini")
    forwarded(well, town)
    assert send(town.dpupr, "tickets:office_ticket_assign", well.pk, person=colleague.pk).status_code == 302
    assert well.number in get(colleague, "tickets:office_ticket_list", saya=1).content.decode()
    assert well.number not in get(town.dpupr, "tickets:office_ticket_list", saya=1).content.decode()
    assert send(town.dpupr, "tickets:office_ticket_assign", well.pk, person=town.dinsos.pk).status_code == 422
    assert get(town.dinsos, "tickets:office_ticket_assign", well.pk).status_code == 404


@pytest.mark.parametrize("name", ["tickets:office_ticket_list", "tickets:office_ticket_answer"])
def test_only_offices_may(town, name):
    assert get(town.kader, name).status_code == 403
    assert get(town.kelurahan, name).status_code == 403


def test_each_office_gets_one_mail_without_names_and_without_confidential_tickets(town, well, kdrt):
    for office in town.offices.values():
        office.email = f"{office.pk}@contoh.go.id"
        office.save()
    forwarded(well, town)
    from ..test_actions import move

    move(
        submitted(kdrt, town), "diteruskan_opd", "desa", town.lurah, offices=[town.offices["DP3A"]], recipient=town.dp3a
    )
    call_command("send_ticket_digest")
    assert [message.to for message in mail.outbox] == [[town.offices["DPUPR"].email]]
    assert well.number in mail.outbox[0].body
    assert "Slamet" not in mail.outbox[0].body + mail.outbox[0].subject
