"""The paper: its words, its tags, its fonts, and nobody's name on it."""

import base64
import re
import subprocess
from dataclasses import replace
from io import BytesIO

import openpyxl
import pikepdf
import pytest
from django.utils.html import escape
from PIL import Image

from services.reports.checks import check_fonts
from services.reports.figures import SECTIONS, canonical, report_from
from services.reports.models import Signatory
from services.reports.monthly import monthly_report
from services.reports.renderers import html, parts, pdf, shown, xlsx
from services.reports.renderers.pictures import attendance
from services.web.rules import number_text
from tests import factories

from .conftest import MONTH, child, fill, hold

SECTION_TITLES = {section.title for section in SECTIONS}


def _logo() -> str:
    kept = BytesIO()
    Image.new("RGB", (40, 40), "green").save(kept, "PNG")
    return base64.b64encode(kept.getvalue()).decode()


LOGO = _logo()


@pytest.fixture
def busy(world):
    """A month with a held day, children, a house and a resident whose name is a formula."""
    people = [child(world.a, "=CMD|calc"), child(world.a, "Budi Rahasia"), child(world.a, "Citra Rahasia")]
    day = hold(world.a, world.kader, people=people[:2], place="=Balai RW 03", obstacle_note="Timbangan rusak")
    for person in people[:2]:
        fill(day, "kartu_balita", person, {"bb_kg": 11, "pb_tb_cm": 85, "cara_ukur": "berdiri"}, world.kader)
    fill(day, "rumah", factories.household(world.a, "Pak Rahasia"), {"atap": "bocor"}, world.kader)
    factories.user("ketua", at=world.a, name="Siti Khotimah")
    lurah = {"title": "Lurah", "name": "Slamet Riyadi", "nip": "197801012005011002"}
    Signatory.objects.create(area_id="33.75.03.1003", from_date="2026-01-01", **lurah)
    return monthly_report(world.a.path, MONTH, scope=None)


