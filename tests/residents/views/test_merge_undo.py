import pytest
from django.urls import reverse

from services.residents.actions import merge_residents
from services.residents.models import Merge
from tests import factories


@pytest.fixture
def merge(world) -> Merge:
    kept, gone = factories.resident(world.here, "Siti"), factories.resident(world.here, "Sitti")
    return merge_residents(kept=kept, gone=gone, by=world.ketua)


def url(merge) -> str:
    return reverse("residents:merge_undo", args=[merge.pk])


def test_they_are_two_people_again(world, merge, send):
    client = world.client("ketua")
    assert "dipisahkan lagi" in client.get(url(merge)).content.decode()
    assert send(client, url(merge)).status_code == 302
    merge.gone.refresh_from_db()
    assert merge.gone.merged_into_id is None


def test_undoing_a_second_time_is_409(world, merge, send):
    client = world.client("ketua")
    send(client, url(merge))
    assert send(client, url(merge)).status_code == 409


def test_another_place_is_404_and_no_permission_403(world, merge):
    far = factories.user("ketua", at=world.there)
    assert factories.client_for(far).get(url(merge)).status_code == 404
    assert world.client().get(url(merge)).status_code == 403
