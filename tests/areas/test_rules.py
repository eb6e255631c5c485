import pytest

from services.areas.rules import AreaRow, BadList, check_rows, kind_of, read_rows, vanished

HEADINGS = ["code", "name", "level", "type", "parent_code"]


def lines(*rows):
    return [(number, dict(zip(HEADINGS, row, strict=False))) for number, row in enumerate(rows, start=2)]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("33", "provinsi"),
        ("33.20", "kabupaten"),
        ("33.26", "kabupaten"),
        ("33.71", "kota"),
        ("33.75", "kota"),
        ("33.75.03", "kecamatan"),
        ("33.75.03.1003", "kelurahan"),
        ("33.20.13.2004", "desa"),
        ("91.03.01.3001", "desa_adat"),
    ],
)
def test_a_code_says_what_the_place_is(code, kind):
    assert kind_of(code) == kind


def test_columns_are_found_by_their_usual_headings_in_any_order():
    rows = read_rows(
        ["Nama", "Kode", "kode pos"], [(2, {"Nama": "Krapyak", "Kode": "33.75.03.1002", "kode pos": "51116"})]
    )
    assert rows == [AreaRow("33.75.03.1002", "Krapyak", "51116", (), 2)]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("33.75.3", "Krapyak"), "Baris 2: kode '33.75.3'"),
        (("3375", "Kota Pekalongan"), "Baris 2: kode '3375'"),
        (("33.75.03.4001", "Krapyak"), "Baris 2: kode"),
        (("33.75.03.1002", " "), "Baris 2: nama"),
        (("33.75.03.1002", "Krapyak", "kelurahan_desa", "desa"), "tertulis desa, padahal kodenya kode kelurahan"),
        (("33.75.03.1002", "Krapyak", "kelurahan_desa", "kelurahan", "33.75.04"), "mestinya 33.75.03"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_with_its_number(row, says):
    with pytest.raises(BadList, match=says):
        read_rows(HEADINGS, lines(row))


def test_a_missing_column_is_named():
    with pytest.raises(BadList, match="Kolom 'name' tidak ada"):
        read_rows(["code", "level"], [])


def test_a_list_without_rows_is_refused():
    with pytest.raises(BadList, match="kosong"):
        read_rows(HEADINGS, [])


def test_a_parent_may_be_in_the_list_or_known():
    rows = [AreaRow("33.75.03", "Pekalongan Utara", row=2), AreaRow("33.75.03.1002", "Krapyak", row=3)]
    check_rows(rows, known=["33.75"])
    with pytest.raises(BadList, match=r"Baris 2: induk 33\.75 "):
        check_rows(rows, known=[])


def test_a_code_stands_once_in_a_list():
    with pytest.raises(BadList, match="Baris 4: kode 33 sudah ada di baris 2"):
        check_rows([AreaRow("33", "Jawa Tengah", row=2), AreaRow("33", "Jawa Tengah", row=4)], known=[])


@pytest.mark.parametrize(
    ("listed", "whole", "gone"),
    [
        (["33.75.03", "33.75.03.1002"], False, {"33.75.03.1003"}),
        (["33.75.03", "33.75.03.1002"], True, {"33", "33.75", "33.26", "33.26.01", "33.75.03.1003"}),
        (["33", "33.75"], False, set()),
    ],
)
def test_a_part_of_the_list_speaks_only_for_the_districts_it_opens(listed, whole, gone):
    known = ["33", "33.75", "33.75.03", "33.75.03.1002", "33.75.03.1003", "33.26", "33.26.01"]
    assert vanished(listed, known, whole=whole) == gone
