"""What is frozen stays: the whole document under its hash, and one row for each figure."""

import hashlib
import json

import pytest
from django.db import IntegrityError

from services.audit.models import Entry
from services.reports.actions import freeze_report
from services.reports.models import FrozenFigure, MonthlyReport
from services.reports.monthly import frozen_report, monthly_report

from .conftest import MONTH, child, hold


@pytest.fixture
def frozen(world):
    hold(world.a, world.kader, people=[child(world.a), child(world.a, "Budi")])
    return freeze_report(report=monthly_report(world.a.path, MONTH, scope=None), by=world.kader, version=1)


def test_the_hash_is_that_of_the_document(frozen):
    assert frozen.sha256 == hashlib.sha256(frozen.document.encode()).hexdigest()
    assert json.loads(frozen.document)["version"] == 1


def test_there_is_a_row_for_each_figure(frozen):
    rows = {row.key: row for row in FrozenFigure.objects.unscoped(reason="test").filter(report=frozen)}
    assert set(rows) == set(json.loads(frozen.document)["figures"])
    row = rows["kesehatan.balita.persen_hadir"]
    assert (row.value, row.denominator, row.state, row.place) == (100, 2, "ada", "33.75.03.1003.1")
    assert rows["perumahan_rakyat.rumah.jumlah"].state == "belum_didata"


def test_a_version_is_frozen_once(world, frozen):
    with pytest.raises(IntegrityError):
        freeze_report(report=monthly_report(world.a.path, MONTH, scope=None), by=world.kader, version=1)


def test_attempts_have_no_version_and_there_may_be_several(world):
    for _ in range(2):
        freeze_report(report=monthly_report(world.a.path, MONTH, scope=None), by=world.kader)
    assert MonthlyReport.objects.unscoped(reason="test").filter(version=None).count() == 2


def test_no_resident_is_named_in_a_document(world, frozen):
    assert "Aisyah" not in frozen.document
    assert "Budi" not in frozen.document


def test_it_is_remembered_who_froze_it(world, frozen):
    entry = Entry.objects.unscoped(reason="test").get(model="monthlyreport")
    assert (entry.user, entry.detail["bulan"], entry.detail["versi"]) == (world.kader, "2026-10", 1)


def test_the_frozen_report_carries_its_hash(world, frozen):
    assert frozen_report(world.a.path, MONTH, 1, scope=None).sha256 == frozen.sha256
