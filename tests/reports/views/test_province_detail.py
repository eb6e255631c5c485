"""reports:province_detail, reports:province_download: a kab/kota's months and their sum as one workbook."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from services.areas.models import Area
from services.audit.models import Entry
from services.posyandu.models import AreaMembership, Posyandu
from services.reports.figures import DEFINITIONS
from services.reports.figures.periods import read_span
from services.reports.models import Bundle, MonthlyReport
from services.reports.queries.periods import asked_place, tables_of, tables_recap
from services.reports.renderers.periods import province_book
from services.web import jobs
from services.web.models import Job
from tests import factories
from tests.reports.conftest import MONTH, child, hold
from tests.reports.test_period_tables import put
from tests.reports.test_periods import AUGUST, freeze

DISTRICT = "33.75"
FIRST_ROW = 6


def south():
    """A posyandu in another kecamatan of the kota."""
    for code, name, level, kind in (
        ("33.75.01", "Contoh Selatan", "kecamatan", "kecamatan"),
        ("33.75.01.1001", "Contoh Dua", "desa", "kelurahan"),
    ):
        Area.objects.create(code=code, name=name, level=level, kind=kind, parent_id=code.rpartition(".")[0])
    path = "33.75.01.1001.1"
    post = Posyandu.objects.create(area_id=path[:13], name="Kenanga", serial=1, path=path, live_from=date(2025, 1, 1))
    AreaMembership.objects.create(posyandu=post, area_id=path[:13], path=path, from_date=factories.LONG_AGO)
    return post


@pytest.fixture
def city(world):
    """Two kecamatan of a kota: August final at one, October final at one and only sent at the other."""
    world.kota = factories.user("kota", at=DISTRICT)
    world.south = south()
    kader = factories.user("kader", at=world.south)
    for post, by, months in ((world.a, world.kader, (AUGUST, MONTH)), (world.south, kader, (MONTH,))):
        for month in months:
            hold(post, by, day=month.replace(day=13), people=[child(post, f"Anak {month.month}")])
            freeze(post, month, by)
    freeze(world.south, MONTH, kader, state="diajukan", version=None)
    return world


def url(name="province_detail", place=DISTRICT, span="2026-s2"):
    return reverse(f"reports:{name}", args=[place, span])


def make(city, capture, span="2026-s2"):
    client = factories.client_for(city.kota)
    page = client.get(url(span=span))
    sent = {"submission_key": page.context["submission_key"], "expected": page.context["form"]["expected"].value()}
    with capture(execute=True):
        answer = client.post(url(span=span), sent)
    return client, answer


def book_of(client, span="2026-s2"):
    answer = client.get(url("province_download", span=span))
    assert f"rekap-provinsi-{span}-kota-pekalongan.xlsx" in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def by_key(rows):
    """Code of a place → key → cell of a month's sheet."""
    return {row[0]: dict(zip(rows[1], row, strict=False)) for row in rows[FIRST_ROW:]}


def test_it_has_a_sheet_a_month_and_their_sum_with_every_figure(city, django_capture_on_commit_callbacks):
    client, answer = make(city, django_capture_on_commit_callbacks)
    job = Job.objects.get()
    assert answer["Location"] == reverse("web:job_detail", args=[job.pk])
    assert (job.state, job.message) == ("selesai", "3 laporan dijumlah. 9 belum ada.")
    book = book_of(client)
    months = ["Juli 2026", "Agustus 2026", "September 2026", "Oktober 2026"]
    assert list(book) == ["Keterangan", "Ringkasan", *months, "Jumlah", "Laporan", "Kunci"]
    recap = tables_recap(asked_place(DISTRICT, read_span("2026-s2"), scope=None))
    total = by_key(book["Jumlah"])
    assert list(total) == [*(part.place.code for part in recap.parts), DISTRICT]
    for code, figures in [*((part.place.code, part.figures) for part in recap.parts), (DISTRICT, recap.figures)]:
        for definition in DEFINITIONS:
            cell, figure = total[code][definition.key], figures[definition.key]
            assert float(cell) == float(figure.value) if figure.is_known else isinstance(cell, str), definition.key
    held = "hari_buka.semua.terlaksana"
    sums = [by_key(book[month])[DISTRICT].get(held) for month in months]
    assert sums == [None, 1, None, 2] and total[DISTRICT][held] == 3
    october = {row[1]: row[2:9] for row in book["Oktober 2026"][FIRST_ROW:]}
    assert october["Jumlah"] == (3, 3, 0, 2, 1, 2, 1)  # posts, owed, in time, late, missing, counted, final


