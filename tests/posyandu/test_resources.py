"""Lists of posyandu as they come: encodings, delimiters, titles above the heading, totals, broken files."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from services.posyandu.models import Facility
from services.posyandu.resources import PostRow, differences, read_posts
from services.web.tables import TableTooBig, UnreadableTable, read_table
from tests import factories

MOST = 10 * 1024 * 1024
HEAD = ["nama_posyandu", "kelurahan", "alamat", "puskesmas", "kode_kelurahan"]
ROW = ["Mawar Ratu", "PANJANG WETAN", "RW 01", "Puskesmas Dukuh", "33.75.03.1004"]


def csv_of(rows, delimiter=",", encoding="utf-8"):
    return "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)


def xlsx_of(*sheets, merge=""):
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Lembar {number}")
        for row in rows:
            sheet.append(row)
        if merge and number == 0:
            sheet.merge_cells(merge)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def read(content, **options):
    return read_posts(read_table(content, most_bytes=MOST), **options)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
def test_a_csv_is_read_in_every_usual_form(delimiter, encoding):
    [post] = read(csv_of([HEAD, [*ROW[:2], "RW 01 – Gang Ä", *ROW[3:]]], delimiter, encoding))
    assert (post.row, post.name, post.code, post.rw, post.facility) == (2, "Mawar Ratu", "33.75.03.1004", "01", "Dukuh")
    assert post.address == "" or post.address == "RW 01 – Gang Ä"


def test_quoted_cells_may_hold_the_delimiter_and_line_breaks():
    [post] = read(b'nama posyandu;kelurahan;alamat\r\nMelati;Krapyak;"Jl. A; gang\n2"\r\n')
    assert post.address == "Jl. A; gang 2"


def test_titles_merged_above_the_heading_are_passed_over():
    rows = [
        ["REKAPITULASI DATA POSYANDU"],
        ["KECAMATAN PEKALONGAN UTARA"],
        [],
        ["NO", "NAMA POSYANDU", "KELURAHAN", "RW"],
    ]
    rows += [[1, 2, 3, 4], [1, "Posyandu Melati", "KRAPYAK", 1.0], ["2.", "posy mawar", "KRAPYAK", "RW.02"]]
    posts = read(xlsx_of(rows, merge="A1:D1"))
    assert [(post.row, post.name, post.rw) for post in posts] == [(6, "Melati", "01"), (7, "Mawar", "02")]


def test_the_list_may_be_on_a_later_sheet():
    assert len(read(xlsx_of([["Catatan"]], [HEAD, ROW]))) == 1


def test_a_section_names_the_village_of_the_rows_below_it():
    rows = [
        ["nama posyandu", "kelurahan"],
        ["KEL. KRAPYAK"],
        ["Melati"],
        ["Mawar", "degayu"],
        [],
        ["Desa Tubanan"],
        ["Sido"],
    ]
    assert [post.village for post in read(xlsx_of(rows))] == ["KRAPYAK", "degayu", "Tubanan"]


def test_totals_blank_lines_and_signatures_are_no_posts():
    rows = [HEAD, ROW, ["", "", "", "", ""], ["JUMLAH", "", "", "", ""], ["", "", "Mengetahui,", "", ""]]
    assert len(read(csv_of(rows))) == 1


def test_codes_kept_as_numbers_get_their_dots_back():
    [post] = read(xlsx_of([["nama posyandu", "kode desa"], ["Sido", 3320142009]]))
    assert post.code == "33.20.14.2009"


@pytest.mark.parametrize(
    ("head", "row", "says"),
    [
        (["nama posyandu", "kelurahan"], ["", "Krapyak"], "nama posyandu kosong"),
        (["nama posyandu", "kelurahan", "rw"], ["Melati", "Krapyak", "tiga"], "RW 'tiga' tidak terbaca"),
        (["nama posyandu", "kelurahan", "mulai pakai"], ["Melati", "Krapyak", "nanti"], "bulan mulai pakai"),
        (["nama posyandu", "kelurahan", "gelombang"], ["Melati", "Krapyak", "9"], "gelombang '9' tidak dikenal"),
        (["nama posyandu", "kelurahan"], ["M" * 81, "Krapyak"], "lebih dari 80"),
    ],
)
def test_a_row_says_what_is_wrong_with_it(head, row, says):
    [post] = read(csv_of([head, row]))
    assert says in post.problem


def test_waves_and_closed_posts_are_understood():
    head = ["nama posyandu", "kelurahan", "gelombang", "ket"]
    posts = read(
        csv_of([head, ["A", "K", "2", "ILP"], ["B", "K", "Percontohan", "tdk aktif"], ["C", "K", "", "non-aktif"]])
    )
    assert [(post.wave, post.state) for post in posts] == [
        ("gelombang_2", "aktif"),
        ("percontohan", "tidak_aktif"),
        ("", "tidak_aktif"),
    ]


@pytest.mark.parametrize(
    ("head", "says"),
    [
        (["kelurahan", "alamat", "puskesmas"], "Kolom nama posyandu tidak ada"),
        (["nama posyandu", "alamat", "rw"], r"Kolom kelurahan/desa \(atau kode"),
        (["satu", "dua"], "Judul kolom tidak ditemukan"),
    ],
)
def test_a_missing_column_is_named_in_one_sentence(head, says):
    with pytest.raises(UnreadableTable, match=says) as refused:
        read(csv_of([head, ["a", "b", "c"]]))
    assert refused.value.status == 422


def test_a_list_of_one_village_needs_no_column_of_it():
    assert len(read(csv_of([["nama posyandu"], ["Melati"]]), village_given=True)) == 1


BOOK = xlsx_of([HEAD, ROW])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "kosong"),
        (b" \r\n", "kosong"),
        (BOOK[: len(BOOK) // 2], "terpotong atau rusak"),
        (BOOK[:-10], "terpotong atau rusak"),
        (b"PK\x03\x04 bukan zip", "terpotong atau rusak"),
        (b"%PDF-1.7 ...", "bukan CSV atau XLSX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "bukan CSV atau XLSX"),
        (b"\x89PNG\r\n", "bukan CSV atau XLSX"),
        (b"abc\0def", "bukan CSV atau XLSX"),
        (b'nama posyandu,kelurahan\nMelati,"Krap', "terpotong atau rusak di sekitar baris"),
        (b"nama posyandu,kelurahan,rw,kode\nMelati,Krapyak,RW 02,33.75.03.1001\nMawar,Krapyak,RW 1", "di baris 3"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(content, says):
    with pytest.raises(UnreadableTable, match=says):
        read(content)


def test_a_word_document_is_no_workbook():
    import zipfile

    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(UnreadableTable, match="bukan XLSX"):
        read(content.getvalue())


def test_more_than_ten_megabytes_is_413():
    with pytest.raises(TableTooBig) as refused:
        read(b"a" * (MOST + 1))
    assert refused.value.status == 413


def test_a_workbook_that_unpacks_to_far_too_much_is_413():
    import zipfile

    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (201 * 1024 * 1024))
    assert len(content.getvalue()) < MOST
    with pytest.raises(TableTooBig):
        read(content.getvalue())


@pytest.mark.django_db
def test_a_row_differs_only_in_what_it_says_otherwise():
    facility = Facility.objects.create(name="Krapyak", area=factories.area_tree()["33.75"])
    post = factories.posyandu("Melati II", rw="03", address="Jl. A", facility=facility)
    row = PostRow(2, "Melati 2", rw="04", facility="KRAPYAK")
    assert [(one.label, one.registered, one.listed) for one in differences(post, row)] == [("rw", "03", "04")]
    other = PostRow(2, "Melati Dua", facility="Dukuh")
    assert [one.label for one in differences(post, other)] == ["nama_posyandu", "puskesmas"]
    assert post.name == "Melati II"
    assert post.facility == facility


def test_the_real_lists_are_read_whole(shared):
    folder = shared / "data/posyandu"
    counts = {
        path.name: len(read(path.read_bytes())) for path in sorted(folder.iterdir()) if path.suffix in (".csv", ".xlsx")
    }
    assert counts == {
        "contoh_rekap_posyandu_berantakan.xlsx": 98,
        "posyandu_pekalongan_utara.csv": 98,
        "posyandu_tubanan_jepara.csv": 7,
    }
