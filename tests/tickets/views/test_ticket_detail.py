"""tickets:ticket_detail, ticket_edit, papers_edit, ticket_join, photo_new and photo_detail."""

import pytest

from services.tickets.actions import open_ticket
from services.tickets.models import Ticket

from ..conftest import photo
from ..test_actions import forwarded, submitted
from .asking import get, post_by_hand, send

pytestmark = pytest.mark.django_db


def test_it_offers_the_next_steps_of_whoever_asks(town, well):
    kader = get(town.kader, "tickets:ticket_detail", well.pk).content.decode()
    assert "Ajukan ke desa/kelurahan" in kader
    assert "Slamet Riyadi" in kader
    desa = get(town.kelurahan, "tickets:ticket_detail", well.pk).content.decode()
    assert "/langkah/" not in desa
    submitted(well, town)
    desa = get(town.kelurahan, "tickets:ticket_detail", well.pk).content.decode()
    assert "Teruskan ke OPD" in desa
    assert "/langkah/" not in get(town.kader, "tickets:ticket_detail", well.pk).content.decode()


def test_above_the_desa_people_see_where_it_stands_and_nobodys_name(town, well):
    text = get(town.kota, "tickets:ticket_detail", well.pk).content.decode()
    assert well.number in text
    assert "Slamet" not in text
    assert "081234567890" not in text
    assert "/foto/" not in text
    assert get(town.kota, "tickets:photo_detail", well.pk, well.photos.get().pk).status_code == 403


def test_a_withheld_name_stays_at_the_posyandu(town, well):
    Ticket.objects.unscoped(reason="test").update(name_withheld=True)
    forwarded(well, town)
    assert "Slamet" in get(town.kader, "tickets:ticket_detail", well.pk).content.decode()
    for person in (town.kelurahan, town.dpupr):
        text = get(person, "tickets:ticket_detail", well.pk).content.decode()
        assert "Slamet" not in text
        assert "minta dirahasiakan" in text
        assert "Slamet" not in get(person, "tickets:ticket_edit", well.pk).content.decode()


@pytest.mark.parametrize(
    "name",
    ["tickets:ticket_detail", "tickets:ticket_edit", "tickets:papers_edit", "tickets:ticket_join", "tickets:photo_new"],
)
def test_another_place_is_404_and_no_permission_403(town, well, name):
    assert get(town.kader_far, name, well.pk).status_code == 404
    assert get(town.kader_beside, name, well.pk).status_code == 404
    assert get(town.auditor, name, well.pk).status_code == 403


def test_an_office_reads_what_was_told_and_changes_no_word_of_it(town, well):
    held = forwarded(well, town)
    text = get(town.dpupr, "tickets:ticket_detail", held.pk).content.decode()
    assert "Slamet" in text and "/ubah/" not in text
    assert "/ubah/" in get(town.kelurahan, "tickets:ticket_detail", held.pk).content.decode()
    assert get(town.dpupr, "tickets:ticket_edit", held.pk).status_code == 403
    assert post_by_hand(town.dpupr, "tickets:ticket_edit", held.pk, description="Tidak ada apa-apa").status_code == 403


def test_the_desa_completes_the_rest(town, well):
    answer = send(
        town.kelurahan,
        "tickets:ticket_edit",
        well.pk,
        kind="pengaduan",
        request_type="jaringan_air",
        extent="komunal",
        urgency="tinggi",
        channel="datang",
        place="RT 02",
        reporter_name="Slamet Riyadi",
    )
    assert answer.status_code == 302
    well.refresh_from_db()
    assert (well.about, well.extent, well.urgency) == ("Jaringan pipa air", "komunal", "tinggi")
    assert send(town.kelurahan, "tickets:ticket_edit", well.pk, kind="lain").status_code == 422


def test_papers_are_ticked_and_neighbours_join(town):
    ticket = open_ticket(posyandu=town.post, field="pendidikan", request_type="paud", kind="permohonan", by=town.kader)
    assert send(town.kader, "tickets:papers_edit", ticket.pk, papers=["Fotokopi KTP"]).status_code == 302
    assert send(town.kader, "tickets:papers_edit", ticket.pk, papers=["Paspor"]).status_code == 422
    assert send(town.kader, "tickets:ticket_join", ticket.pk, name="Bu Warsi").status_code == 302
    assert send(town.kader, "tickets:ticket_join", ticket.pk, name="", phone="abc").status_code == 422
    text = get(town.kader, "tickets:ticket_detail", ticket.pk).content.decode()
    assert "Berkas belum ada: Fotokopi KK." in text
    assert "1 ikut melapor" in text


def test_photos_are_added_and_shown_to_whoever_works_on_it(town, well):
    assert send(town.kelurahan, "tickets:photo_new", well.pk, photo=photo()).status_code == 302
    assert well.photos.count() == 2
    assert send(town.kader, "tickets:photo_new", well.pk).status_code == 422
    one = well.photos.first()
    shown = get(town.kader, "tickets:photo_detail", well.pk, one.pk)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert get(town.dpupr, "tickets:photo_detail", well.pk, one.pk).status_code == 404
    forwarded(well, town)
    assert get(town.dpupr, "tickets:photo_detail", well.pk, one.pk).status_code == 200
    assert get(town.kader_far, "tickets:photo_detail", well.pk, one.pk).status_code == 404


def test_a_returned_ticket_says_why_to_whose_turn_it_is(town, well):
    submitted(well, town)
    assert (
        send(
            town.lurah,
            "tickets:ticket_move",
            well.pk,
            "dikembalikan",
            expected="diajukan_desa",
            note="Fotonya kurang jelas",
        ).status_code
        == 302
    )
    text = get(town.kader, "tickets:ticket_detail", well.pk).content.decode()
    assert "Fotonya kurang jelas" in text
    assert "Ajukan lagi" in text
