"""reports:period_detail?bagian=…, its PDF and workbook: every figure by place, and nothing that a month hides."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from services.reports.figures import DEFINITIONS, SECTIONS, State
from services.reports.figures.periods import Standing, read_span
from services.reports.models import FrozenFigure, MonthlyReport, MonthMove
from services.reports.monthly import monthly_report
from services.reports.queries.periods import asked_place, period_recap, reports_of, tables_of, tables_recap
from services.reports.renderers.periods.shown import HIDDEN_NOTE, SHORT_NOTE, shown
from services.reports.renderers.periods.wide import MOST_NARROW, columns_of, wide_tables
from tests import factories
from tests.reports.conftest import MONTH, child, hold
from tests.reports.test_periods import AUGUST, SEPTEMBER, freeze

SUBDISTRICT, VILLAGE = "33.75.03", "33.75.03.1003"
SRQ, FORMS = "kesehatan.srq20.jumlah", "kesehatan.kartu_balita.jumlah"


@pytest.fixture
def year(world):
    """Two kelurahan of a kecamatan with August, September and October final at both."""
    for post, by in ((world.a, world.kader), (world.near, world.kader_near)):
        for month in (AUGUST, SEPTEMBER, MONTH):
            hold(post, by, day=month.replace(day=13), people=[child(post, f"Anak {month.month}")])
            freeze(post, month, by)
    return world


def put(post, month, **values):
    """Frozen figures of a post-month as if so many had been counted."""
    report = MonthlyReport.objects.unscoped(reason="test").get(posyandu=post, month=month, is_latest=True)
    for name, value in values.items():
        rows = FrozenFigure.objects.unscoped(reason="test").filter(report=report, key=name.replace("__", "."))
        assert rows.update(value=value, state="ada", denominator=None) == 1, name


def ask(code, span="2026-s2"):
    return asked_place(code, read_span(span), scope=None)


def tables(code, span="2026-s2", **more):
    return tables_recap(ask(code, span), **more)


def test_every_figure_of_the_parts_adds_up_to_the_whole(year):
    for code in (SUBDISTRICT, VILLAGE):
        found = tables(code)
        for definition in DEFINITIONS:
            whole = found.figures[definition.key]
            values = [part.figures[definition.key] for part in found.parts]
            if definition.adds and State.DISGUISED not in {whole.state, *(each.state for each in values)}:
                known = [each.value for each in values if each.is_known]
                assert whole.value == (sum(known) if known else None), definition.key
    below = {part.place.code: part.figures for part in tables(SUBDISTRICT).parts}
    assert below[VILLAGE] == tables(VILLAGE).figures


def test_one_section_and_the_headlines_say_what_the_whole_says(year):
    whole = tables(SUBDISTRICT)
    headlines = period_recap(SUBDISTRICT, read_span("2026-s2"), scope=None)
    assert headlines.figures == {key: whole.figures[key] for key in headlines.figures}
    assert [part.standing for part in headlines.parts] == [part.standing for part in whole.parts]
    put(year.a, MONTH, kesehatan__srq20__jumlah=3)
    whole = tables(SUBDISTRICT)
    assert hidden(whole.figures)
    for section in SECTIONS:
        found = tables(SUBDISTRICT, section=section)
        for key in {key for table in section.tables for key in table.keys}:
            assert found.figures[key] == whole.figures[key]
            assert [part.figures[key] for part in found.parts] == [part.figures[key] for part in whole.parts]


def told(figures):
    return {key: (each.state, each.value, each.denominator if each.is_known else None) for key, each in figures.items()}


def test_a_month_shows_and_hides_what_the_report_of_that_month_does(year):
    put(year.a, MONTH, kesehatan__srq20__jumlah=3, kunjungan_rumah__tbc__dikunjungi=2)
    put(year.near, MONTH, kesehatan__srq20__jumlah=9, kunjungan_rumah__tbc__dikunjungi=40)
    for code in (SUBDISTRICT, "33.75"):
        report = monthly_report(code, MONTH, scope=None)
        found = dict(tables_of(ask(code)).months())[MONTH]
        assert told(found.whole) == told(report.figures)
        assert {part.place.code: told(part.figures) for part in report.parts} == {
            part: told(figures) for part, figures in found.parts.items()
        }
    assert found.whole[SRQ].value == 12


def hidden(figures, key=SRQ):
    return figures[key].state is State.DISGUISED


def test_the_sum_of_months_never_shows_the_one_month_that_is_hidden(year):
    for post, numbers in ((year.a, (9, 8, 2)), (year.near, (9, 6, 20))):
        for month, number in zip((AUGUST, SEPTEMBER, MONTH), numbers, strict=True):
            put(post, month, kesehatan__srq20__jumlah=number)
    found = tables(SUBDISTRICT)
    assert [hidden(part.figures) for part in found.parts] == [True, True]  # 19 - 9 - 8 would be 2, and 54 - 35 19
    assert found.figures[SRQ].value == 54
    shown = tables(SUBDISTRICT, "2026-08")
    assert [part.figures[SRQ].value for part in shown.parts] == [9, 9]


def test_what_is_shown_over_the_months_is_the_sum_of_months_that_are_shown(year):
    for number, (post, month) in enumerate(
        (post, month) for post in (year.a, year.near) for month in (AUGUST, SEPTEMBER, MONTH)
    ):
        put(post, month, kesehatan__srq20__jumlah=number, kesehatan__odgj__jumlah=2 * number, sosial__semua__isian=1)
    asked = tables_of(ask(SUBDISTRICT))
    months = [table for _, table in asked.months()]
    total = asked.total()
    for part in asked.places:
        for definition in DEFINITIONS:
            over = total.parts[part][definition.key]
            each = [table.parts[part][definition.key] for table in months]
            if State.DISGUISED in {one.state for one in each}:
                assert not over.is_known, definition.key
            elif definition.adds and not definition.stock and over.is_known:
                assert over.value == sum(one.value or 0 for one in each), definition.key
    assert any(hidden(figures) for figures in total.parts.values())


def test_small_counts_of_a_village_are_for_those_who_see_names_there(year):
    put(year.a, MONTH, kesehatan__srq20__jumlah=3)
    assert tables(VILLAGE).figures[SRQ].value == 3
    assert hidden(tables(VILLAGE, from_above=True).figures)
    lurah = factories.user("lurah", at=VILLAGE)
    where = reverse("reports:period_download", args=[VILLAGE, "2026-s2", "xlsx"])
    for person, value in ((lurah, 3), (year.officer, "disamarkan")):
        book = load_workbook(io.BytesIO(factories.client_for(person).get(where).content), read_only=True)
        rows = list(book["Bidang Kesehatan"].iter_rows(values_only=True))
        assert [row[rows[0].index(SRQ)] for row in rows[4:]] == [value, value]
    where = reverse("reports:period_detail", args=[year.a.path, "2026-s2"])
    assert HIDDEN_NOTE not in factories.client_for(year.kader).get(where).content.decode()
    assert HIDDEN_NOTE in factories.client_for(year.officer).get(where).content.decode()


def test_completeness_says_who_was_in_time_who_late_and_who_is_missing(year):
    zone = ZoneInfo("Asia/Jakarta")
    sent = {AUGUST: datetime(2026, 9, 5, 23, 59, tzinfo=zone), SEPTEMBER: datetime(2026, 10, 6, 0, 0, tzinfo=zone)}
    for month, at in sent.items():
        period = year.a.periods.get(month=month)
        for moment in (at, at + timedelta(days=9)):  # given back and sent again: the first sending counts
            MonthMove.objects.create(
                period=period, from_state="draf", to_state="diajukan", level="posyandu", by=year.kader, at=moment
            )
    year.near.registration_number = "33.75.03.1004.001"
    year.near.save(update_fields=["registration_number"])
    year.near.periods.filter(month=MONTH).update(state="dikembalikan")
    own, near = (part.standing for part in tables(SUBDISTRICT).parts)
    assert own == Standing(owing=4, on_time=1, late=2, counted=3, final=3, fields=own.fields, posts=1)
    assert (own.missing, own.of_fields) == (1, 18)
    assert (near.late, near.missing, near.counted, near.registered) == (2, 2, 2, 1)
    found = period_recap(SUBDISTRICT, read_span("2026-s2"), scope=None)
    assert found.standing == own + near


def test_a_post_that_closed_after_it_sent_is_not_more_than_all(year):
    year.a.state = "tidak_aktif"
    year.a.save(update_fields=["state"])
    for part in tables(SUBDISTRICT).parts:
        assert part.counted <= part.owing


def test_the_queries_are_the_same_few_for_a_month_and_a_year_a_village_and_a_city(year):
    def queries(code, span, section=None):
        with CaptureQueriesContext(connection) as found:
            tables(code, span, section=section)
        return len(found)

    counts = {queries(code, span) for code in ("33.75", SUBDISTRICT) for span in ("2026", "2026-s2", "2026-10")}
    assert len(counts) == 1 and max(counts) <= 11
    assert queries(SUBDISTRICT, "2026", SECTIONS[4]) in counts
    assert queries(VILLAGE, "2026") <= max(counts)
    with CaptureQueriesContext(connection) as found:
        reports_of(ask(SUBDISTRICT, "2026"))
    assert len(found) <= 6


def test_every_figure_is_in_a_column_or_said_to_be_silent(year):
    found = tables(SUBDISTRICT)
    for section in SECTIONS:
        pieces = list(wide_tables(section, found))
        assert all(len(piece.headers) <= MOST_NARROW for piece in pieces)
        assert all(len(line.texts) == len(piece.headers) for piece in pieces for line in piece.lines)
        assert all(sum(width for _, width in piece.headings) in (0, len(piece.headers)) for piece in pieces)
        for table in section.tables:
            mine = [piece for piece in pieces if piece.title.split(" (lanjutan")[0] == table.title]
            words = " ".join(labels for piece in mine for _, labels in piece.silent)
            for column in columns_of(table):
                heads = {text for piece in mine for text, _ in piece.headings}
                in_column = any(column.header in piece.headers for piece in mine)
                assert in_column or column.header in words or (column.heading in words), (column, words)
                assert not in_column or not column.heading or column.heading in heads or column.heading in words


def test_the_workbook_has_a_sheet_for_each_section_and_says_what_the_recap_says(year):
    where = reverse("reports:period_download", args=[SUBDISTRICT, "2026-s2", "xlsx"])
    answer = factories.client_for(year.officer).get(where)
    book = load_workbook(io.BytesIO(answer.content), read_only=True)
    titles = [section.title for section in SECTIONS]
    assert book.sheetnames == ["Keterangan", "Bulan", "Kelengkapan", "Tempat", *titles, "Semua angka"]
    found, seen = tables(SUBDISTRICT), set()
    for title in titles:
        rows = list(book[title].iter_rows(values_only=True))
        assert [row[0] for row in rows[4:]] == ["Kandang Panjang", "Panjang Wetan", "Seluruhnya"]
        assert [row[2:4] for row in rows[4:]] == [(3, 4), (3, 4), (6, 8)]
        for column, key in enumerate(rows[0]):
            if key:
                seen.add(key)
                for row, figures in zip(
                    rows[4:], [*(part.figures for part in found.parts), found.figures], strict=True
                ):
                    if figures[key].is_known:
                        assert float(row[column]) == float(figures[key].value), key
                    else:
                        assert isinstance(row[column], str), key
    assert seen == {each.key for each in DEFINITIONS}
    standing = list(book["Kelengkapan"].iter_rows(values_only=True))
    assert dict(zip(standing[0], standing[-1], strict=True))["Laporan terhitung"] == 6


def test_the_paper_has_the_sections_by_place(year):
    where = reverse("reports:period_download", args=[SUBDISTRICT, "2026-s2", "pdf"])
    answer = factories.client_for(year.officer).get(where)
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert "/StructTreeRoot" in paper.Root
        assert len(paper.pages) > 3


def test_a_section_is_one_tap_from_the_page(year):
    client = factories.client_for(year.officer)
    where = reverse("reports:period_detail", args=[SUBDISTRICT, "2026-s2"])
    page = client.get(where).content.decode()
    assert f"{where}?bagian=kunjungan_rumah" in page.replace("&amp;", "&")
    assert "Punya nomor registrasi" in page
    section = client.get(where, {"bagian": "kesehatan"}).content.decode()
    assert "Sasaran dan kehadiran" in section and "Kandang Panjang" in section and "3 dari 4" in section
    assert client.get(where, {"bagian": "x"}).status_code == 200
    post = reverse("reports:period_detail", args=[year.a.path, "2026-s2"])
    assert "?bagian=" not in client.get(post).content.decode()


def test_a_month_that_nobody_sent_and_a_year_ahead_have_no_figures(world):
    found = tables(SUBDISTRICT, "2026-s1")
    assert found.standing == Standing(owing=12, posts=2)
    assert not any(each.is_known for each in found.figures.values())
    assert date(2026, 1, 1) in found.missing


def test_where_there_are_many_places_paper_has_what_must_be_by_place_and_the_rest_of_the_whole(year):
    found = tables(SUBDISTRICT)
    everything, short = shown(found), shown(found, most_cells=10)
    assert not any(chapter.tables for chapter in everything.chapters)
    assert SHORT_NOTE in short.remarks and SHORT_NOTE not in everything.remarks
    by_place = {piece.title.split(" (lanjutan")[0] for chapter in short.chapters for piece in chapter.wide}
    assert by_place >= {"Sasaran dan kehadiran", "Laporan warga menurut bidang", "Isian menurut bidang"}
    whole = {table.title for chapter in short.chapters for table in chapter.tables}
    assert by_place & whole == {"Kunjungan rumah yang perlu menurut alasan"}
    assert by_place | whole >= {table.title for section in SECTIONS for table in section.tables}
