"""The roster: who is expected, who came, and what a kader of another posyandu sees of it (nothing)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.residents.models import WatchedCondition
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def here(db):
    post = make.posyandu()
    kader = make.user("kader", at=post)
    day = make.open_day(post, TODAY, by=kader)
    return post, kader, day


def roster_names(client, day, **query):
    page = client.get(reverse("open_days:day_detail", args=[day.pk]), query)
    return [row.person.name for row in page.context["roster"].rows]


def test_priority_groups_watched_and_recent_are_expected_and_others_are_not(here):
    post, kader, day = here
    make.resident(post, "Balita", age_months=20)
    make.resident(post, "Prasekolah", age_months=70)
    make.resident(post, "Sekolah", age_months=100)
    make.resident(post, "Lansia", age_months=800)
    make.resident(post, "Dewasa", age_months=400)
    watched = make.resident(post, "Darah Tinggi", age_months=500)
    WatchedCondition.objects.create(resident=watched, kind="hipertensi", from_date=TODAY - timedelta(days=60))
    mother = make.resident(post, "Ibu Hamil", age_months=300)
    make.pregnancy(mother, registered_on=TODAY - timedelta(days=30))
    recent = make.resident(post, "Pernah Datang", age_months=450)
    before = make.open_day(post, TODAY - timedelta(days=90), by=kader, state="selesai")
    make.present(before, recent, by=kader)
    long_ago = make.open_day(post, TODAY - timedelta(days=500), by=kader, state="selesai")
    make.present(long_ago, make.resident(post, "Lama Sekali", age_months=450), by=kader)

    names = roster_names(make.client_for(kader), day)

    assert names == ["Balita", "Darah Tinggi", "Ibu Hamil", "Lansia", "Pernah Datang", "Prasekolah"]


def test_who_moved_away_or_is_not_born_yet_is_not_expected(here):
    post, kader, day = here
    gone = make.resident(post, "Pindah", age_months=20)
    gone.residencies.update(to_date=TODAY, ended="pindah_keluar")
    make.resident(post, "Masih", age_months=20)

    assert roster_names(make.client_for(kader), day) == ["Masih"]


def test_tabs_count_who_is_missing_waiting_and_done(here):
    post, kader, day = here
    people = [make.resident(post, f"Anak {number}", age_months=20) for number in range(4)]
    make.present(day, people[0], by=kader)
    done = make.present(day, people[1], by=kader)
    done.is_done = True
    done.save(update_fields=["is_done"])

    page = make.client_for(kader).get(reverse("open_days:day_detail", args=[day.pk]))

    assert [count for _, _, count in page.context["tabs"]] == [4, 2, 1, 1]
    assert "2 dari 4 hadir" in page.content.decode()


def test_kader_of_another_posyandu_gets_404(here):
    _, _, day = here
    stranger = make.user("kader", at=make.posyandu("Margo Utomo", "33.20.13.2004"))

    assert make.client_for(stranger).get(reverse("open_days:day_detail", args=[day.pk])).status_code == 404


@pytest.mark.parametrize("people", [5, 60])
def test_query_count_does_not_grow_with_residents(here, people, django_assert_max_num_queries):
    post, kader, day = here
    family = make.household(post)
    for number in range(people):
        make.resident(post, f"Anak {number:03}", age_months=20, family=family)
    client = make.client_for(kader)
    with django_assert_max_num_queries(14):
        page = client.get(reverse("open_days:day_detail", args=[day.pk]))
    assert len(page.context["roster"].rows) == people


def test_search_finds_first_letters_of_any_word(here):
    post, kader, day = here
    make.resident(post, "Siti Aminah", age_months=20)
    make.resident(post, "Budi Santoso", age_months=20)
    client = make.client_for(kader)

    assert roster_names(client, day, cari="ami") == ["Siti Aminah"]
    assert roster_names(client, day, cari="minah") == []


def test_somebody_not_expected_is_found_by_search_and_can_be_ticked(here):
    post, kader, day = here
    adult = make.resident(post, "Wartono", age_months=500)
    client = make.client_for(kader)
    page = client.get(reverse("open_days:day_detail", args=[day.pk]), {"cari": "warto"})
    assert [person.name for person in page.context["others"]] == ["Wartono"]

    client.post(reverse("open_days:attendance_edit", args=[day.pk]), {"hadir": str(adult.pk)})

    assert roster_names(client, day) == ["Wartono"]
