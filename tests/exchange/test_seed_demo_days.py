"""The demo may be made on any day: month ends, New Year and leap days included."""

from datetime import date

import pytest

from services.exchange import demo
from services.exchange.demo.stories import STORIES
from services.open_days.models import OpenDay
from services.posyandu.models import Period, Posyandu
from services.records.models import Measurement
from services.residents.models import Resident
from tests import factories


def rows(model):
    return model.objects.unscoped(reason="test")


@pytest.mark.django_db
@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2027, 3, 31), date(2028, 2, 29)])
def test_the_stories_hold_whatever_day_it_is(today):
    factories.area_tree()
    demo.seed("tiny", 7, today=today, freeze=False)
    post = rows(Posyandu).get(name="Kencana Ungu")
    days = rows(OpenDay).filter(posyandu=post).order_by("date")
    assert [day.state for day in days] == ["selesai"] * 6 + ["dijadwalkan"]
    assert len({day.date.replace(day=1) for day in days}) == 7
    assert days.last().date == today
    assert rows(Period).filter(posyandu=post).latest("month").month == today.replace(day=1)
    child = rows(Resident).get(name=STORIES["no_gain"].name)
    assert rows(Measurement).filter(resident=child).latest("measured_on").no_gain_months >= 2


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2027, 3, 31), date(2028, 2, 29)])
def test_the_live_months_end_with_the_running_one(today):
    for plan in demo.plans_of("small"):
        months = plan.live_months(today)
        assert (months[0], months[-1]) == (plan.live_from(today), today.replace(day=1))
        assert len(months) == plan.months + 1
