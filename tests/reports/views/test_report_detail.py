"""reports:report_detail — the month of a place on one page."""

import json
from datetime import date

import pytest
from django.urls import reverse

from services.areas.actions import set_district_setting
from services.records.thresholds import THRESHOLDS
from services.reports.actions import freeze_report, save_narrative
from services.reports.monthly import counted_report
from tests import factories
from tests.factories import client_for, user
from tests.reports.conftest import MONTH, child, fill, hold


def url(place, month="2026-10"):
    return reverse("reports:report_detail", args=[getattr(place, "path", place), month])


def test_the_page_shows_the_numbers_with_their_denominators(world):
    hold(world.a, world.kader, people=[child(world.a)])
    child(world.a, "Budi")
    response = client_for(world.kader).get(url(world.a))
    page = response.content.decode()
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert "50,0%" in page
    assert "dari 2" in page
    assert "Oktober 2026" in page
    assert "Aisyah" not in page
    assert "Budi" not in page


def test_the_page_says_what_the_paper_says_beside_its_numbers(world):
    hold(world.a, world.kader, people=[child(world.a)])
    save_narrative(posyandu=world.a, month=MONTH, by=world.kader, obstacles=["hujan"], plan="Sosialisasi imunisasi")
    set_district_setting(
        area=factories.area_tree()["33.75"],
        setting=THRESHOLDS["systolic_high"],
        value="150",
        valid_from=MONTH,
        source="SE",
        by=factories.user("admin", at="33.75"),
    )
    page = client_for(world.kader).get(url(world.a)).content.decode()
    assert "Sosialisasi imunisasi" in page
    assert "Dihitung dengan batas daerah ini" in page


def test_every_file_is_one_link_away(world):
    page = client_for(world.kader).get(url(world.a)).content.decode()
    for ending in ("pdf", "xlsx", "json"):
        assert reverse("reports:report_download", args=[world.a.path, "2026-10", ending]) in page


@pytest.mark.parametrize(
    "place", ["33.75.03.1004.1", "33.20.13.2004.1", "33.75.03.1003", "33.75", "33.75.03.1003.9", "x"]
)
def test_a_place_of_others_is_not_there(world, place):
    assert client_for(world.kader).get(url(place)).status_code == 404


@pytest.mark.parametrize("place", ["33.75.03", "33.75.03.1003", "33.75.03.1004.1"])
def test_an_officer_reads_her_area_and_all_below(world, place):
    assert client_for(world.officer).get(url(place)).status_code == 200


@pytest.mark.parametrize("place", ["33.75", "33.20.13", "33.20.13.2004.1"])
def test_an_officer_reads_nothing_above_or_beside(world, place):
    assert client_for(world.officer).get(url(place)).status_code == 404


@pytest.mark.parametrize("month", ["2026-12", "2026-13", "oktober", "2026-1"])
def test_a_month_that_is_none_is_not_there(world, month):
    assert client_for(world.kader).get(url(world.a, month)).status_code == 404


def test_without_permission_it_is_refused(world):
    assert client_for(user("opd", at="33.75")).get(url(world.a)).status_code == 403


def test_the_number_of_queries_does_not_grow_with_people(world, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_for(world.kader)
    people = [child(world.a, f"Anak {number}") for number in range(2)]
    hold(world.a, world.kader, people=people)
    client.get(url(world.a))
    with CaptureQueriesContext(connection) as few:
        client.get(url(world.a))
    for number in range(10):
        child(world.a, f"Lagi {number}")
    with django_assert_num_queries(len(few)):
        client.get(url(world.a))


def test_a_recap_links_to_its_parts(world):
    page = client_for(world.officer).get(url("33.75.03")).content.decode()
    assert url("33.75.03.1003") in page
    assert "0 dari 2" in page


SMALL = "kesehatan.srq20.jiwa_ge6"


@pytest.fixture
def one_in_distress(world):
    """One person with a high SRQ-20 at A, in a month that was sent."""
    person = factories.resident(world.a, birth_date=date(1980, 1, 1))
    fill(hold(world.a, world.kader, people=[person]), "srq20", person, {"srq20_skor": 6}, world.kader)
    report = counted_report(world.a.path, MONTH, scope=None)
    return freeze_report(report=report, by=world.kader, version=1, posyandu_id=world.a.pk)


def number_of(browser, place):
    answer = browser.get(reverse("reports:report_download", args=[place, "2026-10", "json"]))
    figure = json.loads(answer.content)["figures"][SMALL]
    return figure["value"], figure["state"]


def test_a_small_sensitive_count_is_for_those_who_may_see_names_there(world, one_in_distress):
    above, village = client_for(world.officer), client_for(user("kelurahan", at="33.75.03.1003"))
    for place in (world.a.path, "33.75.03.1003"):
        assert number_of(village, place) == (1, "ada")
        assert number_of(above, place) == (None, "disamarkan")
        page = reverse("reports:figure_detail", args=[place, "2026-10", SMALL])
        assert "disamarkan" not in village.get(page).content.decode()
        assert "disamarkan" in above.get(page).content.decode()


def test_a_kept_version_has_a_copy_without_small_counts_for_those_above(world, one_in_distress):
    address = reverse("reports:version_download", args=[world.a.path, "2026-10", 1, "json"])
    for by, value in ((world.officer, None), (world.kader, 1), (world.officer, None)):
        assert json.loads(client_for(by).get(address).content)["figures"][SMALL]["value"] == value
    assert sorted(one_in_distress.files.values_list("format", flat=True)) == ["jso+", "json"]
