"""Papers: ticket_slip_download, register_list, register_download, finding_list, aspiration_list and their downloads."""

import io
from datetime import date

import openpyxl
import pikepdf
import pytest
from django.urls import reverse

from services.areas import clock
from services.audit.models import Entry
from services.records.actions import add_asset, add_participant, retire_asset, save_record, start_encounter
from services.residents.models import Residency
from services.tickets.actions import open_ticket
from services.tickets.queries import form_table
from services.tickets.views import papers
from tests import factories

from ..conftest import photo
from .asking import get, send

pytestmark = pytest.mark.django_db


def cells(content: bytes) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def test_the_slip_is_one_a6_page_and_is_logged(town, well):
    answer = get(town.kader, "tickets:ticket_slip_download", well.pk)
    assert answer["Content-Type"] == "application/pdf"
    assert "Slamet" not in answer["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert len(paper.pages) == 1
        width, height = (float(side) * 25.4 / 72 for side in paper.pages[0].MediaBox[2:])
        assert (round(width), round(height)) == (105, 148)
    assert Entry.objects.unscoped(reason="test").filter(verb="unduh", model="ticket").count() == 1
    assert get(town.kader_far, "tickets:ticket_slip_download", well.pk).status_code == 404
    assert get(town.kota, "tickets:ticket_slip_download", well.pk).status_code == 403


def test_the_register_of_a_field_prints_each_column_from_its_own_field(town, well):
    month = f"{well.received_on:%Y-%m}"
    book = get(
        town.kader, "tickets:register_download", town.post.pk, "pekerjaan_umum", bulan=month, bentuk="xlsx"
    ).content
    found = cells(book)
    for text in ("Lokasi Pembangunan Sarana", "RT 02 dekat musala", "Slamet Riyadi", "BTL"):
        assert text in found
    paper = get(town.kader, "tickets:register_download", town.post.pk, "pekerjaan_umum", bulan=month)
    assert paper.content.startswith(b"%PDF")
    well.letter_number = "12/RT02/2026"
    well.save(update_fields=["letter_number"])
    again = get(town.kader, "tickets:register_download", town.post.pk, "pekerjaan_umum", bulan=month, bentuk="xlsx")
    assert "12/RT02/2026" in cells(again.content)
    assert get(town.kader, "tickets:register_download", town.post.pk, "entah").status_code == 404
    assert get(town.kader, "tickets:register_download", town.far.pk, "sosial").status_code == 404
    assert get(town.dpupr, "tickets:register_download", town.post.pk, "sosial").status_code == 403


def test_the_register_of_sosial_lists_who_came_by_name_for_those_who_may_see_names(town):
    today = clock.today(town.post.area_id)
    encounter = start_encounter(kind="lain", posyandu=town.post, day=today, by=town.kader)
    answers = {"lokasi": "Balai RW 03"}
    record = save_record(encounter=encounter, form="kie_gender", subject="KIE", answers=answers, by=town.kader).record
    rini = factories.resident(town.post, "Rini Astuti", age_months=400, phone="081200001111")
    add_participant(record=record, by=town.kader, resident=rini, groups=["kepala_perempuan", "miskin"])
    add_participant(record=record, by=town.kader, name="Budi Luar", sex="L", phone="0822", groups=["lansia"])

    def book(who, post, month):
        asked = {"bulan": f"{month:%Y-%m}", "bentuk": "xlsx"}
        content = get(who, "tickets:register_download", post.pk, "sosial", **asked).content
        return openpyxl.load_workbook(io.BytesIO(content))

    sheet = book(town.kader, town.post, today)["Peserta KIE gender dan inklusi"]
    lines = [row for row in sheet.iter_rows(values_only=True) if any(row)]
    assert lines[1] == ("No", "Tanggal", "Nama", "JK", "HP", "Kelompok rentan")
    assert [row[2:] for row in lines[2:]] == [
        ("Rini Astuti", "P", "081200001111", "Perempuan kepala keluarga, Keluarga miskin"),
        ("Budi Luar", "L", "0822", "Lansia"),
    ]
    entry = Entry.objects.unscoped(reason="test").filter(verb="unduh").last()
    assert entry.detail["peserta"] == 2
    assert get(town.kader, "tickets:register_download", town.post.pk, "sosial").content.startswith(b"%PDF")
    assert len(book(town.kader, town.post, clock.previous_month(today.replace(day=1))).sheetnames) == 1
    assert len(book(town.kader_far, town.far, today).sheetnames) == 1


def test_the_formats_of_a_month_stand_one_tap_from_the_list(town, well):
    assert "/laporan-warga/format/" in get(town.kader, "tickets:ticket_list").content.decode()
    month = f"{well.received_on:%Y-%m}"
    text = get(town.kader, "tickets:register_list", bulan=month).content.decode()
    assert f"/laporan-warga/format/{town.post.pk}/sosial/?bulan={month}&amp;bentuk=xlsx" in text
    assert text.count("bentuk=xlsx") == 6
    bound = factories.user("kader", at=town.post, field="sosial")
    assert get(bound, "tickets:register_list").content.decode().count("bentuk=xlsx") == 1
    assert get(town.kader_far, "tickets:register_list", posyandu=town.post.pk).context["post"] == town.far
    for page in ("tickets:finding_list", "tickets:aspiration_list"):
        assert reverse(page) in get(town.kelurahan, "tickets:ticket_list").content.decode()
        assert reverse(page) not in get(town.kader, "tickets:ticket_list").content.decode()


def test_a_reporter_of_the_register_brings_sex_and_nik(town, well):
    slamet = factories.resident(town.post, "Slamet Riyadi", sex="L", age_months=500, nik="3375031005840001")
    factories.resident(town.far, "Slamet Lain", sex="L", age_months=500)
    page = get(town.kader, "tickets:reporter_edit", well.pk)
    assert [key for key, _ in page.context["form"].fields["resident"].choices] == [str(slamet.pk), ""]
    assert send(town.kader, "tickets:reporter_edit", well.pk, resident=str(slamet.pk)).status_code == 302
    text = get(town.kader, "tickets:ticket_detail", well.pk).content.decode()
    assert "Laki-laki" in text and "0001" in text and "3375031005840001" not in text
    assert "0001" not in get(town.kelurahan, "tickets:ticket_detail", well.pk).content.decode().replace(well.number, "")
    other = open_ticket(
        posyandu=town.post, field="sosial", request_type="lainnya", kind="aspirasi", by=town.kader, resident=slamet
    )
    month = f"{other.received_on:%Y-%m}"
    book = get(town.kader, "tickets:register_download", town.post.pk, "sosial", bulan=month, bentuk="xlsx").content
    assert slamet.masked_nik in cells(book)
    assert send(town.kader, "tickets:reporter_edit", well.pk, resident="").status_code == 302
    well.refresh_from_db()
    assert well.resident is None


def test_a_stranger_is_no_reporter_and_a_confidential_ticket_has_none_to_match(town, well, kdrt):
    stranger = factories.resident(town.far, "Slamet Lain", sex="L", age_months=500)
    assert send(town.kader, "tickets:reporter_edit", well.pk, resident=str(stranger.pk)).status_code == 422
    assert get(town.kader, "tickets:reporter_edit", kdrt.pk).status_code == 404
    assert get(town.kader_far, "tickets:reporter_edit", well.pk).status_code == 404
    assert get(town.kelurahan, "tickets:reporter_edit", well.pk).status_code == 403


@pytest.mark.parametrize("formulir", ["kosong", "terisi"])
def test_the_form_of_reports_is_one_lying_page_blank_or_filled_and_only_names_are_logged(town, formulir):
    answer = get(town.kader, "tickets:register_download", town.post.pk, "pendidikan", formulir=formulir)
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert len(paper.pages) == 1
        assert paper.pages[0].MediaBox[2] > paper.pages[0].MediaBox[3]
    logged = Entry.objects.unscoped(reason="test").filter(verb="unduh", model="ticket").exists()
    assert logged == (formulir == "terisi")
    assert (
        get(town.kader_far, "tickets:register_download", town.post.pk, "sosial", formulir=formulir).status_code == 404
    )


def test_the_form_of_reports_holds_each_item_of_an_aspiration(town, kdrt):
    siti = factories.resident(town.post, "Siti", age_months=500, nik="3375031005840001")
    about = {"posyandu": town.post, "field": "pendidikan", "request_type": "pelatihan", "kind": "aspirasi"}
    details = {"description": "Kursus komputer", "recommendation": "Di balai RW", "urgency": "tinggi", "place": "RW 09"}
    who = {"reporter_name": "Siti", "reporter_phone": "081234567890", "reporter_address": "RT 02", "resident": siti}
    ticket = open_ticket(**about, **details, **who, photo=photo(), by=town.kader)
    hidden = open_ticket(**about, **who, name_withheld=True, by=town.kader)
    row, withheld = form_table(town.post, "pendidikan", [ticket, hidden]).rows
    assert row[2:8] == ["Siti", "P", siti.masked_nik, "081234567890", "RT 02", "Aspirasi (usulan): Pelatihan"]
    assert row[8:] == ["Kursus komputer", "RW 09", "T", "Di balai RW", "1 foto", town.kader.name]
    assert withheld[2:7] == ["minta dirahasiakan", "", "", "", ""]
    book = cells(
        get(town.kader, "tickets:register_download", town.post.pk, "sosial", formulir="1", bentuk="xlsx").content
    )
    assert kdrt.number not in book and "Korban Sekali" not in book


@pytest.mark.parametrize("field", ["pekerjaan_umum", "perumahan_rakyat", "sosial"])
def test_a_register_is_one_upright_a4_page_with_ten_ruled_rows_also_without_tickets(town, field):
    answer = get(town.kader, "tickets:register_download", town.post.pk, field)
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert len(paper.pages) == 1
        width, height = (float(side) * 25.4 / 72 for side in paper.pages[0].MediaBox[2:])
        assert (round(width), round(height)) == (210, 297)


@pytest.mark.parametrize("field", ["pekerjaan_umum", "perumahan_rakyat", "sosial"])
def test_a_register_as_a_workbook_has_the_ten_ruled_rows_and_the_foot_of_the_paper(town, field):
    content = get(town.kader, "tickets:register_download", town.post.pk, field, bentuk="xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    head = next(cell.row for cell in sheet["A"] if cell.value == "No")
    last = max(cell.column for cell in sheet[head] if cell.value)
    ruled = [
        row for row in sheet.iter_rows(min_row=head + 1, max_col=last) if all(one.border.bottom.style for one in row)
    ]
    assert len(ruled) == 10
    foot = [[cell.value for cell in row if cell.value] for row in sheet.iter_rows(min_row=head + 11)]
    assert ["Mengetahui: Kader Posyandu", "Kader Yang Melaporkan"] in foot


@pytest.fixture
def broken_well(town):
    day = date(2026, 11, 3)
    encounter = start_encounter(kind="lain", posyandu=town.post, day=day, by=town.kader)
    asset = add_asset(posyandu=town.post, form="sumur", name="Sumur musala", by=town.kader, on=day)
    save_record(
        encounter=encounter, form="sumur", subject=asset, answers={"kondisi_sumur": "rusak_berat"}, by=town.kader
    )
    return asset


def test_findings_are_listed_once_their_purpose_is_stated_and_logged(town, broken_well):
    asked = get(town.kelurahan, "tickets:finding_list", temuan="sumur_rusak").content.decode()
    assert "Sumur musala" not in asked
    shown = get(town.kelurahan, "tickets:finding_list", temuan="sumur_rusak", tujuan="RKPD 2027").content.decode()
    assert "Sumur musala" in shown
    entry = Entry.objects.unscoped(reason="test").get(verb="unduh", model="record")
    assert entry.reason == "RKPD 2027"
    book = get(town.dpupr, "tickets:finding_list_download", temuan="sumur_rusak", tujuan="RKPD 2027")
    assert "Sumur musala" in cells(book.content)


def test_a_list_that_is_longer_than_the_page_says_so_and_its_workbook_holds_all(town, broken_well, monkeypatch):
    encounter = start_encounter(kind="lain", posyandu=town.post, day=date(2026, 11, 3), by=town.kader)
    second = add_asset(posyandu=town.post, form="sumur", name="Sumur kedua", by=town.kader, on=encounter.date)
    answers = {"kondisi_sumur": "kering"}
    save_record(encounter=encounter, form="sumur", subject=second, answers=answers, by=town.kader)
    monkeypatch.setattr(papers, "SHOWN", 1)
    query = {"temuan": "sumur_rusak", "tujuan": "RKPD"}
    assert "1 dari 2 baris" in get(town.kelurahan, "tickets:finding_list", **query).content.decode()
    book = cells(get(town.kelurahan, "tickets:finding_list_download", **query).content)
    assert "Sumur kedua" in book and "Sumur musala" in book
    monkeypatch.setattr(papers, "MOST_ROWS", 1)
    assert get(town.kelurahan, "tickets:finding_list_download", **query).status_code == 422


def test_a_finding_is_listed_as_long_as_who_or_what_it_is_about_is_there(town, broken_well):
    encounter = start_encounter(kind="lain", posyandu=town.post, day=date(2026, 11, 3), by=town.kader)
    family = factories.household(town.post, "Slamet", rt="07")
    child = factories.resident(town.post, "Anak Putus", age_months=120, family=family)
    gone = factories.resident(town.post, "Anak Pindah", age_months=120, family=family)
    for one in (child, gone):
        answers = {"status_sekolah": "putus_sekolah"}
        save_record(encounter=encounter, form="anak_tidak_sekolah", subject=one, answers=answers, by=town.kader)
    Residency.objects.unscoped(reason="test").filter(resident=gone).update(
        to_date=date(2026, 11, 10), ended="pindah_keluar"
    )
    query = {"temuan": "anak_tidak_sekolah", "tujuan": "RKPD"}
    rows = get(town.kelurahan, "tickets:finding_list", **query).context["table"].rows
    assert [(row[3], row[5]) for row in rows] == [("Anak Putus", "07")]
    retire_asset(asset=broken_well, on=date(2026, 11, 5), because="ditutup", by=town.kader)
    wells = get(town.kelurahan, "tickets:finding_list", temuan="sumur_rusak", tujuan="RKPD").context["table"].rows
    assert wells == []


def test_who_asked_to_stay_unnamed_stands_on_the_register_without_a_name(town, well):
    slamet = factories.resident(town.post, "Slamet Riyadi", sex="L", age_months=500, nik="3375031005840001")
    for field in ("pekerjaan_umum", "perumahan_rakyat", "sosial"):
        ticket = open_ticket(
            posyandu=town.post,
            field=field,
            request_type="lainnya",
            kind="aspirasi",
            reporter_name="Bu Rahasia",
            resident=slamet,
            name_withheld=True,
            by=town.kader,
        )
        book = get(
            town.kader,
            "tickets:register_download",
            town.post.pk,
            field,
            bulan=f"{ticket.received_on:%Y-%m}",
            bentuk="xlsx",
        )
        found = cells(book.content)
        assert "minta dirahasiakan" in found and "Bu Rahasia" not in found and slamet.masked_nik not in found


def test_an_office_sees_findings_of_its_fields_and_nobody_those_of_other_places(town, broken_well):
    other = get(town.dinsos, "tickets:finding_list", temuan="sumur_rusak", tujuan="x").content.decode()
    assert "Sumur musala" not in other
    assert get(town.dinsos, "tickets:finding_list_download", temuan="sumur_rusak", tujuan="x").status_code == 404
    assert get(town.kelurahan, "tickets:finding_list_download", temuan="sumur_rusak").status_code == 422
    assert get(town.kader, "tickets:finding_list").status_code == 403
    far = factories.user("kelurahan", at="33.20.13.2004")
    assert "Sumur musala" not in get(far, "tickets:finding_list", temuan="sumur_rusak", tujuan="x").content.decode()


def test_a_mended_well_is_no_finding_any_more(town, broken_well):
    encounter = start_encounter(kind="lain", posyandu=town.post, day=date(2026, 11, 20), by=town.kader)
    save_record(
        encounter=encounter, form="sumur", subject=broken_well, answers={"kondisi_sumur": "baik"}, by=town.kader
    )
    shown = get(town.kelurahan, "tickets:finding_list", temuan="sumur_rusak", tujuan="RKPD").content.decode()
    assert "Sumur musala" not in shown


def test_aspirations_are_a_list_for_musrenbang_without_names(town):
    ticket = open_ticket(
        posyandu=town.post,
        field="pendidikan",
        request_type="perpustakaan",
        kind="aspirasi",
        description="=1+1 taman baca",
        reporter_name="Bu Warsi",
        by=town.kader,
    )
    year = ticket.received_on.year
    text = get(town.kelurahan, "tickets:aspiration_list", tahun=year).content.decode()
    assert "taman baca" in text
    assert "Warsi" not in text
    found = cells(get(town.kelurahan, "tickets:aspiration_list_download", tahun=year).content)
    assert "=1+1 taman baca" in found
    assert "Bu Warsi" not in found
    assert get(town.kader, "tickets:aspiration_list_download").status_code == 403
