import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from services.posyandu.models import Posyandu
from tests import factories

pytestmark = pytest.mark.django_db
HEAD = "nama_posyandu,kelurahan,alamat,puskesmas,kode_kelurahan\n"
MELATI = "Melati,KANDANG PANJANG,RW 04,Puskesmas Krapyak,33.75.03.1003\n"
KENCONO = "Kencono Ungu,KANDANG PANJANG,RW 09,Puskesmas Krapyak,33.75.03.1003\n"


def run(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def names():
    return sorted(Posyandu.objects.unscoped(reason="test").values_list("name", flat=True))


@pytest.fixture
def ungu():
    return factories.posyandu("Kencana Ungu", rw="09")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "posyandu.csv"
    path.write_text(HEAD + MELATI + KENCONO)
    return str(path)


def test_a_list_is_only_analysed_without_write(ungu, file):
    out = run("import_posyandu", file)
    assert out.startswith("Baru 1, sama 0, mirip 1, ditolak 0.")
    assert f"33.75.03.1003.1 Kencana Ungu, RW 09: --same 3={ungu.path}" in out
    assert names() == ["Kencana Ungu"]


def test_write_takes_the_new_and_similar_rows_wait(ungu, file):
    run("import_posyandu", file, "--write")
    assert names() == ["Kencana Ungu", "Melati"]


@pytest.mark.parametrize(
    ("option", "after"),
    [
        (["--same", "3=33.75.03.1003.1"], ["Kencana Ungu", "Melati"]),
        (["--new", "3"], ["Kencana Ungu", "Kencono Ungu", "Melati"]),
    ],
)
def test_a_similar_row_is_decided_on_the_command_line(ungu, file, option, after):
    assert "mirip 0" in run("import_posyandu", file, "--write", *option)
    assert names() == after


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--same", "3"], "BARIS=KODE"),
        (["--same", "²=33.75.03.1003.1"], "BARIS=KODE"),
        (["--same", "3=33.75.03.1003.1", "--new", "3"], "Baris 3 dipilih dua kali"),
        (["--same", "3=33.75.03.1003.77"], "tidak ada posyandu"),
        (["--new", "9"], "baris 9"),
        (["--within", "99.99"], "tidak dikenal"),
    ],
)
def test_a_wrong_option_is_refused_and_nothing_written(ungu, file, options, says):
    with pytest.raises(CommandError, match=says) as refused:
        run("import_posyandu", file, "--write", *options)
    assert refused.value.returncode == 2
    assert names() == ["Kencana Ungu"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"kelurahan,alamat\nKrapyak,x\n", "Kolom nama posyandu tidak ada"),
        (b"PK\x03\x04", "terpotong atau rusak"),
        (HEAD.encode(), "Tidak ada posyandu di bawah judul kolom di baris 1"),
        (b"x" * (10 * 1024 * 1024 + 1), "lebih besar dari 10 MB"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(tmp_path, content, says):
    path = tmp_path / "rusak.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=says):
        run("import_posyandu", str(path))


def test_a_registration_number_that_stands_twice_in_a_list_is_refused_the_second_time(ungu, tmp_path):
    path = tmp_path / "posyandu.csv"
    number = "33.75.03.1003.007"
    rows = [f"{name},KANDANG PANJANG,{rw},33.75.03.1003,{number}" for name, rw in (("Anyelir", 21), ("Kamboja", 22))]
    path.write_text("\n".join(["posyandu,kelurahan,rw,kode kelurahan,no registrasi", *rows]))
    out = run("import_posyandu", str(path), "--write")
    assert out.startswith("Baru 1, sama 0, mirip 0, ditolak 1.")
    assert f"nomor registrasi {number} sudah ada di baris 2 berkas ini" in out
    assert names() == ["Anyelir", "Kencana Ungu"]


def test_a_missing_file_is_refused():
    with pytest.raises(CommandError, match="tidak bisa dibuka"):
        run("import_posyandu", "tidak-ada.csv")


def test_the_analysis_as_json_names_every_row(ungu, file):
    told = json.loads(run("import_posyandu", file, "--format", "json"))
    assert told["counts"] == {"baru": 1, "sama": 0, "mirip": 1, "ditolak": 0}
    assert told["rows"][1]["posts"] == [{"code": ungu.path, "name": "Kencana Ungu", "rw": "09"}]


def test_places_are_listed_as_json_and_text(ungu):
    places = json.loads(run("list_places", "--format", "json", "--within", "33.75"))
    assert places[-1] == {
        "code": ungu.path,
        "name": "Kencana Ungu",
        "level": "posyandu",
        "kind": "posyandu",
        "parent": "33.75.03.1003",
        "state": "aktif",
        "wave": "",
        "live_from": "2025-01-01",
    }
    assert places[1]["name"] == "Kota Pekalongan"
    assert f"{ungu.path}\tposyandu\tKencana Ungu\taktif" in run("list_places")
    assert json.loads(run("list_places", "--format", "json", "--level", "posyandu", "--within", "33.20")) == []


def test_places_within_an_unknown_area_are_refused():
    with pytest.raises(CommandError, match="tidak dikenal"):
        run("list_places", "--within", "99")


@pytest.fixture
def nation(shared):
    run("import_areas", str(shared / "data/regions/wilayah_lima_daerah.csv"))
    return shared / "data/posyandu"


def test_the_98_real_posts_are_taken_whole_and_only_once(nation):
    real = str(nation / "posyandu_pekalongan_utara.csv")
    assert run("import_posyandu", real, "--write").startswith("Baru 98, sama 0, mirip 0, ditolak 0.")
    assert run("import_posyandu", real, "--write").startswith("Baru 0, sama 98, mirip 0, ditolak 0.")
    assert len(names()) == 98


def test_kencono_ungu_of_the_real_list_is_offered_as_kencana_ungu(nation):
    area = "33.75.03.1003"
    post = Posyandu.objects.create(area_id=area, name="Kencana Ungu", rw="09", serial=1, path=f"{area}.1")
    post.memberships.create(area_id=area, path=post.path, from_date=factories.LONG_AGO)
    out = run("import_posyandu", str(nation / "posyandu_pekalongan_utara.csv"), "--write")
    assert out.startswith("Baru 97, sama 0, mirip 1, ditolak 0.")
    assert "Kencono Ungu" not in names()


def test_the_messy_workbook_is_understood_by_names_within_the_kecamatan(nation):
    messy = str(nation / "contoh_rekap_posyandu_berantakan.xlsx")
    assert run("import_posyandu", messy).startswith("Baru 0, sama 0, mirip 0, ditolak 98.")
    assert run("import_posyandu", messy, "--within", "33.75.03").startswith("Baru 98,")
    run("import_posyandu", str(nation / "posyandu_pekalongan_utara.csv"), "--write")
    assert run("import_posyandu", messy, "--within", "33.75.03").startswith("Baru 0, sama 98, mirip 0, ditolak 0.")


def test_a_desas_list_with_rw_and_rt_is_taken(nation):
    assert run("import_posyandu", str(nation / "posyandu_tubanan_jepara.csv"), "--write").startswith("Baru 7,")
    post = Posyandu.objects.unscoped(reason="test").get(name="Mekar Sari")
    assert (post.path, post.rw, post.rt, post.address) == ("33.20.14.2009.1", "01", "06", "Madrasah Miftahul Huda")
