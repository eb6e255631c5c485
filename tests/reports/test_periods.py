"""reports:period_detail, reports:period_download and the same of a puskesmas: months are put together by one rule."""

import io
from datetime import date
from decimal import Decimal

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from services.accounts.models import Assignment
from services.posyandu.models import Facility
from services.reports.actions import freeze_report, submit_month
from services.reports.figures import DEFINITIONS, State
from services.reports.figures.catalogue import BY_KEY
from services.reports.figures.periods import HEADLINES, MonthFigures, closure, is_stock, over_months, read_span
from services.reports.figures.summing import Frozen, FrozenSum, summed_figures
from services.reports.monthly import counted_report, monthly_report
from services.reports.queries.periods import period_recap
from tests import factories
from tests.reports.conftest import MONTH, child, hold

AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)
S, K, D, SHARE = "kesehatan.balita.s", "kesehatan.balita.k", "kesehatan.balita.d", "kesehatan.balita.d_per_s"
HELD, MEDIAN = "hari_buka.semua.terlaksana", "kunjungan_rumah.semua.median_hari"


def month_of(keys, sums, spans=None):
    """A month of a place in which these figures add up to these values; None is "belum didata"."""
    frozen = Frozen()
    for key, value in sums.items():
        frozen.add(key, FrozenSum(value) if value is not None else FrozenSum(is_asked=True))
    return MonthFigures(summed_figures(closure(keys), frozen, owes=False), spans or {})


def weighed(weighed_children, under_fives):
    """A month of SKDN; None is a month in which nobody was weighed."""
    return month_of([SHARE], {S: under_fives, D: weighed_children})


@pytest.mark.parametrize(
    ("key", "months", "expected"),
    [
        (HELD, [1, 1, 2], 4),  # a flow is summed
        (HELD, [1, None, 2], 3),  # an unknown month adds nothing
        (HELD, [None, None], None),
        ("kependudukan.warga.jumlah", [240, 242, 239], 239),  # a stock is that of the last month
        ("kelembagaan.kader.jumlah", [5, 4], 4),
        ("laporan_warga.semua.baru", [3, 2], 5),
        ("laporan_warga.semua.proses", [3, 2], 2),  # what waits in two months is not two
        ("kesehatan.balita.k", [17, 18], 18),
        ("kesehatan.balita.sasaran", [19, 21], 21),
    ],
)
def test_flows_are_summed_and_stocks_take_the_last_month(key, months, expected):
    found = {date(2026, number, 1): month_of([key], {key: value}) for number, value in enumerate(months, start=1)}
    over = over_months(closure([key]), found, found[max(found)].figures)[key]
    assert (over.value, over.is_known) == (expected, expected is not None)


def test_a_percentage_has_its_own_summed_numerator_and_denominator():
    months = {AUGUST: weighed(10, 20), SEPTEMBER: weighed(30, 30), MONTH: weighed(None, 50)}
    over = over_months(closure([SHARE]), months, months[MONTH].figures)
    assert (over[SHARE].value, over[SHARE].denominator) == (Decimal("80.0"), 50)  # 40 of 50, not (50 + 100) / 2
    assert (over[S].value, over[D].value) == (50, 40)


def test_a_share_of_what_there_is_takes_the_last_month():
    share = "kesehatan.balita.k_per_s"
    months = {month: month_of([share], {K: k, S: 10}) for month, k in ((AUGUST, 5), (MONTH, 9))}
    assert over_months(closure([share]), months, months[MONTH].figures)[share].value == 90


def test_a_median_is_that_of_all_values_of_all_months_and_never_of_the_medians():
    name = BY_KEY[MEDIAN].median
    months = {AUGUST: month_of([MEDIAN], {}, {name: {2: 5}}), MONTH: month_of([MEDIAN], {}, {name: {9: 1, 12: 1}})}
    over = over_months([BY_KEY[MEDIAN]], months, {})[MEDIAN]
    assert (over.value, over.denominator) == (2, 7)
    nothing = over_months([BY_KEY[MEDIAN]], {AUGUST: month_of([MEDIAN], {MEDIAN: None})}, {})[MEDIAN]
    assert nothing.state == State.NOT_RECORDED


