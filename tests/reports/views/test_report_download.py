"""reports:report_download — the month as a file, and the note that it was taken."""

import json

import pytest
from django.urls import reverse

from services.audit.models import Entry
from services.posyandu.models import Period
from services.reports.actions import freeze_report
from services.reports.models import KeptFile
from services.reports.monthly import monthly_report
from tests.factories import client_for, user
from tests.reports.conftest import MONTH


def url(place, ending, month="2026-10"):
    return reverse("reports:report_download", args=[getattr(place, "path", place), month, ending])


@pytest.mark.parametrize(
    ("ending", "kind", "begins"),
    [
        ("pdf", "application/pdf", b"%PDF-"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("json", "application/json; charset=utf-8", b"{"),
    ],
)
def test_a_file_comes_under_its_name_and_is_remembered(world, ending, kind, begins):
    response = client_for(world.kader).get(url(world.a, ending))
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert response["Content-Disposition"] == f'attachment; filename="laporan-2026-10-kencana-ungu.{ending}"'
    assert response["Cache-Control"] == "no-store"
    assert response.content.startswith(begins)
    entry = Entry.objects.unscoped(reason="test").get(verb="unduh")
    assert (entry.user, entry.place, entry.detail) == (
        world.kader,
        world.a.path,
        {"bulan": "2026-10", "bentuk": ending},
    )


def test_the_json_is_the_contract(world):
    told = json.loads(client_for(world.officer).get(url("33.75.03", "json")).content)
    assert told["place"]["level"] == "kecamatan"


@pytest.mark.parametrize("place", ["33.75.03.1004.1", "33.75.03"])
def test_a_place_of_others_is_not_there_and_nothing_is_remembered(world, place):
    assert client_for(world.kader).get(url(place, "json")).status_code == 404
    assert not Entry.objects.unscoped(reason="test").filter(verb="unduh").exists()


def test_an_unknown_format_is_not_there(world):
    assert client_for(world.kader).get(url(world.a, "docx")).status_code == 404


def test_without_permission_it_is_refused(world):
    assert client_for(user("opd", at="33.75")).get(url(world.a, "pdf")).status_code == 403


def test_a_final_month_is_handed_out_as_it_was_kept(world):
    report = monthly_report(world.a.path, MONTH, scope=None)
    freeze_report(report=report, by=world.kader, version=1, posyandu_id=world.a.pk)
    Period.objects.unscoped(reason="test").update_or_create(
        posyandu=world.a, month=MONTH, defaults={"state": Period.State.FINAL}
    )
    browser = client_for(world.kader)
    first = browser.get(url(world.a, "xlsx"))
    kept = KeptFile.objects.unscoped(reason="test").get()
    assert first.content == bytes(kept.content) and kept.format == "xlsx"
    KeptFile.objects.unscoped(reason="test").update(content=b"PK as it was printed in 2026")
    assert browser.get(url(world.a, "xlsx")).content == b"PK as it was printed in 2026", "never rendered again"
