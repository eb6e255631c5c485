import io
import shutil
import subprocess
from datetime import date, timedelta

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from services.audit.models import Entry
from services.profiles.queries import next_open_day
from services.residents.models import Resident
from tests import factories

from .test_growth_detail import TODAY, weigh


@pytest.fixture
def child(world) -> Resident:
    return factories.resident(world.here, "Aisyah Putri", age_months=14, nik="3375031005240001", mother_name="Siti")


def url(child) -> str:
    return reverse("profiles:child_card_download", args=[child.pk])


def text_of(pdf: bytes, tmp_path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed")
    (tmp_path / "card.pdf").write_bytes(pdf)
    told = subprocess.run(["pdftotext", "-layout", tmp_path / "card.pdf", "-"], capture_output=True, check=True)
    return told.stdout.decode()


def test_it_is_one_page_with_her_name_and_no_nik(world, child, tmp_path):
    weigh(world.here, child, world.kader, days_ago=5, kg=8.7)
    factories.open_day(world.here, TODAY + timedelta(days=12), by=world.kader, state="dijadwalkan")
    answer = world.client().get(url(child))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    text = text_of(answer.content, tmp_path)
    assert text.count("\f") == 1
    for said in ("Aisyah Putri", "8,7 kg", "Hari buka berikutnya", "jangan dibagikan", "KBM"):
        assert said in text
    assert "3375" not in text and "Siti" not in text
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert str(pdf.Root.Lang) == "id" and pdf.Root.MarkInfo.Marked


def test_without_a_plan_the_schedule_tells_the_next_day(world, child):
    home = child.residencies.select_related("posyandu").get()
    assert next_open_day(home, date(2026, 11, 10)) is None
    world.here.schedules.create(nth=2, weekday=1, from_date=date(2026, 1, 1), place="Balai RW")
    coming = [next_open_day(home, day).on for day in (date(2026, 11, 9), date(2026, 11, 10))]
    assert coming == [date(2026, 11, 10), date(2026, 12, 8)]
    factories.open_day(world.here, date(2026, 12, 1), by=world.kader, state="dijadwalkan")
    assert next_open_day(home, date(2026, 11, 10)).is_planned


def test_neither_the_file_name_nor_a_cache_keeps_her_name(world, child):
    answer = world.client().get(url(child))
    assert answer["Content-Disposition"] == f'attachment; filename="kartu-anak-{timezone.localdate()}.pdf"'
    assert answer["Cache-Control"] == "no-store"


def test_taking_it_is_remembered(world, child):
    world.client().get(url(child))
    entry = Entry.objects.unscoped(reason="test").get(verb="unduh")
    assert (entry.object_id, entry.user_id, entry.place) == (str(child.pk), world.kader.pk, world.here.path)


def test_a_grown_person_has_no_card(world):
    grown = factories.resident(world.here, "Siti", age_months=400)
    assert world.client().get(url(grown)).status_code == 404


def test_another_place_is_404_and_no_permission_403(world, child):
    assert world.client("stranger").get(url(child)).status_code == 404
    assert world.client("auditor").get(url(child)).status_code == 403
