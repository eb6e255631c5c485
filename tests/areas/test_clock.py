"""The month of a moment is that of the district's clock: WIB, WITA and WIT, at every month's edge (lessons 2, 3, 5)."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from services.areas import clock
from services.areas.models import DistrictSetting
from tests import factories as make

ZONES = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
MONTHS = [date(year, month, 1) for year in (2026, 2028) for month in range(1, 13)]


def local_moment(day: date, hour: int, minute: int, offset: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=offset)


@pytest.mark.parametrize("month", MONTHS, ids=str)
@pytest.mark.parametrize("zone", ZONES)
def test_the_last_minute_and_the_first_belong_to_their_own_months(zone, month):
    last = clock.last_day(month)
    assert last + timedelta(days=1) == clock.next_month(month)
    cases = [(last, 23, 59, month), (clock.next_month(month), 0, 0, clock.next_month(month)), (month, 6, 30, month)]
    for day, hour, minute, expected in cases:
        moment = local_moment(day, hour, minute, ZONES[zone])
        assert clock.month_of(clock.local_date(moment, zone)) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "moment", "today"),
    [
        ("Asia/Jakarta", "2026-10-31T16:59:59Z", date(2026, 10, 31)),
        ("Asia/Jakarta", "2026-10-31T17:00:00Z", date(2026, 11, 1)),
        ("Asia/Makassar", "2026-10-31T16:00:00Z", date(2026, 11, 1)),
        ("Asia/Jayapura", "2026-10-31T14:59:59Z", date(2026, 10, 31)),
        ("Asia/Jayapura", "2026-10-31T15:00:00Z", date(2026, 11, 1)),
    ],
)
def test_today_is_the_districts_day(zone, moment, today):
    make.area_tree()
    DistrictSetting.objects.create(area_id="33.20", key="zona_waktu", value=zone, valid_from=date(2020, 1, 1))
    with time_machine.travel(moment, tick=False):
        assert clock.today("33.20.13.2004") == today


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_the_month_before_and_the_month_after_undo_each_other(month):
    assert clock.previous_month(clock.next_month(month)) == month
    assert clock.months_back(month, 13)[0] == month.replace(year=month.year - 1)
