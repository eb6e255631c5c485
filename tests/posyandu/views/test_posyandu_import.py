import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from services.posyandu.models import Posyandu

pytestmark = pytest.mark.django_db
URL = reverse("posyandu:posyandu_import")
LIST = b"nama_posyandu,kelurahan,rw\nMelati,Kandang Panjang,04\nKencono Ungu,Kandang Panjang,09\n"


def upload(content, name="posyandu.csv"):
    return SimpleUploadedFile(name, content)


def test_a_list_is_read_and_kept_privately_and_nothing_is_written(admin, send, private_files):
    answer = send(admin, URL, file=upload(LIST))
    assert answer.status_code == 302
    assert "/impor/" in answer["Location"]
    [kept] = (private_files / "menunggu").iterdir()
    assert kept.read_bytes() == LIST
    assert kept.stat().st_mode & 0o077 == 0
    assert Posyandu.objects.unscoped(reason="test").count() == 1


@pytest.mark.parametrize(
    ("content", "name", "status", "says"),
    [
        (b"kelurahan,rw\nKrapyak,1\n", "a.csv", 422, "Kolom nama posyandu tidak ada"),
        (b"%PDF-1.7", "a.csv", 422, "bukan CSV atau XLSX"),
        (b"PK\x03\x04", "a.xlsx", 422, "terpotong atau rusak"),
        (b"", "a.csv", 422, "kosong"),
        (b"x" * (10 * 1024 * 1024 + 1), "a.csv", 413, "lebih besar dari 10 MB"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_words(admin, send, private_files, content, name, status, says):
    answer = send(admin, URL, file=upload(content, name))
    assert answer.status_code == status
    assert says in answer.content.decode()
    assert not (private_files / "menunggu").exists()


def test_no_file_is_422(admin, send):
    assert send(admin, URL).status_code == 422


def test_a_kader_may_not(kader):
    assert kader.get(URL).status_code == 403
