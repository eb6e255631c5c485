"""reports:facility_report_detail, reports:facility_report_download: the posts of a puskesmas, a row each, their sum."""

import pytest
from django.urls import reverse

from services.accounts.models import Assignment
from services.posyandu.models import Facility
from services.reports.monthly import facility_report, monthly_report
from tests.factories import client_for, user
from tests.reports.conftest import MONTH, child, hold


@pytest.fixture
def facility(world):
    """A puskesmas for posts of two kelurahan."""
    made = Facility.objects.create(name="Kusuma Bangsa", area_id="33.75")
    for post, kader, number in ((world.a, world.kader, 2), (world.near, world.kader_near, 3)):
        post.facility = made
        post.save(update_fields=["facility"])
        hold(post, kader, people=[child(post, f"Anak {each}") for each in range(number)])
    return made


def url(facility, name="facility_report_detail", *more):
    return reverse(f"reports:{name}", args=[facility.pk, "2026-10", *more])


def test_the_sum_is_that_of_its_posts_and_every_post_has_a_row(world, facility):
    report = facility_report(facility, MONTH, scope=None)
    posts = [monthly_report(post.path, MONTH, scope=None) for post in (world.a, world.near)]
    for key, figure in report.figures.items():
        parts = [post.figures[key].value for post in posts if post.figures[key].is_known]
        if figure.adds and parts:
            assert figure.value == sum(parts), key
    assert [part.place.name for part in report.parts] == ["Contoh Melati", "Kencana Ungu"]
    assert report.figures["kesehatan.balita.hadir"].value == 5


def test_the_puskesmas_sees_it_and_who_serves_one_post_does_not(world, facility):
    nurse = user("puskesmas")
    Assignment.objects.create(user=nurse, role="puskesmas", facility=facility, from_date=MONTH)
    page = client_for(nurse).get(url(facility)).content.decode()
    assert "Puskesmas Kusuma Bangsa" in page
    assert "Contoh Melati" in page
    assert client_for(world.kader).get(url(facility)).status_code == 404
    assert client_for(world.kader_far).get(url(facility)).status_code == 404


@pytest.mark.parametrize(("ending", "status"), [("pdf", 200), ("xlsx", 200), ("json", 200), ("csv", 404)])
def test_it_can_be_taken_away(world, facility, ending, status):
    answer = client_for(world.officer).get(url(facility, "facility_report_download", ending))
    assert answer.status_code == status
    if status == 200:
        assert f"laporan-2026-10-kusuma-bangsa.{ending}" in answer["Content-Disposition"]


@pytest.mark.parametrize("month", ["2027-01", "x"])
def test_a_month_ahead_is_not_there(world, facility, month):
    where = reverse("reports:facility_report_detail", args=[facility.pk, month])
    assert client_for(world.officer).get(where).status_code == 404
