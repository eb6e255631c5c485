from datetime import date

import pytest
from django.urls import reverse

from tests import factories

URL = reverse("residents:resident_list")


def test_everybody_of_the_post_is_listed_with_age_and_household(world):
    factories.resident(world.here, "Aisyah Putri", birth_date=date(2000, 5, 10))
    factories.resident(world.there, "Orang Jauh")
    text = world.client().get(URL).content.decode()
    assert "Aisyah Putri" in text
    assert "Kel. Slamet" in text
    assert "RT 02 / RW 03" in text
    assert "Orang Jauh" not in text


def test_the_search_is_a_plain_form_that_htmx_shortens(world):
    factories.resident(world.here, "Aisyah")
    factories.resident(world.here, "Budi")
    page = world.client().get(URL, {"cari": "ais"}, headers={"HX-Request": "true"})
    text = page.content.decode()
    assert "Aisyah" in text
    assert "Budi" not in text
    assert 'id="daftar"' in text
    assert 'method="get"' in text


def test_nothing_found_says_why(world):
    assert "Coba beberapa huruf depannya" in world.client().get(URL, {"cari": "zzz"}).content.decode()
    assert "Belum ada warga yang didata" in world.client().get(URL).content.decode()


def test_the_list_is_paged_at_fifty(world):
    for index in range(51):
        factories.resident(world.here, f"Orang {index:02d}")
    first, second = world.client().get(URL), world.client().get(URL, {"page": 2})
    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 1)


@pytest.mark.parametrize("group", ["balita", "bumil", "lansia", "pernah", "bukan-kelompok"])
def test_a_chip_filters(world, group):
    assert world.client().get(URL, {"kelompok": group}).status_code == 200


def test_the_query_count_does_not_grow(world, django_assert_max_num_queries):
    client = world.client()
    family = factories.household(world.here)
    counts = []
    for more in (1, 25):
        for index in range(more):
            factories.resident(world.here, f"Orang {index}", family=family)
        with django_assert_max_num_queries(20) as made:
            client.get(URL)
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_a_nik_never_stands_in_the_list(world):
    factories.resident(world.here, "Aisyah", nik="3375035005249001")
    assert "3375035005249001" not in world.client().get(URL).content.decode()


def test_without_the_permission_it_is_403(world):
    assert world.client("auditor").get(URL).status_code == 403


def test_the_office_reads_and_is_offered_no_new_person(world):
    page = world.client("officer").get(URL)
    assert page.status_code == 200
    assert "Orang baru" not in page.content.decode()
