"""Planning, starting, closing, opening again and cancelling open days.

open_days:day_new, open_days:day_start, open_days:day_reopen, open_days:day_cancel, open_days:schedule_edit
"""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.open_days.models import OpenDay
from services.posyandu.models import Period
from services.web.submissions import new_key
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def here():
    post = make.posyandu()
    kader = make.user("kader", at=post)
    return post, kader, make.open_day(post, TODAY, by=kader)


def send(by, url_name, /, *args, **fields):
    body = {"submission_key": new_key(by), **fields}
    return make.client_for(by).post(reverse(f"open_days:{url_name}", args=args), body)


def days():
    return OpenDay.objects.unscoped(reason="test")


def test_a_day_is_closed_with_who_was_there_and_what_was_short(here):
    _, kader, day = here
    answer = send(kader, "day_close", day.pk, kader=[kader.pk], others=["bidan"], meals="40", obstacles=["hujan"])

    assert answer.status_code == 302
    day.refresh_from_db()
    assert (day.state, day.meals, day.obstacles, day.closed_by_id) == ("selesai", 40, ["hujan"], kader.pk)
    assert sorted(day.helpers.values_list("kind", flat=True)) == ["bidan", "kader"]


def test_a_second_close_of_the_same_day_is_refused_and_changes_nothing(here):
    _, kader, day = here
    send(kader, "day_close", day.pk, kader=[kader.pk], meals="40")
    answer = send(kader, "day_close", day.pk, kader=[kader.pk], meals="99")

    assert answer.status_code == 409
    assert "sudah ditutup" in answer.content.decode()
    day.refresh_from_db()
    assert day.meals == 40


def test_a_day_without_kader_is_422(here):
    _, kader, day = here
    assert send(kader, "day_close", day.pk, meals="40").status_code == 422


def test_a_day_closed_by_mistake_is_opened_again(here):
    _, kader, day = here
    send(kader, "day_close", day.pk, kader=[kader.pk])
    assert send(kader, "day_reopen", day.pk).status_code == 302
    day.refresh_from_db()
    assert day.state == "berlangsung"


def test_a_sent_month_is_not_opened_again(here):
    post, kader, day = here
    send(kader, "day_close", day.pk, kader=[kader.pk])
    Period.objects.unscoped(reason="test").update(state=Period.State.SUBMITTED)
    assert send(kader, "day_reopen", day.pk).status_code == 409


def test_cancelling_needs_a_reason_and_nobody_there(here):
    post, kader, day = here
    assert send(kader, "day_cancel", day.pk, reason="").status_code == 422
    make.present(day, make.resident(post, age_months=20), by=kader)
    assert send(kader, "day_cancel", day.pk, reason="banjir").status_code == 409
    day.encounter.attendances.all().delete()
    assert send(kader, "day_cancel", day.pk, reason="banjir").status_code == 302
    day.refresh_from_db()
    assert (day.state, day.cancel_reason) == ("batal", "banjir")


@pytest.mark.parametrize("shift", [-40, 20])
def test_a_past_and_a_coming_day_can_be_noted(here, shift):
    post, kader, _ = here
    when = TODAY + timedelta(days=shift)
    answer = send(kader, "day_new", date=when.isoformat(), opened_fields=["kesehatan"])

    assert answer.status_code == 302
    planned = days().get(date=when)
    assert planned.encounter.period == when.replace(day=1)


def test_two_open_days_on_one_date_are_refused_beside_the_date(here):
    _, kader, _ = here
    answer = send(kader, "day_new", date=TODAY.isoformat(), opened_fields=["kesehatan"])
    assert answer.status_code == 409
    assert "sudah ada" in answer.content.decode()


def test_a_day_ahead_cannot_be_started(here):
    post, kader, _ = here
    ahead = make.open_day(post, TODAY + timedelta(days=3), by=kader, state="dijadwalkan")
    assert send(kader, "day_start", ahead.pk).status_code == 409


def test_the_schedule_suggests_the_next_date(here):
    post, kader, _ = here
    answer = send(kader, "schedule_edit", nth="2", weekday="1", starts_at="08:00", place="Balai RW")
    suggested = date.fromisoformat(answer["Location"].split("tanggal=")[1])
    assert suggested >= TODAY
    assert suggested.weekday() == 1
    assert 8 <= suggested.day <= 14


def test_the_list_names_days_left_unfilled(here):
    post, kader, _ = here
    make.open_day(post, TODAY - timedelta(days=9), by=kader, state="dijadwalkan")
    page = make.client_for(kader).get(reverse("open_days:day_list")).content.decode()
    assert "Belum diisi" in page


@pytest.mark.parametrize("name", ["day_close", "day_reopen", "day_cancel", "day_start"])
def test_days_of_another_posyandu_are_404(here, name):
    _, _, day = here
    stranger = make.user("kader", at=make.posyandu("Margo Utomo", "33.20.13.2004"))
    assert send(stranger, name, day.pk).status_code == 404


def test_an_officer_above_may_not_record(here):
    _, _, day = here
    assert send(make.user("kecamatan", at="33.75.03"), "day_start", day.pk).status_code == 403


@pytest.mark.parametrize("role, seen", [("kader", True), ("bidan", False)])
def test_pages_lead_to_planning_and_closing_only_those_who_may(here, role, seen):
    """A bidan records, and the kader open and close the day."""
    post, kader, day = here
    ahead = make.open_day(post, TODAY + timedelta(days=3), by=kader, state="dijadwalkan")
    done = make.open_day(post, TODAY - timedelta(days=3), by=kader, state="selesai")
    browser = make.client_for(make.user(role, at=post))
    names = [("day_close", day), ("day_cancel", ahead), ("day_reopen", done)]
    leads = {
        reverse("open_days:day_list"): [reverse("open_days:schedule_edit"), reverse("open_days:day_new")],
        **{
            reverse("open_days:day_detail", args=[on.pk]): [reverse(f"open_days:{name}", args=[on.pk])]
            for name, on in names
        },
    }
    for page, links in leads.items():
        text = browser.get(page).content.decode()
        assert [link in text for link in links] == [seen] * len(links), page


@pytest.mark.parametrize("years, status", [(-127, 422), (-1, 302), (1, 302), (10, 422)])
def test_a_mistyped_year_is_said_beside_the_date_and_opens_no_month(here, years, status):
    post, kader, _ = here
    on = TODAY.replace(year=TODAY.year + years, month=6, day=1)
    answer = send(kader, "day_new", date=on, opened_fields=["kesehatan"])
    assert answer.status_code == status
    assert Period.objects.unscoped(reason="test").filter(posyandu=post, month=on).exists() is (status == 302)
    if status == 422:
        assert "tidak mungkin" in str(answer.context["form"].errors["date"])
