from datetime import date

import pytest
from django.urls import reverse

from services.residents.models import Merge
from tests import factories

BIRTH = date(2024, 5, 10)


@pytest.fixture
def pair(world):
    kept = factories.resident(world.here, "Aisyah Putri", birth_date=BIRTH)
    return kept, factories.resident(world.here, "Aisah Putri", birth_date=BIRTH)


def url(person) -> str:
    return reverse("residents:resident_merge", args=[person.pk])


def test_likely_ones_are_offered_and_others_found_by_name(world, pair):
    client = world.client("ketua")
    assert "Aisah Putri" in client.get(url(pair[0])).content.decode()
    factories.resident(world.here, "Zubaidah")
    assert "Zubaidah" in client.get(url(pair[0]), {"cari": "zub"}).content.decode()


def test_both_are_shown_side_by_side_and_made_one(world, pair, send):
    kept, gone = pair
    client, page = world.client("ketua"), f"{url(kept)}?other={gone.pk}"
    text = client.get(page).content.decode()
    assert "Digabungkan" in text
    assert "Aisah Putri" in text
    assert send(client, page, {"other": str(gone.pk)}).status_code == 302
    gone.refresh_from_db()
    assert gone.merged_into_id == kept.pk


def test_the_same_form_twice_is_one_merge(world, pair):
    kept, gone = pair
    client, page = world.client("ketua"), f"{url(kept)}?other={gone.pk}"
    key = client.get(page).context["submission_key"]
    answers = [client.post(page, {"other": str(gone.pk), "submission_key": key}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Merge.objects.unscoped(reason="test").count() == 1


def test_an_old_address_leads_to_the_kept_person(world, pair, send):
    kept, gone = pair
    page = f"{url(kept)}?other={gone.pk}"
    send(world.client("ketua"), page, {"other": str(gone.pk)})
    for name in ("residents:resident_edit", "residents:resident_move", "profiles:resident_detail"):
        answer = world.client().get(reverse(name, args=[gone.pk]))
        assert answer.status_code == 302
        assert answer.url == reverse(name, args=[kept.pk])


def test_one_and_the_same_is_422_and_nobody_chosen_too(world, pair, send):
    kept, _ = pair
    client = world.client("ketua")
    assert send(client, url(kept), {"other": str(kept.pk)}).status_code == 422
    assert send(client, url(kept), {}).status_code == 422


def test_another_place_is_404_and_no_permission_403(world, pair):
    kept, _ = pair
    far = factories.resident(world.there, "Aisyah Putri", birth_date=BIRTH)
    assert world.client("ketua").get(f"{url(kept)}?other={far.pk}").status_code == 404
    assert world.client("ketua").get(f"{url(kept)}?other=x").status_code == 404
    assert world.client("ketua").get(url(far)).status_code == 404
    assert world.client("kader").get(url(kept)).status_code == 403
