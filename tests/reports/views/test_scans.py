"""scan_new, scan_download, scan_cancel: the signed paper beside what was frozen."""

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from services.audit.models import Entry
from services.reports.actions import freeze_report
from services.reports.models import SignedScan
from services.reports.monthly import monthly_report
from tests import factories
from tests.reports.conftest import MONTH


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def frozen(world):
    world.ketua = factories.user("ketua", at=world.a)
    report = monthly_report(world.a.path, MONTH, scope=None)
    return freeze_report(report=report, by=world.kader, version=1, posyandu_id=world.a.pk)


def pdf(act=None):
    document, kept = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    if act:
        document.Root.OpenAction = pikepdf.Dictionary(act)
    document.save(kept)
    return kept.getvalue()


def attach(user, frozen, content):
    client, address = factories.client_for(user), reverse("reports:scan_new", args=[frozen.pk])
    key = client.get(address).context["submission_key"]
    # The name lies on purpose: what counts is the content.
    return client.post(address, {"photo": SimpleUploadedFile("pindaian.txt", content), "submission_key": key})


def scans():
    return SignedScan.objects.unscoped(reason="test")


def test_a_pdf_is_kept_byte_for_byte_shown_with_who_and_when_and_each_download_is_logged(world, frozen):
    content = pdf()
    assert attach(world.ketua, frozen, content).status_code == 302
    scan = scans().get()
    for name, args in (("month_detail", [world.a.pk, "2026-10"]), ("report_detail", [world.a.path, "2026-10"])):
        page = factories.client_for(world.ketua).get(reverse(f"reports:{name}", args=args)).content.decode()
        assert reverse("reports:scan_download", args=[scan.pk]) in page
        assert world.ketua.name in page
    response = factories.client_for(world.kader).get(reverse("reports:scan_download", args=[scan.pk]))
    assert response.content == content
    assert response["Content-Disposition"].startswith("attachment;")
    assert Entry.objects.unscoped(reason="test").filter(verb="unduh", object_id=str(scan.pk)).count() == 1


def test_a_photo_is_cleaned_as_any_other(world, frozen):
    kept = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(kept, "PNG")
    assert attach(world.ketua, frozen, kept.getvalue()).status_code == 302
    assert scans().get().attachment.content_type == "image/jpeg"


@pytest.mark.parametrize(
    "content",
    [
        b"<html>",
        b"PK\x03\x04arsip",
        b"%PDF-1.7 terpotong",
        pdf({"/S": pikepdf.Name.JavaScript, "/JS": "app.alert(1)"}),
        pdf({"/S": pikepdf.Name.Launch, "/F": "x.exe"}),
    ],
)
def test_what_is_no_scan_is_refused_with_a_sentence_and_leaves_nothing(world, frozen, folder, content):
    response = attach(world.ketua, frozen, content)
    assert response.status_code == 422
    assert response.context["form"].errors["photo"]
    assert not scans().exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a_wrong_scan_is_taken_back_with_a_reason(world, frozen):
    attach(world.ketua, frozen, pdf())
    address = reverse("reports:scan_cancel", args=[scans().get().pk])
    client = factories.client_for(world.ketua)
    key = client.get(address).context["submission_key"]
    assert client.post(address, {"reason": "Kertas bulan lain", "submission_key": key}).status_code == 302
    assert (scans().get().withdrawn_by, scans().get().withdrawn_reason) == (world.ketua, "Kertas bulan lain")
    assert client.get(reverse("reports:scan_download", args=[scans().get().pk])).status_code == 404


def test_another_districts_kader_finds_no_scan(world, frozen):
    attach(world.ketua, frozen, pdf())
    stranger = factories.client_for(world.kader_far)
    assert stranger.get(reverse("reports:scan_download", args=[scans().get().pk])).status_code == 404