def test_every_figure_declares_whether_it_is_a_stock():
    """What is counted "on the last day of the month" is there, and not happening; few others are, and named here."""
    others = {
        "kelembagaan.posyandu.jumlah",
        "kelembagaan.posyandu.melapor",
        "kelembagaan.posyandu.terkirim",
    }
    for each in DEFINITIONS:
        said = each.sentence.split(" Umur ")[0]
        if not each.adds or each.key in others or (each.out_of.endswith(".s") and each.key.endswith(".k")):
            continue
        assert each.stock == ("pada hari terakhir bulan ini" in said), each.key
    assert all(BY_KEY[key].stock for key in others)
    assert all(BY_KEY[f"{group}.{letter}"].stock for group in ("kesehatan.balita", "skdn.0_5_l") for letter in "sk")
    assert not any(is_stock(BY_KEY[key]) for key in (D, SHARE, HELD, "kesehatan.balita.tidak_hadir"))


def test_no_headline_is_sensitive():
    """They stand beside places of which only aggregates are seen."""
    assert not any(BY_KEY[key].sensitive for _, key in HEADLINES)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [("2026", 1, 12), ("2026-s1", 1, 6), ("2026-s2", 7, 12), ("2026-02", 2, 2)],
)
def test_a_span_is_a_year_a_half_or_a_month(code, first, last):
    months = read_span(code).months
    assert (months[0].month, months[-1].month, len(months)) == (first, last, last - first + 1)


@pytest.mark.parametrize("code", ["", "26", "2026-s3", "2026-13", "2026-00", "2026-1", "2026-s1x"])
def test_anything_else_is_no_span(code):
    with pytest.raises(ValueError, match="tidak dikenal"):
        read_span(code)


def freeze(post, month, by, *, state="final", version=1):
    """A frozen month as the moves leave it."""
    post.periods.update_or_create(month=month, defaults={"state": "diajukan"})
    row = freeze_report(
        report=counted_report(post.path, month, scope=None), by=by, version=version, posyandu_id=post.pk
    )
    post.periods.filter(month=month).update(state=state)
    return row


@pytest.fixture
def year(world):
    """Two posts of a kecamatan: August and October final at both, September at one of them."""
    for post, by, months in (
        (world.a, world.kader, (AUGUST, SEPTEMBER, MONTH)),
        (world.near, world.kader_near, (AUGUST, MONTH)),
    ):
        for number, month in enumerate(months):
            hold(post, by, day=month.replace(day=13), people=[child(post, f"Anak {number}")])
        for month in months:
            freeze(post, month, by)
    return world


def recap(code, span="2026-s2"):
    return period_recap(code, read_span(span), scope=None)


def test_kelurahan_add_up_to_their_kecamatan_over_the_months(year):
    whole = recap("33.75.03")
    for parts in (whole.parts, [recap("33.75.03.1003"), recap("33.75.03.1004")]):
        for _, key in HEADLINES:
            if BY_KEY[key].adds:
                values = [part.figures[key].value for part in parts if part.figures[key].is_known]
                assert whole.figures[key].value == (sum(values) if values else None), key
    assert whole.figures["hari_buka.semua.terlaksana"].value == 5
    village = recap("33.75.03.1003")
    assert [(part.place.name, part.figures) for part in village.parts] == [
        ("Kencana Ungu", {key: village.figures[key] for key in village.parts[0].figures})
    ]
    assert [(part.place.name, part.counted, part.owing) for part in whole.parts] == [
        ("Kandang Panjang", 3, 4),
        ("Panjang Wetan", 2, 4),
    ]


def test_one_month_is_what_the_monthly_report_says(year):
    said = monthly_report("33.75.03.1003", MONTH, scope=None).figures
    mine = recap("33.75.03.1003", "2026-10").figures

    def told(figures):
        return {
            key: (each.state, each.value, each.denominator if each.is_known else None) for key, each in figures.items()
        }

    assert told(mine) == told(said)


def test_missing_and_provisional_months_are_named(year):
    found = recap("33.75.03")
    assert [month.month for month in found.missing] == [7]  # November is not over
    assert [month.month for month in found.provisional] == [9]
    page = factories.client_for(year.officer).get(reverse("reports:period_detail", args=["33.75.03", "2026-s2"]))
    text = page.content.decode()
    assert "Belum ada laporan yang dikirim untuk bulan Juli." in text
    assert "September 1 dari 2" in text


