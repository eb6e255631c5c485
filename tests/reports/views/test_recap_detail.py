"""reports:recap_detail, reports:recap_download and reports:paper_recap_edit: a row a month, and paper apart."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from services.audit.models import Entry
from services.posyandu.models import Period
from services.reports.actions import freeze_report, save_paper_recap
from services.reports.models import PaperRecap
from services.reports.monthly import monthly_report
from services.reports.queries import my_facilities, recap_of_year
from services.web.refusals import Refusal
from tests import factories
from tests.factories import client_for
from tests.reports.conftest import MONTH, NOW, child, fill, hold

YOUNG = "rekap_bayi_balita_apras"


def url(name, place, *more):
    return reverse(f"reports:{name}", args=[getattr(place, "path", place), *more])


def lines_of(place, scope):
    return recap_of_year(getattr(place, "path", place), 2026, scope=scope, names=scope)[1]


def cells(line, form=YOUNG):
    from services.reports.figures.recaps import RECAPS

    recap = next(each for each in RECAPS if each.key == form)
    return {column.key: cell.value for column, cell in zip(recap.columns, line.cells[form], strict=True)}


@pytest.fixture
def paper(world):
    """A third post of the same kelurahan that starts in 2027, and its lurah."""
    post = factories.posyandu("Contoh Kertas", "33.75.03.1003", live_from=None)
    return post, factories.user("lurah", at="33.75.03.1003")


def test_there_are_twelve_rows_and_each_month_its_own(world):
    for day in (MONTH.replace(month=9, day=8), MONTH.replace(day=13)):
        hold(world.a, world.kader, day=day, people=[child(world.a, f"Anak {day}")])
    page = client_for(world.kader).get(url("recap_detail", world.a, 2026)).content.decode()
    for month in ("Januari 2026", "September 2026", "Desember 2026"):
        assert page.count(month) >= 4
    assert "Anak 2026" not in page
    assert "Rekap bulanan 2026" in page  # a year is no number with a point


def test_a_year_that_lies_ahead_and_a_strangers_place_are_404(world):
    browser = client_for(world.kader)
    for place, year in ((world.a, 2027), (world.near, 2026), ("33.75", 2026)):
        assert browser.get(url("recap_detail", place, year)).status_code == 404


def test_the_number_of_queries_of_a_frozen_year_does_not_grow(world, django_assert_max_num_queries):
    officer = client_for(world.officer)
    with django_assert_max_num_queries(25):
        officer.get(url("recap_detail", "33.75.03", 2026))


def test_a_sent_month_counts_as_it_was_frozen_until_it_is_returned(world):
    hold(world.a, world.kader, people=[child(world.a)])
    freeze_report(report=monthly_report(world.a.path, MONTH, scope=None), by=world.kader)
    period, _ = Period.objects.unscoped(reason="test").get_or_create(
        posyandu=world.a, month=MONTH, defaults={"state": Period.State.SUBMITTED}
    )
    child(world.a, "Budi")
    scope = client_scope(world.kader)
    assert cells(lines_of(world.a, scope)[9])["jml_balita_apras"] == 1
    Period.objects.unscoped(reason="test").filter(pk=period.pk).update(state=Period.State.RETURNED)
    assert cells(lines_of(world.a, scope)[9])["jml_balita_apras"] == 2


def client_scope(person):
    from services.accounts.queries import access_of

    return access_of(person).scope("lihat_laporan")


def test_above_the_village_frozen_months_of_posts_are_added(world):
    for post, kader, number in ((world.a, world.kader, 2), (world.near, world.kader_near, 3)):
        hold(post, kader, people=[child(post, f"Anak {each}") for each in range(number)])
        freeze_report(report=monthly_report(post.path, MONTH, scope=None), by=kader)
    months = Period.objects.unscoped(reason="test").filter(month=MONTH)
    months.update(state=Period.State.RETURNED)
    assert lines_of("33.75.03", client_scope(world.officer))[9].note == "belum ada yang mengirim"
    for state, note in ((Period.State.SUBMITTED, "2 posyandu, sementara"), (Period.State.FINAL, "2 posyandu")):
        months.update(state=state)
        lines = lines_of("33.75.03", client_scope(world.officer))
        assert (lines[9].note, cells(lines[9])["datang_balita"]) == (note, 5)
    assert lines[8].note == "belum ada yang mengirim"


def test_the_annex_and_the_workbook_say_the_same_and_are_logged(world):
    day = hold(world.a, world.kader, people=[child(world.a)])
    fill(day, "kartu_balita", child(world.a, "Budi"), {"bb_kg": 11, "lila_cm": 14}, world.kader)
    browser = client_for(world.kader)
    book = browser.get(url("recap_download", world.a, 2026, "xlsx"))
    sheet = openpyxl.load_workbook(BytesIO(book.content)).worksheets[1]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 13
    assert dict(zip(rows[0], rows[10], strict=True))["LiLA: Normal"] == 1
    annex = browser.get(url("recap_download", world.a, 2026, "pdf"))
    assert annex.content.startswith(b"%PDF")
    assert "rekap-2026-kencana-ungu.pdf" in annex["Content-Disposition"]
    assert Entry.objects.unscoped(reason="test").filter(verb=Entry.Verb.DOWNLOAD).count() == 2
    assert browser.get(url("recap_download", world.a, 2026, "csv")).status_code == 404


def type_recap(person, post, month="2026-10", **values):
    from services.web.submissions import FIELD, new_key

    where = url("paper_recap_edit", post, month)
    data = {f"{YOUNG}__{key}": value for key, value in values.items()}
    return client_for(person).post(where, {FIELD: new_key(person), **data})


def test_the_kelurahan_types_a_posts_paper_and_it_stands_apart(world, paper):
    post, lurah = paper
    hold(world.a, world.kader, people=[child(world.a)])
    assert type_recap(lurah, post, jml_balita_apras=40, datang_balita=31).status_code == 302
    lines = lines_of("33.75.03.1003", client_scope(lurah))
    october = [line for line in lines if line.label == "Oktober 2026"]
    assert [(line.from_paper, cells(line)["datang_balita"]) for line in october] == [(False, 1), (True, 31)]
    assert october[1].note == "dari kertas, 1 posyandu"
    assert cells(october[1])["bb_naik"] is None
    page = client_for(lurah).get(url("recap_detail", "33.75.03.1003", 2026)).content.decode()
    assert "dari kertas, 1 posyandu" in page


def test_typing_again_changes_the_same_recap(world, paper):
    post, lurah = paper
    type_recap(lurah, post, datang_balita=31)
    type_recap(lurah, post, datang_balita=32)
    row = PaperRecap.objects.unscoped(reason="test").get()
    assert row.values == {YOUNG: {"datang_balita": 32}}
    assert row.typed_by == lurah
    shown = client_for(lurah).get(url("paper_recap_edit", post, "2026-10")).content.decode()
    assert re.search(r'value="32"', shown)


@pytest.mark.parametrize("value", ["-1", "tiga", "100000", "1.5"])
def test_what_is_no_count_is_422(world, paper, value):
    post, lurah = paper
    assert type_recap(lurah, post, datang_balita=value).status_code == 422
    assert not PaperRecap.objects.unscoped(reason="test").exists()


def test_a_live_post_is_never_typed(world, paper):
    _, lurah = paper
    assert type_recap(lurah, world.a, datang_balita=3).status_code == 409
    with pytest.raises(Refusal):
        save_paper_recap(posyandu=world.a, month=MONTH, values={}, by=lurah, today=NOW.date())


def test_paper_of_a_post_counts_only_until_it_is_live(world, paper):
    post, lurah = paper
    type_recap(lurah, post, datang_balita=31)
    post.live_from = MONTH
    post.save(update_fields=["live_from"])
    assert not [line for line in lines_of("33.75.03.1003", client_scope(lurah)) if line.from_paper]


def test_a_month_ahead_or_no_month_is_refused(world, paper):
    post, lurah = paper
    assert type_recap(lurah, post, month="2026-12", datang_balita=1).status_code == 409
    assert client_for(lurah).get(url("paper_recap_edit", post, "oktober")).status_code == 404


def test_a_kader_does_not_type_and_another_village_is_not_there(world, paper):
    post, _ = paper
    other = factories.user("lurah", at="33.75.03.1004")
    assert client_for(world.kader).get(url("paper_recap_edit", world.a, "2024-12")).status_code == 403
    assert client_for(other).get(url("paper_recap_edit", post, "2026-10")).status_code == 404


def test_small_sensitive_counts_of_paper_are_hidden_above_the_village(world, paper):
    post, lurah = paper
    form = "rekap_dewasa_lansia"
    typed = {form: {"jiwa_q17_ya": 2, "imt_normal": 2}}
    save_paper_recap(posyandu=post, month=MONTH, values=typed, by=lurah, today=NOW.date())
    line = next(line for line in lines_of("33.75.03", client_scope(world.officer)) if line.from_paper)
    assert (cells(line, form)["jiwa_q17_ya"], cells(line, form)["imt_normal"]) == (None, 2)


def test_facilities_are_listed_only_where_all_their_posts_are_seen(world):
    from services.posyandu.models import Facility

    facility = Facility.objects.create(name="Kusuma Bangsa", area_id="33.75")
    for post in (world.a, world.near):
        post.facility = facility
        post.save(update_fields=["facility"])
    assert my_facilities(client_scope(world.kader)) == ()
    assert my_facilities(client_scope(world.officer)) == (facility,)
