"""tickets:ticket_move, told_list and ticket_told; also moves by hand-made POST and two people at once."""

import re

import pytest

from services.areas.models import DistrictSetting
from services.areas.settings import TICKET_DIRECT_OFFICE
from services.tickets.actions import join_ticket
from services.tickets.models import Ticket

from ..test_actions import forwarded, move, submitted
from .asking import get, post_by_hand, send

pytestmark = pytest.mark.django_db


def test_the_way_from_kader_to_the_citizens_news(town, well):
    assert send(town.kader, "tickets:ticket_move", well.pk, "diajukan_desa", expected="didata").status_code == 302
    offices = [town.offices["DPUPR"].pk]
    sent = send(
        town.kelurahan, "tickets:ticket_move", well.pk, "diteruskan_opd", expected="diajukan_desa", offices=offices
    )
    assert sent.status_code == 302
    answered = send(
        town.dpupr,
        "tickets:ticket_move",
        well.pk,
        "selesai",
        expected="diteruskan_opd",
        result="Sumur sudah diperbaiki.",
    )
    assert answered.status_code == 302
    told = get(town.kader, "tickets:told_list").content.decode()
    assert "sudah selesai. Sumur sudah diperbaiki." in told
    join_ticket(ticket=well, name="Bu Warsi", phone="0857 1111 2222", by=town.kader)
    page = get(town.kader, "tickets:ticket_told", well.pk).content.decode()
    assert "Bu Warsi" in page and "https://wa.me/6285711112222?text=" in page, "neighbours are told too"
    assert "Belum beres" in page
    assert "https://wa.me/6281234567890?text=Dari%20Posyandu" in page
    assert send(town.kader, "tickets:ticket_told", well.pk).status_code == 302
    assert well.number not in get(town.kader, "tickets:told_list").content.decode()


@pytest.mark.parametrize("target", ["ditolak", "menunggu_berkas"])
def test_whoever_reported_hears_why_and_so_does_who_opens_the_ticket(town, well, target):
    submitted(well, town)
    form = get(town.kelurahan, "tickets:ticket_move", well.pk, target).content.decode()
    assert "disampaikan kepada warga" in form
    send(
        town.kelurahan, "tickets:ticket_move", well.pk, target, expected="diajukan_desa", note="Fotokopi KK belum ada."
    )
    assert "Fotokopi KK belum ada." in get(town.kader, "tickets:told_list").content.decode()
    page = get(town.kader, "tickets:ticket_detail", well.pk).content.decode()
    assert "<strong>Alasan:</strong> Fotokopi KK belum ada." in page


def test_the_usual_office_is_ticked_already(town, well):
    submitted(well, town)
    text = get(town.kelurahan, "tickets:ticket_move", well.pk, "diteruskan_opd").content.decode()
    assert text.count("checked") == 1
    assert re.search(rf'value="{town.offices["DPUPR"].pk}"[^>]*checked', text)


def test_what_is_missing_is_422_with_the_form(town, well):
    submitted(well, town)
    answer = send(town.kelurahan, "tickets:ticket_move", well.pk, "ditolak", expected="diajukan_desa", note="")
    assert answer.status_code == 422
    forwarded_without = send(town.kelurahan, "tickets:ticket_move", well.pk, "diteruskan_opd", expected="diajukan_desa")
    assert forwarded_without.status_code == 422
    assert "Pilih OPD" in forwarded_without.content.decode()


def test_of_two_the_second_is_told_who_was_first(town, well):
    submitted(well, town)
    move(Ticket.objects.unscoped(reason="test").get(pk=well.pk), "ditangani_desa", "desa", town.lurah)
    answer = post_by_hand(town.kader, "tickets:ticket_move", well.pk, "diajukan_desa", expected="didata")
    assert answer.status_code == 409
    assert town.lurah.name in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "target", "status"),
    [
        ("kader", "dikembalikan", 403),
        ("kelurahan", "selesai", 409),
        ("kelurahan", "x", 409),
    ],
)
def test_a_hand_made_move_is_refused(town, well, who, target, status):
    submitted(well, town)
    key_of = f"/laporan-warga/{well.pk}/ubah/"
    answer = post_by_hand(
        getattr(town, who), "tickets:ticket_move", well.pk, target, key_of=key_of, expected="diajukan_desa", result="x"
    )
    assert answer.status_code == status
    well.refresh_from_db()
    assert well.state == "diajukan_desa"


def test_another_place_is_404_and_no_permission_403(town, well):
    for name, args in (("tickets:ticket_move", (well.pk, "diajukan_desa")), ("tickets:ticket_told", (well.pk,))):
        assert get(town.kader_far, name, *args).status_code == 404
        assert get(town.auditor, name, *args).status_code == 403
    assert get(town.dpupr, "tickets:told_list").status_code == 403


def test_a_kader_forwards_directly_where_the_district_allows(town, well):
    assert get(town.kader, "tickets:ticket_move", well.pk, "diteruskan_opd").status_code in (403, 409)
    key = TICKET_DIRECT_OFFICE.key
    DistrictSetting.objects.create(area_id="33.75", key=key, value=True, valid_from=well.received_on)
    answer = send(
        town.kader,
        "tickets:ticket_move",
        well.pk,
        "diteruskan_opd",
        expected="didata",
        offices=[town.offices["DPUPR"].pk],
    )
    assert answer.status_code == 302


def test_the_second_office_sees_it_too(town, well):
    forwarded(well, town, "DPUPR", "Dinas Sosial")
    assert get(town.dinsos, "tickets:ticket_detail", well.pk).status_code == 200
    assert get(town.dp3a, "tickets:ticket_detail", well.pk).status_code == 404
