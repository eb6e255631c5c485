"""After a visit: what is left in the house, the long forms, the danger sign's report."""

import pytest
from django.urls import reverse

from services.follow_ups.actions import open_need
from services.home_visits.actions import record_visit
from services.records.models import Record
from tests import factories as make
from tests.follow_ups.views.posting import send
from tests.home_visits.conftest import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(here):
    here.refresh()
    open_need(posyandu=here.post, kind="PTM", words="obatnya habis", on=TODAY, by=here.kader, household=here.family)
    return record_visit(
        household=here.family, resident=here.children[0], day=TODAY, by=here.kader, reason="ABSEN_BERULANG",
        outcome="bertemu", needs=here.needs(kind="ABSEN_BERULANG"), danger_signs=["kejang"],
    )  # fmt: skip


def detail(visit):
    return reverse("home_visits:visit_detail", args=[visit.pk])


def test_it_says_what_is_left_in_the_house(here, visit):
    page = here.client().get(detail(visit)).content.decode()
    assert "Masih ada 1 hal di rumah ini" in page and "obatnya habis" in page.lower()


def test_the_next_one_is_dealt_with_at_the_same_visit(here, visit):
    need = here.need(kind="PTM")
    url = reverse("home_visits:visit_continue", args=[visit.pk, need.pk])
    page = here.client().get(url).content.decode()
    assert "Ada obat" in page and "diminum 24 jam terakhir" in page
    assert send(here.client(), url, here.kader, next_step="kunjungan_ulang").status_code == 422
    response = send(here.client(), url, here.kader, tanya_obat_ada="ya", tanya_obat_diminum_24_jam="tidak")
    assert response["Location"] == detail(visit)
    page = here.client().get(detail(visit)).content.decode()
    assert "Tidak ada lagi yang menunggu" in page and "Obat diminum 24 jam terakhir" in page


def test_only_the_sections_that_fit_are_offered_and_can_be_filled(here, visit):
    page = here.client().get(detail(visit)).content.decode()
    assert "Kunjungan: Balita dan prasekolah" in page and "Kunjungan: Ibu hamil" not in page
    url = reverse("home_visits:record_edit", args=[visit.pk, here.children[0].pk, "kunjungan_balita"])
    response = send(here.client(), url, here.kader, base="{}", hasil_bb="turun", tanda_bahaya_balita=["diare"])
    assert response.status_code == 302
    record = Record.objects.unscoped(reason="test").get()
    assert (
        record.answers == {"hasil_bb": "turun", "tanda_bahaya_balita": ["diare"]}
        and record.encounter == visit.encounter
    )


def test_the_familys_section_is_filled_once_per_visit(here, visit):
    url = reverse("home_visits:household_record_edit", args=[visit.pk, "kunjungan_keluarga"])
    assert here.client().get(url).status_code == 200
    assert send(here.client(), url, here.kader, base="{}", jkn="ya").status_code == 302
    assert "Terisi" in here.client().get(detail(visit)).content.decode()


def test_sections_of_the_visit_are_not_offered_on_an_open_day(here):
    day = make.open_day(here.post, TODAY, by=here.kader)
    url = reverse("open_days:record_edit", args=[day.pk, here.children[0].pk, "kartu_balita"])
    assert "Kunjungan: " not in here.client().get(url).content.decode()


def test_a_danger_sign_stays_urgent_until_somebody_was_told(here, visit):
    url = reverse("home_visits:danger_new", args=[visit.pk])
    assert "Ada tanda bahaya: Kejang" in here.client().get(detail(visit)).content.decode()
    assert "Telepon sekarang" in here.client().get(url).content.decode()
    assert send(here.client(), url, here.kader, to="").status_code == 422
    assert send(here.client(), url, here.kader, to="bidan", on=TODAY.isoformat()).status_code == 302
    page = here.client().get(detail(visit)).content.decode()
    assert "Dilaporkan ke nakes" in page and here.kader.name in page and "note-urgent" not in page


def test_another_district_is_404_and_no_permission_403(here, elsewhere, visit):
    need = here.need(kind="PTM")
    lurah = make.client_for(make.user("lurah", at="33.75.03.1003"))
    for name, more in (("visit_detail", []), ("visit_continue", [need.pk]), ("danger_new", [])):
        url = reverse(f"home_visits:{name}", args=[visit.pk, *more])
        assert elsewhere.client().get(url).status_code == 404 and lurah.get(url).status_code == 403


def test_the_persons_page_tells_the_whole_story(here, visit):
    page = here.client().get(reverse("profiles:resident_detail", args=[here.children[0].pk])).content.decode()
    assert "Kunjungan rumah: bertemu" in page and "Keperluan kunjungan: selesai" in page


def test_a_finding_for_the_desa_leads_to_a_report(here):
    where = {"household": here.family, "resident": None, "day": TODAY, "by": here.kader}
    visit = record_visit(reason="RUTIN", outcome="bertemu", next_step="lapor_bidang", **where)
    page = here.client().get(detail(visit)).content.decode()
    assert f"{reverse('tickets:ticket_new')}?household={here.family.pk}" in page
