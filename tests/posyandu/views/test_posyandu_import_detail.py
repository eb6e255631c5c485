from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from services.posyandu.models import Posyandu
from services.posyandu.views import imports
from services.web.models import Job
from tests import factories

pytestmark = pytest.mark.django_db
LIST = b"nama_posyandu,kelurahan,rw\nMelati,Kandang Panjang,04\nKencono Ungu,Kandang Panjang,09\nSido,Pendosawalan,01\n"


def names():
    return sorted(Posyandu.objects.unscoped(reason="test").values_list("name", flat=True))


@pytest.fixture
def waiting(admin, send, post_b):
    """The address of the page of an uploaded list."""

    def upload(content=LIST):
        url = reverse("posyandu:posyandu_import")
        return send(admin, url, file=SimpleUploadedFile("posyandu.csv", content))["Location"]

    return upload


@pytest.fixture
def confirm(admin, send, django_capture_on_commit_callbacks):
    def confirmed(url, **values):
        with django_capture_on_commit_callbacks(execute=True):
            return send(admin, url, **values)

    return confirmed


def test_the_page_counts_the_rows_and_offers_the_similar_one(admin, waiting, post_a):
    answer = admin.get(waiting())
    assert answer.context["counts"] == {"baru": 1, "sama": 0, "mirip": 1, "ditolak": 1}
    text = answer.content.decode()
    assert "Sama dengan Kencana Ungu, RW 09" in text
    assert "desa/kelurahan Pendosawalan tidak ditemukan" in text.lower().replace("pendosawalan", "Pendosawalan")


def test_confirming_writes_the_new_and_leaves_the_undecided(waiting, confirm):
    answer = confirm(waiting())
    assert answer["Location"] == reverse("posyandu:posyandu_list")
    assert names() == ["Kencana Ungu", "Margo Utomo", "Melati"]


def test_a_similar_row_is_written_when_it_is_said_to_be_another(waiting, confirm):
    confirm(waiting(), baris_3="new")
    assert "Kencono Ungu" in names()


def test_a_similar_row_said_to_be_the_same_is_not_written(waiting, confirm, post_a):
    confirm(waiting(), baris_3=post_a.path)
    assert "Kencono Ungu" not in names()


@pytest.mark.parametrize("answer", ["33.20.13.2004.1", "sembarang"])
def test_a_forged_choice_is_422_and_writes_nothing(waiting, confirm, answer):
    assert confirm(waiting(), baris_3=answer).status_code == 422
    assert "Melati" not in names()


def test_rows_added_to_the_form_are_ignored(waiting, confirm):
    confirm(waiting(), baris_4="new", baris_99="new", nama="Sisipan")
    assert names() == ["Kencana Ungu", "Margo Utomo", "Melati"]


def test_the_same_confirmation_sent_twice_is_one_and_has_one_receipt(
    admin, waiting, django_capture_on_commit_callbacks
):
    url = waiting()
    key = admin.get(url).context["submission_key"]
    with django_capture_on_commit_callbacks(execute=True):
        first = admin.post(url, {"submission_key": key})
    second = admin.post(url, {"submission_key": key})
    assert (first.status_code, second.status_code) == (302, 302)
    assert names().count("Melati") == 1


def test_the_same_upload_confirmed_from_two_pages_is_one(admin, waiting, django_capture_on_commit_callbacks):
    url = waiting()
    keys = [admin.get(url).context["submission_key"] for _ in range(2)]
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(url, {"submission_key": keys[0], "baris_3": "new"})
    again = admin.post(url, {"submission_key": keys[1], "baris_3": "new"})
    assert again.status_code == 410
    assert "Unggah lagi" in again.content.decode()
    assert names().count("Kencono Ungu") == 1
    assert admin.get(url).status_code == 410


def test_a_forged_or_old_reference_opens_nothing(admin, waiting):
    url = waiting()
    assert admin.get(url[:-3] + "xx/").status_code == 410
    with time_machine.travel(timezone.now() + timedelta(hours=3), tick=False):
        client = factories.client_for(factories.user("admin", at="33.75"))
        assert client.get(url).status_code == 410


def test_another_admins_upload_opens_nothing(waiting):
    other = factories.client_for(factories.user("admin", at="33.75"))
    assert other.get(waiting()).status_code == 410


def test_a_long_list_goes_to_the_worker_and_its_page_tells(admin, waiting, confirm, monkeypatch, private_files):
    monkeypatch.setattr(imports, "IN_REQUEST", 0)
    url = waiting()
    answer = confirm(url, baris_3="new")
    job = Job.objects.get()
    assert answer["Location"] == reverse("web:job_detail", args=[job.pk])
    assert (job.state, job.message) == ("selesai", "2 posyandu ditambahkan.")
    assert names() == ["Kencana Ungu", "Kencono Ungu", "Margo Utomo", "Melati"]
    assert not list((private_files / "menunggu").iterdir())


def test_a_kader_may_not(kader, waiting):
    assert kader.get(waiting()).status_code == 403