def test_the_notes_name_sources_versions_completeness_and_hash(city, django_capture_on_commit_callbacks):
    client, _ = make(city, django_capture_on_commit_callbacks)
    book = book_of(client)
    notes = {row[0]: row[1:] for row in book["Keterangan"]}
    assert notes["Laporan terhitung"][:3] == (3, "dari", 12)
    assert notes["Laporan yang sudah final (bernomor versi)"][0] == 2
    kept = Bundle.objects.unscoped(reason="test").get()
    key = next(row for name, row in notes.items() if name and name.startswith("Sidik isi"))[0]
    assert (key, kept.inside, kept.missing) == (kept.contents, 3, 9)
    assert notes["Oktober 2026"][1:7] == (3, 0, 2, 1, 2, 1)
    listed = {(row[0], row[1]): row[3:] for row in book["Laporan"][1:]}
    reports = MonthlyReport.objects.unscoped(reason="test").filter(is_latest=True)
    assert {row[-1] for row in listed.values() if row[-1]} == set(reports.values_list("sha256", flat=True))
    assert listed["Oktober 2026", city.south.path][:2] == ("dikirim", "belum final")
    assert listed["Agustus 2026", city.a.path][:2] == ("final", "versi 1")
    assert listed["Juli 2026", city.a.path][0] == "belum dikirim"


def test_it_is_kept_and_taken_away_with_a_note_until_a_report_changes(city, django_capture_on_commit_callbacks):
    client, _ = make(city, django_capture_on_commit_callbacks)
    assert "terbaru" in client.get(url()).content.decode()
    assert client.get(url("province_download")).content == client.get(url("province_download")).content
    taken = Entry.objects.unscoped(reason="test").filter(verb=Entry.Verb.DOWNLOAD)
    assert [(each.place, each.user_id) for each in taken] == [(DISTRICT, city.kota.pk)] * 2
    freeze(city.a, MONTH, city.kader, version=2)
    assert "ada yang lebih baru" in client.get(url()).content.decode()
    make(city, django_capture_on_commit_callbacks)
    assert Bundle.objects.unscoped(reason="test").count() == 1
    assert "terbaru" in client.get(url()).content.decode()


def test_one_month_has_one_sheet_and_a_month_hides_what_its_sum_would_show(city, django_capture_on_commit_callbacks):
    put(city.a, AUGUST, kesehatan__srq20__jumlah=9)
    put(city.a, MONTH, kesehatan__srq20__jumlah=2)
    put(city.south, MONTH, kesehatan__srq20__jumlah=8)
    client, _ = make(city, django_capture_on_commit_callbacks)
    book, key = book_of(client), "kesehatan.srq20.jumlah"
    assert {code: row[key] for code, row in by_key(book["Oktober 2026"]).items()} == {
        "33.75.01": "disamarkan",
        "33.75.03": "disamarkan",
        DISTRICT: 10,
    }
    assert by_key(book["Agustus 2026"])["33.75.03"][key] == 9
    assert by_key(book["Jumlah"])["33.75.03"][key] == "disamarkan"
    make(city, django_capture_on_commit_callbacks, "2026-10")
    assert list(book_of(client, "2026-10")) == ["Keterangan", "Ringkasan", "Oktober 2026", "Laporan", "Kunci"]


def test_a_month_before_anybody_began_has_no_sheet(city, django_capture_on_commit_callbacks):
    Posyandu.objects.unscoped(reason="test").update(live_from=AUGUST)
    client, _ = make(city, django_capture_on_commit_callbacks, "2026")
    months = ["Agustus 2026", "September 2026", "Oktober 2026"]
    assert list(book_of(client, "2026")) == ["Keterangan", "Ringkasan", *months, "Jumlah", "Laporan", "Kunci"]


def test_only_the_kota_makes_it_and_only_of_itself(city):
    page = factories.client_for(city.kota).get(reverse("reports:period_detail", args=[DISTRICT, "2026"]))
    assert url(span="2026") in page.content.decode()
    listed = factories.client_for(city.kota).get(reverse("reports:report_list")).content.decode()
    assert url(span="2026") in listed
    assert factories.client_for(city.officer).get(url()).status_code == 403
    kota = factories.client_for(city.kota)
    for place, span in (("33.26", "2026"), ("33.75.03", "2026"), (DISTRICT, "2027"), (DISTRICT, "x")):
        assert kota.get(url(place=place, span=span)).status_code == 404
    assert kota.get(url("province_download")).status_code == 404  # none was made


def test_a_running_job_is_not_started_again(city, django_capture_on_commit_callbacks):
    running = jobs.start_job(by=city.kota, title="Rekap", location=url())
    page = factories.client_for(city.kota).get(url()).content.decode()
    assert reverse("web:job_detail", args=[running.pk]) in page and "Buat rekap dari" not in page
    assert not Bundle.objects.unscoped(reason="test").exists()


def test_a_year_takes_no_more_queries_than_a_month_and_a_month_at_a_time(city):
    def queries(span):
        told = []
        with CaptureQueriesContext(connection) as found:
            tables = tables_of(asked_place(DISTRICT, read_span(span), scope=None))
            province_book(tables, "0" * 64, lambda: told.append(span))
        return len(found), len(told)

    (year, months), (month, one) = queries("2026"), queries("2026-10")
    assert year == month <= 11
    assert (months, one) == (2, 1)
    tables = tables_of(asked_place(DISTRICT, read_span("2026"), scope=None))
    first = next(tables.months())
    assert first[0] == date(2026, 8, 1) == AUGUST