def test_a_post_counts_now_what_is_not_frozen_and_says_so(year):
    lines = {line.month.month: line for line in recap(year.near.path).months}
    assert [month for month, line in lines.items() if line.is_live] == [7, 9, 11]
    assert [month for month, line in lines.items() if line.is_running] == [11]
    assert lines[12].figures is None
    page = factories.client_for(year.kader_near).get(reverse("reports:period_detail", args=[year.near.path, "2026"]))
    assert "sementara, dihitung sekarang" in page.content.decode()


def test_a_month_that_was_given_back_is_not_counted(year):
    year.near.periods.filter(month=AUGUST).update(state="dikembalikan")
    assert [line.counted for line in recap("33.75.03").months][:4] == [0, 1, 1, 2]
    assert [line.is_live for line in recap(year.near.path).months][:4] == [True, True, True, False]


def test_a_later_version_takes_the_place_of_the_first(year):
    before = recap("33.75.03", "2026-10").figures["kependudukan.warga.jumlah"].value
    child(year.a, "Baru", months=0)
    assert recap("33.75.03", "2026-10").figures["kependudukan.warga.jumlah"].value == before
    freeze(year.a, MONTH, year.kader, version=2)
    assert recap("33.75.03", "2026-10").figures["kependudukan.warga.jumlah"].value == before + 1


def test_a_frozen_year_takes_the_same_few_queries_whatever_its_months(year):
    def queries(span):
        with CaptureQueriesContext(connection) as found:
            recap("33.75.03", span)
        return len(found)

    assert queries("2026") == queries("2026-s2") == queries("2026-10") <= 14


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_it_can_be_taken_away(year, kind):
    client = factories.client_for(year.officer)
    answer = client.get(reverse("reports:period_download", args=["33.75.03", "2026-s2", kind]))
    assert f"rekap-2026-s2-pekalongan-utara.{kind}" in answer["Content-Disposition"]
    if kind == "pdf":
        with pikepdf.open(io.BytesIO(answer.content)) as paper:
            assert "/StructTreeRoot" in paper.Root
    else:
        book = load_workbook(io.BytesIO(answer.content), read_only=True)
        rows = list(book["Tempat"].iter_rows(values_only=True))
        column = rows[0].index("hari_buka.semua.terlaksana")
        assert [row[column] for row in rows[2:]] == [3, 2, 5]
        assert [row[2] for row in rows[2:]] == [3, 2, 5]
    assert client.get(reverse("reports:period_download", args=["33.75.03", "2026", "json"])).status_code == 404


@pytest.mark.parametrize(("place", "span"), [("33.20", "2026"), ("33.75.03", "2027"), ("33.75.03", "x")])
def test_other_places_and_years_ahead_are_not_there(year, place, span):
    client = factories.client_for(year.officer)
    assert client.get(reverse("reports:period_detail", args=[place, span])).status_code == 404


def test_a_puskesmas_has_the_same_of_its_posts(year):
    facility = Facility.objects.create(name="Kusuma Bangsa", area_id="33.75")
    for post in (year.a, year.near):
        post.facility = facility
        post.save(update_fields=["facility"])
    nurse = factories.user("puskesmas")
    Assignment.objects.create(user=nurse, role="puskesmas", facility=facility, from_date=MONTH)
    client = factories.client_for(nurse)
    page = client.get(reverse("reports:facility_period_detail", args=[facility.pk, "2026-s2"])).content.decode()
    assert "Kencana Ungu" in page and "Contoh Melati" in page and "5 dari 8" in page
    where = reverse("reports:facility_period_download", args=[facility.pk, "2026-s2", "xlsx"])
    assert "rekap-2026-s2-kusuma-bangsa.xlsx" in client.get(where)["Content-Disposition"]
    stranger = factories.client_for(year.kader)
    assert stranger.get(reverse("reports:facility_period_detail", args=[facility.pk, "2026"])).status_code == 404


def test_a_sent_month_of_a_post_counts_as_it_was_sent(world):
    hold(world.a, world.kader, people=[child(world.a)])
    ketua = factories.user("ketua", at=world.a)
    submit_month(posyandu=world.a, month=MONTH, expected="draf", by=ketua, held={"posyandu"})
    line = recap(world.a.path, "2026-10").months[0]
    assert (line.counted, line.final, line.is_live) == (1, 0, False)
