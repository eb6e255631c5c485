"""files:attachment_detail: in scope, logged, never from another place."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from services.audit.models import Entry
from services.files.actions import keep_photo
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    kept = io.BytesIO()
    Image.new("RGB", (60, 40), "brown").save(kept, "JPEG")
    kept.seek(0)
    post = factories.posyandu()
    return keep_photo(upload=kept, posyandu=post, by=factories.user(at=post), bound=False)


def get(person, photo):
    return factories.client_for(person).get(reverse("files:attachment_detail", args=[photo.pk]))


def test_works_and_is_logged(photo):
    response = get(factories.user(at=photo.posyandu), photo)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert "no-store" in response["Cache-Control"]
    assert Entry.objects.unscoped(reason="test").filter(model="attachment", verb="lihat").count() == 1


def test_another_place_is_404_and_no_permission_403(photo):
    far = factories.posyandu("Margo Utomo", area="33.20.13.2004")
    assert get(factories.user(at=far), photo).status_code == 404
    assert get(factories.user("kota", at="33.75"), photo).status_code == 403
