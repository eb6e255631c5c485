"""Confidential reports leave no trace in any count: none reads as a few, and only a kecamatan tells five and more."""

from datetime import date

import pytest
import time_machine

from services.posyandu.models import Facility
from services.reports.actions import freeze_report, freeze_version
from services.reports.figures import SEALED, State, canonical
from services.reports.figures.periods import read_span
from services.reports.monthly import counted_report, facility_report, held_place, monthly_report
from services.reports.queries.bundles import contents_of
from services.reports.queries.levels import level_rows
from services.reports.queries.periods import asked_place, period_recap, tables_of
from services.tickets.actions import open_ticket

from .conftest import MONTH, child, hold

KEY = "laporan_terbatas.semua.masuk"
VILLAGE, SUBDISTRICT, CITY = "33.75.03.1003", "33.75.03", "33.75"
HALF = read_span("2026-s2")


def secret(post, by, times=1):
    """Confidential reports of October."""
    for _ in range(times):
        with time_machine.travel("2026-10-09T03:00:00Z", tick=False):
            open_ticket(
                posyandu=post, field="sosial", request_type="lainnya", kind="aspirasi", by=by,
                description="Rahasia", consent="korban", confidential=True,
            )  # fmt: skip


def documents(world):
    """Everything that a post, its puskesmas, its village and the places above say of the month, as it is frozen."""
    told = [canonical(counted_report(place, MONTH, scope=None)) for place in (world.a.path, VILLAGE, SUBDISTRICT, CITY)]
    return [*told, canonical(facility_report(world.facility, MONTH, scope=None))]


def freeze(post, by, month=MONTH):
    """A month as the moves leave it: what was sent, and version 1 made of it."""
    post.periods.update_or_create(month=month, defaults={"state": "diajukan"})
    sent = freeze_report(report=counted_report(post.path, month, scope=None), by=by, posyandu_id=post.pk)
    made = freeze_version(attempt=sent, by=by, on=date(2026, 11, 20))
    post.periods.filter(month=month).update(state="final")
    return made


@pytest.fixture
def world(world):
    for post, by in ((world.a, world.kader), (world.near, world.kader_near)):
        hold(post, by, people=[child(post)])
    world.facility = Facility.objects.create(name="Puskesmas Contoh", area_id=CITY)
    world.a.facility = world.near.facility = world.facility
    for post in (world.a, world.near):
        post.save(update_fields=["facility"])
    return world


def test_a_few_leave_every_document_as_it_is_without_any(world):
    before = documents(world)
    secret(world.a, world.kader, 4)
    assert documents(world) == before


def test_below_the_kecamatan_no_number_of_them_shows(world):
    *below, subdistrict, city, facility = documents(world)
    secret(world.a, world.kader, 5)
    *after, subdistrict_after, city_after, facility_after = documents(world)
    assert (after, facility_after) == (below, facility)
    assert (subdistrict_after, city_after) != (subdistrict, city)


@pytest.mark.parametrize(("at_a", "at_near", "told"), [(0, 0, None), (2, 2, None), (4, 1, 5), (3, 9, 12)])
@pytest.mark.parametrize("is_frozen", [False, True])
def test_above_they_are_told_from_five_on_counted_or_frozen(world, at_a, at_near, told, is_frozen):
    secret(world.a, world.kader, at_a)
    secret(world.near, world.kader_near, at_near)
    if is_frozen:
        freeze(world.a, world.kader)
        freeze(world.near, world.kader_near)
    for code in (SUBDISTRICT, CITY):
        report = monthly_report(code, MONTH, scope=None)
        assert (report.final is not None) == is_frozen
        figure = report.figures[KEY]
        assert (figure.value, figure.state) == (told, State.KNOWN if told else State.DISGUISED), code
    for village in monthly_report(SUBDISTRICT, MONTH, scope=None).parts:
        assert village.figures[KEY].state is State.DISGUISED
    for place in (VILLAGE, world.a.path):
        assert monthly_report(place, MONTH, scope=None).figures[KEY].state is State.DISGUISED


def test_periods_and_the_kotas_workbook_tell_what_the_months_tell(world):
    secret(world.a, world.kader, 7)
    for post, by in ((world.a, world.kader), (world.near, world.kader_near)):
        freeze(post, by)
    for code in (world.a.path, VILLAGE):
        assert period_recap(code, HALF, scope=None).figures[KEY].state is State.DISGUISED
    for code, told in ((VILLAGE, None), (SUBDISTRICT, 7), (CITY, 7)):
        tables = tables_of(asked_place(code, HALF, scope=None))
        months = [table for _, table in tables.months()]
        for table in (*months, tables.total()):
            assert table.whole[KEY].value == told, code
            below = [part[KEY].value for part in table.parts.values()]
            assert below == ([7] if code == CITY else [None] * len(below))
    rows = level_rows(contents_of(held_place(CITY, None)[0], MONTH))
    assert {level: [row.figures[KEY].value for row in found] for level, found in rows.items()} == {
        "kecamatan": [7],
        "kelurahan": [None, None],
        "posyandu": [None, None],
    }


def test_what_is_sealed_is_in_no_document_but_in_its_row(world):
    secret(world.a, world.kader, 3)
    made = freeze(world.a, world.kader)
    assert set(SEALED) == {KEY}
    assert "sealed" not in made.document
    assert made.figures.get(key=KEY).value == 3
