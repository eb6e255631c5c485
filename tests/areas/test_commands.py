from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from services.areas.models import Area, CodeChange

pytestmark = pytest.mark.django_db
HEAD = "code,name,level,type,parent_code\n"


def run(*arguments):
    out, err = StringIO(), StringIO()
    call_command("import_areas", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def file_of(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "wilayah.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


def test_a_list_is_loaded_with_counts_and_progress(tmp_path):
    out, err = run(
        file_of(tmp_path, HEAD + "33,Jawa Tengah,provinsi,provinsi,\n33.75,Kota Pekalongan,kabkota,kota,33\n")
    )
    assert out.startswith("Baru 2, berubah 0, sama 0, tidak aktif lagi 0")
    assert "2 dari 2" in err


def test_a_list_with_semicolons_in_windows_1252_is_read(tmp_path):
    run(file_of(tmp_path, "kode;nama\n33;Jawa Tengah – Ä\n", "windows-1252"))
    assert Area.objects.get(pk="33").name == "Jawa Tengah – Ä"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + "33.75,Kota Pekalongan,kabkota,kota,33\n", "Baris 2: induk 33"),
        ("kode pos,nama\n51116,Krapyak\n", "Kolom 'code' tidak ada"),
        (HEAD + '33,"Jawa Tengah', "terpotong"),
        (HEAD + "33,Jawa Tengah,provinsi,provinsi,\n33.75,Kota Peka", "terpotong di baris 3"),
        ("\0\0", "bukan CSV"),
        ("", "Kolom 'code' tidak ada"),
        (HEAD + f"33,{'J' * 101},provinsi,provinsi,\n", "Baris 2: nama untuk kode 33 lebih dari 100 huruf"),
        ("code,name,postcode\n33,Jawa Tengah,511234\n", "Baris 2: kode pos '511234' untuk 33 bukan 5 angka"),
        (f"code,name,old_codes\n33,Jawa Tengah,{'3' * 14}\n", "Kode lama .* lebih dari 13 huruf"),
    ],
)
def test_a_bad_list_is_refused_in_one_sentence_and_writes_nothing(tmp_path, text, says):
    with pytest.raises(CommandError, match=says) as refused:
        run(file_of(tmp_path, text))
    assert refused.value.returncode == 2
    assert not Area.objects.exists()


def test_a_missing_file_is_refused():
    with pytest.raises(CommandError, match="tidak bisa dibuka"):
        run("tidak-ada.csv")


def test_old_codes_come_from_an_option(tmp_path):
    path = file_of(tmp_path, "code,name\n33,Jawa Tengah\n")
    run(path, "--old-code", "23=33")
    assert CodeChange.objects.get().new_area_id == "33"
    with pytest.raises(CommandError, match="LAMA=BARU"):
        run(path, "--old-code", "23")


def test_a_list_cut_off_between_two_lines_switches_nothing_off(tmp_path):
    above = "code,name\n33,Jawa Tengah\n33.75,Kota Pekalongan\n33.75.03,Pekalongan Utara\n"
    villages = [f"33.75.03.{1001 + number},Kelurahan {number}\n" for number in range(20)]
    run(file_of(tmp_path, above + "".join(villages)))
    part = file_of(tmp_path, above + "".join(villages[:4]))
    for options in ((), ("--whole",)):
        assert "16 tempat lain tidak ada di daftar ini dan dibiarkan aktif" in run(part, *options)[0]
        assert not Area.objects.filter(is_active=False).exists()
    out = run(part, "--fewer")[0]
    assert "tidak aktif lagi 16" in out and "dibiarkan" not in out


def test_the_whole_nation_is_loaded_from_the_package():
    out, _ = run()
    assert out.startswith("Baru 91599,")
    kinds = {kind: Area.objects.filter(kind=kind).count() for kind in Area.Kind.values}
    assert kinds == {
        "provinsi": 38,
        "kabupaten": 416,
        "kota": 98,
        "kecamatan": 7285,
        "kelurahan": 8496,
        "desa": 75252,
        "desa_adat": 14,
    }
    assert Area.objects.get(pk="33.75.03.1003").postcode
    assert run()[0].startswith("Baru 0, berubah 0, sama 91599, tidak aktif lagi 0")


def test_five_districts_of_the_reference_list_agree_with_the_package(shared):
    run()
    out, _ = run(str(shared / "data/regions/wilayah_lima_daerah.csv"))
    assert out.startswith("Baru 0, berubah 0, sama 837, tidak aktif lagi 0")
