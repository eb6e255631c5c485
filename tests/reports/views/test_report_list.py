"""reports:report_list — the months of my places."""

import pytest
from django.urls import reverse

from tests.factories import client_for

URL = "/laporan/"


def test_a_kader_sees_the_months_of_her_posyandu_newest_first(world):
    page = client_for(world.kader).get(URL).content.decode()
    assert "Posyandu Kencana Ungu" in page
    assert page.index("November 2026") < page.index("Oktober 2026") < page.index("November 2025")
    assert reverse("reports:report_detail", args=[world.a.path, "2026-10"]) in page
    assert "Melati" not in page


def test_an_officer_chooses_among_her_places(world):
    client = client_for(world.officer)
    assert "Kecamatan Pekalongan Utara" in client.get(URL).content.decode()
    page = client.get(URL, {"tempat": world.near.path}).content.decode()
    assert reverse("reports:report_detail", args=[world.near.path, "2026-10"]) in page


def test_a_place_of_others_cannot_be_chosen(world):
    page = client_for(world.kader).get(URL, {"tempat": world.far.path}).content.decode()
    assert "Margo Utomo" not in page


def test_without_permission_it_is_refused(world):
    from tests.factories import user

    assert client_for(user("opd", at="33.75")).get(URL).status_code == 403


@pytest.mark.parametrize("posts", [1, 5])
def test_the_number_of_queries_does_not_grow(world, posts, django_assert_max_num_queries):
    from tests.factories import posyandu

    for number in range(posts):
        posyandu(f"Contoh {number}")
    client = client_for(world.officer)
    with django_assert_max_num_queries(12):
        client.get(URL)