def text_of(content: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.fixture
def printed(busy):
    return pdf.render(busy)


def test_the_paper_says_what_it_is(printed):
    text = re.sub(r"\s+", " ", text_of(printed.content))
    assert "PEMERINTAH KOTA PEKALONGAN KECAMATAN PEKALONGAN UTARA KELURAHAN KANDANG PANJANG" in text
    assert "LAPORAN BULANAN PELAYANAN POSYANDU 6 (ENAM) BIDANG SPM" in text
    assert "POSYANDU KENCANA UNGU — BULAN OKTOBER TAHUN 2026" in text
    assert "dalam proses" in text
    assert "Mengetahui, Kandang Panjang, " in text
    assert "Halaman 1 dari" in text
    assert "bukan ukuran layanan minimum" in text
    assert "capaian SPM" not in text


def test_the_paper_holds_the_numbers(printed):
    text = text_of(printed.content)
    assert re.search(r"Balita \(0–59 bulan\)\s+3\s+2\s+1\s+66,7%", text)
    assert "Rumah dengan atap bocor" in text
    assert re.search(r"Belum didata: Anak usia dini", text)


def test_officials_are_named_and_residents_are_not(printed):
    text = text_of(printed.content)
    assert "Siti Khotimah" in text
    assert "Slamet Riyadi" in text
    assert "Rahasia" not in text


def test_the_file_is_named_after_month_and_place(printed):
    assert (printed.filename, printed.content_type) == ("laporan-2026-10-kencana-ungu.pdf", "application/pdf")


def test_the_pdf_is_tagged_titled_and_in_indonesian(printed):
    with pikepdf.open(BytesIO(printed.content)) as book:
        assert "/StructTreeRoot" in book.Root
        assert str(book.Root.Lang) == "id"
        title = "Laporan Bulanan Pelayanan Posyandu 6 (Enam) Bidang SPM — Posyandu Kencana Ungu — Oktober 2026"
        assert str(book.docinfo["/Title"]) == title
        with book.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        assert all(float(page.MediaBox[2]) == pytest.approx(595.28, abs=1) for page in book.pages)


def test_the_chart_can_be_read_aloud_and_headings_are_headings(printed):
    with pikepdf.open(BytesIO(printed.content)) as book:
        tags = [each for each in book.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
        kinds = {str(each.S) for each in tags}
        told = [str(each.Alt) for each in tags if "/Alt" in each]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure"} <= kinds
    assert [text for text in told if "Oktober 2026 2" in text]


def test_the_first_page_has_three_pictures_each_told_in_words(printed):
    with pikepdf.open(BytesIO(printed.content)) as book:
        tags = [each for each in book.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
        told = {str(each.Alt).partition(":")[0] for each in tags}
    assert told == {"Warga yang hadir di hari buka", "Penimbangan balita", "Isian menurut bidang"}
    first = text_of(printed.content).split("\f")[0]
    assert "Penimbangan balita (SKDN)" in first
    assert "Isian menurut bidang: 2 dari 6 bidang terisi" in first


def test_bookmarks_lead_to_every_section(busy, printed):
    with pikepdf.open(BytesIO(printed.content)) as book, book.open_outline() as outline:
        inner = [each.title for top in outline.root for each in top.children]
    assert [section.title for section in busy.sections] == [title for title in inner if title in SECTION_TITLES]


@pytest.mark.parametrize(("own", "asked", "height"), [("A4", "", 841.89), ("F4", "", 935.43), ("A4", "F4", 935.43)])
def test_the_paper_is_the_districts_unless_another_is_asked(busy, own, asked, height):
    content = pdf.render(replace(busy, paper=own), asked).content
    with pikepdf.open(BytesIO(content)) as book:
        assert {round(float(page.MediaBox[3]), 2) for page in book.pages} == {height}


def test_a_document_gives_the_same_bytes_each_time(busy):
    text = canonical(replace(busy, logo=LOGO))
    first, second = (pdf.render(report_from(text)).content for _ in range(2))
    assert first == second


def test_the_letterhead_has_the_districts_logo(busy):
    with pikepdf.open(BytesIO(pdf.render(replace(busy, logo=LOGO)).content)) as book:
        alts = [str(each.Alt) for each in book.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
        images = [image for page in book.pages for image in page.get_images()]
    assert "Logo Pemerintah Kota Pekalongan" in alts
    assert images


def test_every_font_is_embedded_and_of_debian(printed):
    done = subprocess.run(["pdffonts", "-"], input=printed.content, capture_output=True, check=True)
    fonts = [line.split() for line in done.stdout.decode().splitlines()[2:]]
    assert fonts
    assert all("Liberation" in font[0] for font in fonts), fonts
    assert all(font[-5] == "yes" for font in fonts), fonts


def test_the_chart_is_told_in_words(busy):
    words = attendance(busy).words
    assert "Oktober 2026 2" in words
    assert "September 2026 belum ada data" in words


def test_a_signature_block_never_splits(busy):
    """With any number of lines before it, both names stand on the page of "Mengetahui"."""
    for extra in range(0, 40, 8):
        longer = html.paper(busy).replace(
            '<section class="signatures">', "<p>baris</p>" * extra + '<section class="signatures">'
        )
        pages = text_of(pdf.write_pdf(longer)).split("\f")
        page = next(page for page in pages if "Mengetahui" in page)
        assert page.count("Slamet Riyadi") == 1
        assert "NIP" in page
        assert "Ketua Posyandu" in page


def test_a_recap_has_a_row_for_each_place_and_its_completeness(world, busy):
    recap = monthly_report("33.75.03", MONTH, scope=None)
    text = text_of(pdf.render(recap).content)
    assert re.search(r"Kandang Panjang\s+1 dari 1", text)
    assert re.search(r"Panjang Wetan\s+0 dari 1", text)
    assert re.search(r"Jumlah\s+1 dari 2", text)


def test_no_cell_of_the_workbook_is_a_formula(busy):
    book = openpyxl.load_workbook(BytesIO(xlsx.render(busy).content))
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert book.sheetnames[0] == "Ringkasan"


def test_page_paper_and_workbook_show_every_figure(busy):
    paper, book = html.paper(busy), openpyxl.load_workbook(BytesIO(xlsx.render(busy).content))
    keys = {row[5] for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) if len(row) > 5}
    assert set(busy.figures) <= keys
    for section in shown.shown_sections(busy):
        assert section.title in paper
        for table in section.tables:
            if table.words:
                assert re.search(rf"<b>{table.words.capitalize()}</b>: [^<]*{re.escape(escape(table.title))}", paper)
                continue
            for row in table.rows:
                assert row.label.replace("'", "&#x27;") in paper, (table.title, row.label)


def test_numbers_are_indonesian(busy):
    assert number_text(1234.5) == "1.234,5"
    assert shown.value_text(busy.figures["kesehatan.balita.persen_hadir"]) == "66,7%"


def test_the_fonts_are_checked_when_the_server_starts(monkeypatch):
    assert check_fonts() == []
    monkeypatch.setattr("services.reports.checks.installed_fonts", lambda: {"DejaVu Sans"})
    problem = check_fonts()[0]
    assert "Liberation Sans" in problem.msg
    assert "apt-get install" in problem.hint


def test_an_areas_recap_tells_of_each_place_what_the_tim_pembina_asks(busy, world):
    """Domain 5.3: attendance of each group, kader, visits owed and made, active fields, tickets by field."""
    whole = monthly_report("33.75.03", MONTH, scope=None)
    tables = {table.key: table for table in parts.recaps(whole)}
    assert list(tables) == ["rincian", "hadir", "kegiatan", "laporan"]
    for table in tables.values():
        assert [row.label for row in table.rows] == ["Kandang Panjang", "Panjang Wetan", "Jumlah"]
        assert all(len(row.cells) == len(table.columns) for row in table.rows)
        assert [row.cells[0].text for row in table.rows] == ["1 dari 1", "0 dari 1", "1 dari 2"], "completeness"
    attended = dict(zip(tables["hadir"].columns, tables["hadir"].rows[-1].cells, strict=True))
    assert attended["Balita"].text == "2 dari 3"
    done = dict(zip(tables["kegiatan"].columns, tables["kegiatan"].rows[0].cells, strict=True))
    assert done["Bidang aktif"].text == "2 dari 6"
    assert parts.recaps(busy) == ()
    text = re.sub(r"\s+", " ", html.paper(whole))
    assert all(table.title in text for table in tables.values())
    assert "REKAPITULASI LAPORAN BULANAN" in text and "REKAPITULASI" not in html.paper(busy)
    sheet = openpyxl.load_workbook(BytesIO(xlsx.render(whole).content))["Rincian"]
    column = [row[0].value for row in sheet.iter_rows()]
    assert column.count("Jumlah") == 4 and "Laporan warga menurut bidang" in column


def test_a_city_is_signed_in_its_town_and_names_stand_on_one_line(busy, world):
    assert "<p>Pekalongan, " in html.paper(monthly_report("33.75", MONTH, scope=None))
    signed = html.paper(busy).partition('class="signatures"')[2]
    offices, names = signed.split("<tr>")[1:]
    assert "Mengetahui," in offices and "Slamet Riyadi" not in offices
    assert "Slamet Riyadi" in names and "Siti Khotimah" in names


def test_rows_in_which_nothing_happened_are_one_line_on_paper():
    quiet = shown.ShownRow("Anak pendek", tuple(shown.Cell(text) for text in ("0", "0", "–")))
    told = shown.ShownRow("Rutin", tuple(shown.Cell(text) for text in ("2", "0", "–")))
    table = shown.ShownTable("x", "Alasan", ("Perlu", "Selesai", "Median"), (quiet, told), "", is_list=False)
    assert table.told == (told,)
    assert table.folded == (("Tidak ada (0)", "Anak pendek"),)
