"""Whom to visit, on screen and on paper."""

import io
from datetime import timedelta

import pikepdf
import pytest
from django.urls import reverse

from services.areas.clock import month_of, previous_month
from services.areas.scope import Scope
from services.audit.models import Entry
from services.follow_ups.actions import open_need
from services.follow_ups.models import Need
from services.reports.queries.checks import checks_of
from tests import factories as make
from tests.counting import at_most
from tests.home_visits.conftest import TODAY

pytestmark = pytest.mark.django_db
URL = reverse("home_visits:visit_list")
PAPER = reverse("home_visits:visit_list_download")


def tbc(here):
    child = here.children[0]
    return open_need(
        posyandu=here.post,
        kind="TBC",
        words="2 gejala TBC",
        on=TODAY,
        by=here.kader,
        resident=child,
        household=here.family,
    )


def test_a_kader_sees_families_with_the_reason_in_words(here, elsewhere):
    here.refresh()
    elsewhere.refresh()
    page = here.client().get(URL).content.decode()
    assert page.count("2 kali tidak hadir") == 1 and "Balita, 2 kali tidak hadir" in page


def test_it_is_narrowed_without_script(here):
    make.resident(here.post, "Budi", age_months=30, family=make.household(here.post, head="Wati", rt="07"))
    here.refresh()
    page = here.client().get(URL, {"rt": "07"}).content.decode()
    assert "Budi" in page and "Aisyah" not in page
    assert "Tidak ada yang cocok" in here.client().get(URL, {"rt": "99"}).content.decode()


def test_what_is_missing_in_a_month_opens_the_visits_it_counts(here):
    for name, head, on in (("Budi", "Wati", TODAY - timedelta(days=60)), ("Citra", "Rini", TODAY)):
        child = make.resident(here.post, name, age_months=30, family=make.household(here.post, head=head))
        open_need(posyandu=here.post, kind="STUNTING", words="uji", on=on, by=here.kader, resident=child)
    month = previous_month(month_of(TODAY))
    (check,) = [
        each for each in checks_of(Scope(None, frozenset([here.post.pk])), month)[here.post.pk] if URL in each.url
    ]
    assert check.words.startswith("1 kunjungan rumah")
    page = here.client().get(check.url).content.decode()
    assert "Budi" in page and "Citra" not in page and "Sampai" in page
    for odd in ("2026-9-31", "kemarin", "20261031"):
        assert here.client().get(URL, {"until": odd}).status_code == 200


def test_a_sensitive_reason_is_hidden_from_a_kader_and_on_all_paper(here):
    tbc(here)
    kader, ketua = here.client().get(URL).content.decode(), here.client(here.ketua).get(URL).content.decode()
    assert "Kunjungan kesehatan" in kader and "TBC" not in kader
    assert "2 gejala TBC" in ketua


def test_the_paper_has_a_page_for_each_rw_and_is_logged(here):
    make.resident(here.post, "Budi", age_months=30, family=make.household(here.post, head="Wati", rw="04"))
    here.refresh()
    response = here.client(here.ketua).get(PAPER)
    with pikepdf.open(io.BytesIO(response.content)) as paper:
        assert len(paper.pages) == 2
        assert [round(float(number)) for number in paper.pages[0].mediabox][2:] == [595, 842]
    assert Entry.objects.unscoped(reason="test").filter(verb="unduh", model="need").exists()


def test_an_rw_of_fifty_families_is_one_page(here):
    for number in range(50):
        family = make.household(here.post, head=f"Muhammad Nurrahman Hidayat {number}", rw="03")
        child = make.resident(here.post, f"Khusnul Kurniasih {number}", age_months=30, family=family)
        if number % 5 == 0:  # two reasons, two lines
            open_need(
                posyandu=here.post, kind="BGM", words="berat di bawah garis merah", on=TODAY, by=here.kader,
                resident=child, household=family,
            )  # fmt: skip
    here.refresh()
    assert len(here.needs()) > 60
    with pikepdf.open(io.BytesIO(here.client(here.ketua).get(PAPER).content)) as paper:
        assert len(paper.pages) == 1


def test_an_empty_list_prints_too(here):
    assert here.client().get(PAPER).status_code == 200


def test_five_thousand_past_needs_cost_nothing(here):
    make.resident(here.post, "Ahmad", age_months=30, family=here.family)
    here.refresh()
    Need.objects.bulk_create(
        Need(
            posyandu=here.post, household=here.family, resident=here.children[0], kind="DUA_T", field="kesehatan",
            priority=0, words="x", since=TODAY, opened_on=TODAY, due_on=TODAY, state="selesai", closed_on=TODAY,
            closed_as="berat_naik",
        )
        for _ in range(5000)
    )  # fmt: skip
    client = here.client()
    client.get(URL)
    with at_most(8):
        assert client.get(URL).status_code == 200


def test_no_permission_is_403(here):
    client = make.client_for(make.user("lurah", at="33.75.03.1003"))
    assert client.get(URL).status_code == client.get(PAPER).status_code == 403
