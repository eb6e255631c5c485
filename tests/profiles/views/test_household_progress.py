"""How many households were written down this year, by RT or dusun: "85 dari 220 KK didata"."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from services.areas import clock
from services.records.actions import encounter_elsewhere, save_record
from tests import factories as make
from tests.counting import at_most

pytestmark = pytest.mark.django_db
URL = reverse("profiles:household_progress")


@pytest.fixture
def post():
    return make.posyandu()


@pytest.fixture
def kader(post):
    return make.user("kader", at=post)


def home(post, head, rt="01", dusun=""):
    made = make.household(post, head, rt=rt, dusun=dusun)
    make.resident(post, f"Anak {head}", family=made)
    return made


def fill(kader, house, day):
    encounter = encounter_elsewhere(posyandu=house.posyandu, day=day, by=kader)
    save_record(encounter=encounter, form="rumah", subject=house, answers={"atap": "seng"}, by=kader)


def test_households_of_this_year_are_counted_by_rt(post, kader):
    today = clock.today(post.area_id)
    first, second, _ = home(post, "Slamet", "01"), home(post, "Budi", "02"), home(post, "Agus", "02")
    make.household(post, "Kosong", rt="01")  # nobody lives there
    fill(kader, first, date(today.year - 1, 12, 31))
    fill(kader, second, today)
    fill(kader, second, date(today.year, 1, 1))
    page = make.client_for(kader).get(URL, {"formulir": "rumah"})
    rows = {row.name: (row.done, row.total) for row in page.context["progress"].rows}
    assert rows == {"RT 01 / RW 03": (0, 1), "RT 02 / RW 03": (1, 2)}
    assert "1 dari 3 KK didata" in page.content.decode()


def test_or_by_dusun(post, kader):
    home(post, "Slamet", dusun="Krajan")
    home(post, "Budi")
    page = make.client_for(kader).get(URL, {"formulir": "rumah", "menurut": "dusun"})
    assert [row.name for row in page.context["progress"].rows] == ["Dusun belum diisi", "Krajan"]


def test_who_moved_away_is_no_household(post, kader):
    house = home(post, "Slamet")
    left = clock.today(post.area_id) - timedelta(days=3)
    house.residencies.update(to_date=left, ended="pindah_keluar")
    assert make.client_for(kader).get(URL).context["progress"].total == 0


def test_another_district_is_not_counted(post, kader):
    home(make.posyandu("Margo Utomo", "33.20.13.2004"), "Sutrisno")
    assert make.client_for(kader).get(URL).context["progress"].total == 0


def test_the_kelurahan_sees_its_posts_and_no_grid(post):
    home(post, "Slamet")
    page = make.client_for(make.user("kelurahan", at="33.75.03.1003")).get(URL)
    assert page.context["progress"].total == 1
    assert "/salin/" not in page.content.decode()


def test_a_role_without_names_is_403(post):
    assert make.client_for(make.user("kecamatan", at="33.75.03")).get(URL).status_code == 403


def test_many_households_cost_the_same(post, kader):
    for number in range(40):
        home(post, f"Keluarga {number}", rt=f"{number % 8:02}")
    client = make.client_for(kader)
    client.get(URL)
    with at_most(12):
        client.get(URL)
