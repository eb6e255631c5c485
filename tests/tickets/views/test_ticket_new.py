"""tickets:ticket_new: what, where with a photo, who."""

import pytest
from django.utils import timezone

from services.records.actions import encounter_elsewhere, save_record
from services.tickets.models import Ticket
from tests import factories

from ..conftest import photo
from .asking import get, send

pytestmark = pytest.mark.django_db
WELL = {"kind": "pengaduan", "request_type": "sumur", "place": "RT 02"}


def tickets():
    return Ticket.objects.unscoped(reason="test")


def test_first_the_field_then_the_form(town):
    first = get(town.kader, "tickets:ticket_new")
    assert "Pekerjaan umum" in first.content.decode()
    form = get(town.kader, "tickets:ticket_new", bidang="pekerjaan_umum").content.decode()
    assert "Sumur" in form
    assert 'enctype="multipart/form-data"' in form


def test_a_complaint_with_a_photo_is_saved_with_its_number(town):
    answer = send(town.kader, "tickets:ticket_new", query="?bidang=pekerjaan_umum", **WELL, photo=photo())
    ticket = tickets().get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/laporan-warga/{ticket.pk}/"
    assert (ticket.about, ticket.state, ticket.photos.count()) == ("Sumur", "didata", 1)


def test_sent_twice_is_one_ticket(town):
    client = factories.client_for(town.kader)
    url = "/laporan-warga/baru/?bidang=pekerjaan_umum"
    from .asking import KEY

    key = KEY.search(client.get(url).content.decode()).group(1)
    for _ in range(2):
        assert client.post(url, {**WELL, "submission_key": key}).status_code == 302
    assert tickets().count() == 1


def test_what_is_missing_or_no_photo_is_422_beside_its_field(town):
    empty = send(town.kader, "tickets:ticket_new", query="?bidang=pekerjaan_umum")
    assert empty.status_code == 422
    broken = photo("surat.jpg")
    broken.file.seek(0)
    broken.file.write(b"%PDF-1.7 bukan foto")
    broken.file.seek(0)
    answer = send(town.kader, "tickets:ticket_new", query="?bidang=pekerjaan_umum", **WELL, photo=broken)
    assert answer.status_code == 422
    assert "PDF, bukan foto" in answer.content.decode()
    assert not tickets().exists()


def test_a_finding_opens_it_prefilled(town):
    family = factories.household(town.post, "Slamet")
    query = {"bidang": "perumahan_rakyat", "jenis": "rumah_tidak_layak", "household": family.pk}
    page = get(town.kader, "tickets:ticket_new", **query)
    text = page.content.decode()
    assert 'value="rumah_tidak_layak"' in text
    assert 'value="Slamet"' in text
    far = factories.household(town.far, "Jauh")
    assert get(town.kader, "tickets:ticket_new", bidang="perumahan_rakyat", household=far.pk).status_code == 404
    assert get(town.kader, "tickets:ticket_new", bidang="perumahan_rakyat", household="x").status_code == 404


def test_whoever_of_the_house_is_named_is_known_from_the_register(town):
    family = factories.household(town.post, "Slamet")
    slamet = factories.resident(town.post, "Slamet", sex="L", age_months=500, family=family)
    query = f"?bidang=pekerjaan_umum&household={family.pk}"
    send(town.kader, "tickets:ticket_new", query=query, **WELL, reporter_name="slamet ")
    send(town.kader, "tickets:ticket_new", query=query, **WELL, reporter_name="Anaknya")
    assert [row.resident for row in tickets().order_by("created_at")] == [slamet, None]


def test_what_a_neighbour_reported_already_is_offered_to_join(town, well, kdrt):
    def offered(person, **query):
        return get(person, "tickets:ticket_new", **query).context["alike"]

    assert offered(town.kader, bidang="pekerjaan_umum") == [well]
    assert (
        f"/laporan-warga/{well.pk}/ikut/"
        in get(town.kader, "tickets:ticket_new", bidang="pekerjaan_umum").content.decode()
    )
    assert offered(town.kader, bidang="pekerjaan_umum", jenis="jalan_desa") == []
    assert offered(town.kader, bidang="sosial") == [], "a confidential one is offered to nobody"
    assert offered(town.kader_beside, bidang="pekerjaan_umum") == []


def test_what_an_activity_found_is_told_in_the_ticket(town):
    told = {"temuan_patroli": ["lampu_mati"], "uraian_temuan": "Tiang dekat musala sejak Senin"}
    query = {"bidang": "trantibumlinmas", "jenis": "deteksi_dini", "isian": patrol(town.post, told, by=town.kader).pk}
    text = get(town.kader, "tickets:ticket_new", **query).content.decode()
    assert "Temuan: Lampu jalan mati" in text and "Tiang dekat musala sejak Senin" in text
    query["isian"] = patrol(town.far, told, by=town.kader).pk
    assert get(town.kader, "tickets:ticket_new", **query).status_code == 404


def patrol(post, told, *, by):
    encounter = encounter_elsewhere(posyandu=post, day=timezone.localdate(), by=by)
    return save_record(encounter=encounter, form="patroli", subject="Patroli RT 02", answers=told, by=by).record


def test_who_does_not_record_may_not(town):
    assert get(town.kota, "tickets:ticket_new").status_code == 403
    assert get(town.dpupr, "tickets:ticket_new").status_code == 403
