"""Three posts in two districts, a kader at each of the first two, and an officer above both of a kecamatan."""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests import factories

MONTH = date(2026, 10, 1)
OPEN_DAY = date(2026, 10, 13)
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db, clock):
    """Kencana Ungu (A) and Melati (same kecamatan, other kelurahan), Margo Utomo in another district."""
    a = factories.posyandu("Kencana Ungu", "33.75.03.1003", rw="03")
    near = factories.posyandu("Contoh Melati", "33.75.03.1004")
    far = factories.posyandu("Margo Utomo", "33.20.13.2004")
    return SimpleNamespace(
        a=a,
        near=near,
        far=far,
        kader=factories.user("kader", at=a),
        kader_near=factories.user("kader", at=near),
        kader_far=factories.user("kader", at=far),
        officer=factories.user("kecamatan", at="33.75.03"),
    )


def child(post, name="Aisyah", months=24, on=date(2026, 10, 31), **details):
    return factories.resident(post, name, age_months=months, on=on, **details)


def hold(post, by, day=OPEN_DAY, people=(), **details):
    """An open day that these people came to."""
    held = factories.open_day(post, day, by=by, state=details.pop("state", "selesai"), **details)
    for person in people:
        factories.present(held, person, by=by)
    return held


def fill(day, form, subject, answers, by):
    from services.records.actions import save_record

    return save_record(encounter=day.encounter, form=form, subject=subject, answers=answers, by=by)
