"""records:person_record_edit: a person's form of the five fields on any day, from her page."""

import pytest
from django.urls import reverse

from services.areas.actions import set_district_setting
from services.fields.queries import FORMS_IN_USE
from services.posyandu.models import Period
from services.records.models import Attendance, Record
from services.web.submissions import new_key
from tests import factories as make

pytestmark = pytest.mark.django_db
FORMS = ("penyaluran_bansos", "anak_tidak_sekolah", "identifikasi_trauma")


@pytest.fixture
def siti(here):
    area = make.area_tree()["33.75"]
    set_district_setting(area=area, setting=FORMS_IN_USE, value=FORMS, valid_from=here.today, source="SK", by=None)
    return make.resident(here.post, "Siti", age_months=800, family=make.household(here.post, "Slamet"))


def send(by, person, form="penyaluran_bansos", **answers):
    url = reverse("records:person_record_edit", args=[person.pk, form])
    return make.client_for(by).post(url, {"submission_key": new_key(by), "base": "{}", **answers})


def records():
    return Record.objects.unscoped(reason="test")


def test_aid_is_written_down_from_her_page_without_an_open_day(here, siti):
    page = make.client_for(here.kader).get(reverse("profiles:resident_detail", args=[siti.pk])).content.decode()
    address = reverse("records:person_record_edit", args=[siti.pk, "penyaluran_bansos"])
    assert address in page
    assert make.client_for(here.kader).get(address).status_code == 200
    answer = send(here.kader, siti, jumlah_bantuan="beras 10 kg", kondisi_barang="rusak")
    record = records().get()
    assert (record.resident, record.encounter.kind, record.encounter.date) == (siti, "lain", here.today)
    assert record.answers == {"jumlah_bantuan": "beras 10 kg", "kondisi_barang": "rusak"}
    assert not Attendance.objects.unscoped(reason="test").exists(), "nobody came to an open day by it"
    assert "Laporkan bantuan ini" in make.client_for(here.kader).get(answer.url).content.decode()


@pytest.mark.parametrize("form", ["anak_tidak_sekolah", "identifikasi_trauma", "kartu_lansia", "rumah", "entah"])
def test_a_form_that_is_not_meant_for_her_is_404(here, siti, form):
    assert send(here.kader, siti, form).status_code == 404
    page = make.client_for(here.kader).get(reverse("profiles:resident_detail", args=[siti.pk])).content.decode()
    assert reverse("records:person_record_edit", args=[siti.pk, form]) not in page


def test_a_form_that_the_district_left_out_is_refused(here, siti):
    child = make.resident(here.post, "Anak", age_months=40)
    assert send(here.kader, child, "anak_usia_dini", status_paud="ya").status_code == 403
    assert not records().exists()


def test_a_wrong_answer_is_422_and_a_sent_month_takes_none(here, siti):
    assert send(here.kader, siti, kondisi_barang="hilang").status_code == 422
    Period.objects.create(posyandu=here.post, month=here.today.replace(day=1), state="diajukan")
    assert send(here.kader, siti, kondisi_barang="baik").status_code == 409
    assert not records().exists()


def test_another_place_is_404_no_permission_403_and_who_left_takes_no_more(here, siti):
    assert send(here.stranger, siti, kondisi_barang="baik").status_code == 404
    assert send(here.officer, siti, kondisi_barang="baik").status_code == 403
    siti.residencies.update(to_date=here.today, ended="pindah_keluar")
    assert send(here.kader, siti, kondisi_barang="baik").status_code == 404
