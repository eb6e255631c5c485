"""logo_edit: the picture in the letterhead, kept in every report of its day."""

import base64
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from services.reports.actions import freeze_report
from services.reports.monthly import frozen_report, monthly_report
from tests import factories
from tests.reports.conftest import MONTH


def picture(colour, size=(900, 700)):
    kept = io.BytesIO()
    Image.new("RGBA", size, colour).save(kept, "PNG")
    return kept.getvalue()


def put(user, content):
    client, address = factories.client_for(user), reverse("reports:logo_edit", args=["33.75"])
    key = client.get(address).context["submission_key"]
    return client.post(address, {"photo": SimpleUploadedFile("logo.svg", content), "submission_key": key})


@pytest.fixture
def admin(world):
    return factories.user("admin", at="33.75")


def test_the_logo_is_cleaned_made_small_and_kept_in_what_is_frozen(world, admin):
    assert put(admin, picture("red")).status_code == 302
    report = monthly_report(world.a.path, MONTH, scope=None)
    kept = Image.open(io.BytesIO(base64.b64decode(report.logo)))
    assert (kept.format, max(kept.size)) == ("PNG", 240)
    freeze_report(report=report, by=world.kader, version=1, posyandu_id=world.a.pk)
    put(admin, picture("blue"))
    assert frozen_report(world.a.path, MONTH, 1, scope=None).logo == report.logo
    assert monthly_report(world.a.path, MONTH, scope=None).logo != report.logo
    assert monthly_report(world.far.path, MONTH, scope=None).logo == ""


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)></svg>", b"%PDF-1.7", b"x"])
def test_what_is_no_picture_is_refused(world, admin, content):
    response = put(admin, content)
    assert response.status_code == 422
    assert response.context["form"].errors["photo"]


def test_the_districts_paper_is_a_setting_and_the_page_offers_the_other(world, admin):
    assert monthly_report(world.a.path, MONTH, scope=None).paper == "A4"
    page = factories.client_for(world.kader).get(reverse("reports:report_detail", args=[world.a.path, "2026-10"]))
    assert "?kertas=F4" in page.content.decode()
