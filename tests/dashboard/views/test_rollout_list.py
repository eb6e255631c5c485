"""The roll-out board: its own posts, the least ready first, what is vacant."""

import re

import pytest
from django.urls import reverse

from services.posyandu.models import BoardMember, CoachingTeam
from tests import factories as make

pytestmark = pytest.mark.django_db
URL = "/wilayah-kerja/kesiapan/"


def test_rollout_list_shows_steps_vacancies_and_the_team_of_each_kelurahan():
    post = make.posyandu()
    make.posyandu("Margo Utomo", "33.20.13.2004")
    BoardMember.objects.create(posyandu=post, post="ketua", name="Sri", from_date="2026-01-01")
    CoachingTeam.objects.create(area_id="33.75.03.1003", decree_number="9/2026", decree_date="2026-01-01", chair="Ani")
    text = make.client_for(make.user("kota", at="33.75")).get(URL).content.decode()
    assert "Kencana Ungu" in text and "Margo Utomo" not in text
    assert "Bendahara" in text and "9/2026" in text and "1 dari 2" in text
    assert reverse("posyandu:board_detail", args=[post.pk]) in text


def rows_in(text: str) -> list[str]:
    return re.findall(r'<th scope="row">.*?>([^<]+)</a>', text)


def test_each_number_of_the_board_leads_to_the_posts_that_it_counts():
    ready, without = make.posyandu("Rajin"), make.posyandu("Baru")
    BoardMember.objects.create(
        posyandu=ready,
        post="ketua",
        name="Sri",
        from_date="2026-01-01",
        decree_number="1/2026",
        trained_on="2026-02-01",
    )
    browser = make.client_for(make.user("kota", at="33.75"))
    text = browser.get(URL).content.decode()
    assert sorted(rows_in(text)) == ["Baru", "Rajin"]
    for query in ("langkah=SK+pengurus", "kosong=Ketua"):
        assert f'href="?{query}#posyandu"' in text
        assert rows_in(browser.get(f"{URL}?{query}").content.decode()) == ["Baru"]
    assert rows_in(browser.get(f"{URL}?kosong=Bendahara").content.decode()) == ["Baru", "Rajin"]
    assert "Tidak ada posyandu seperti itu" in browser.get(f"{URL}?kosong=Camat").content.decode()
    assert reverse("posyandu:board_detail", args=[without.pk]) in text


def test_rollout_list_of_a_place_outside_is_404():
    make.posyandu()
    browser = make.client_for(make.user("kecamatan", at="33.75.03"))
    assert browser.get(URL, {"tempat": "33.75.03.1003"}).status_code == 200
    assert browser.get(URL, {"tempat": "33.75"}).status_code == 404


@pytest.mark.parametrize("posts", [2, 12])
def test_rollout_list_costs_the_same_for_few_and_many(posts, django_assert_max_num_queries):
    for number in range(posts):
        make.posyandu(f"Melati {number}")
    browser = make.client_for(make.user("kota", at="33.75"))
    with django_assert_max_num_queries(14):
        assert browser.get(URL).status_code == 200
