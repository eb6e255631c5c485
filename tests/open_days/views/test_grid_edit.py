"""A paper register typed back in its order."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.records.models import Attendance, Measurement, Record
from services.web.submissions import new_key
from tests import factories as make
from tests.counting import at_most

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def here(db):
    post = make.posyandu()
    kader = make.user("kader", at=post)
    day = make.open_day(post, TODAY, by=kader)
    children = [make.resident(post, f"Anak {letter}", age_months=20) for letter in "ABC"]
    return post, kader, day, children


def url(day):
    return reverse("open_days:grid_edit", args=[day.pk])


def send(kader, day, page=1, **cells):
    return make.client_for(kader).post(f"{url(day)}?page={page}", {"submission_key": new_key(kader), **cells})


def test_rows_stand_in_roster_order(here):
    _, kader, day, _ = here
    page = make.client_for(kader).get(url(day))
    assert [line["row"].person.name for line in page.context["form"].cells()] == ["Anak A", "Anak B", "Anak C"]


def test_who_came_and_what_was_measured_is_saved_once(here):
    _, kader, day, (first, second, third) = here
    body = {f"bb_kg_{first.pk}": "9,8", f"pb_tb_cm_{first.pk}": "80.5", f"hadir_{second.pk}": "on"}
    body["submission_key"] = new_key(kader)
    client = make.client_for(kader)
    answers = [client.post(url(day), body), client.post(url(day), body)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Record.objects.unscoped(reason="test").get().answers == {"bb_kg": 9.8, "pb_tb_cm": 80.5}
    assert Measurement.objects.unscoped(reason="test").get().weight_status == "B"
    came = Attendance.objects.unscoped(reason="test").values_list("resident", flat=True)
    assert set(came) == {first.pk, second.pk}


def test_a_wrong_cell_is_422_beside_it_and_nothing_is_lost_or_saved(here):
    _, kader, day, (first, second, third) = here
    response = send(kader, day, **{f"bb_kg_{first.pk}": "9800", f"bb_kg_{second.pk}": "8,9", f"hadir_{third.pk}": "on"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "mungkin 9,8" in page and 'value="9800"' in page and 'value="8,9"' in page
    assert f'href="#id_bb_kg_{first.pk}"' in page and "checked" in page
    assert not Record.objects.unscoped(reason="test").exists()
    assert not Attendance.objects.unscoped(reason="test").exists()


def test_a_cell_somebody_else_changed_meanwhile_is_409_and_saves_nothing(here):
    _, kader, day, (first, second, _) = here
    send(kader, day, **{f"bb_kg_{first.pk}": "9,8"})
    response = send(kader, day, **{f"bb_kg_{first.pk}": "8,8", f"semula_{first.pk}": "{}", f"bb_kg_{second.pk}": "9"})
    assert response.status_code == 409 and "Anak A" in response.content.decode()
    assert Record.objects.unscoped(reason="test").count() == 1


def test_a_stored_value_is_shown_and_can_be_corrected(here):
    _, kader, day, (first, *_) = here
    send(kader, day, **{f"bb_kg_{first.pk}": "9,8"})
    assert 'value="9,8"' in make.client_for(kader).get(url(day)).content.decode()
    was = json.dumps({"bb_kg": 9.8})
    assert send(kader, day, **{f"bb_kg_{first.pk}": "9,9", f"semula_{first.pk}": was}).status_code == 302
    assert Record.objects.unscoped(reason="test").get().answers == {"bb_kg": 9.9}


def test_twenty_five_rows_a_page_and_a_constant_number_of_queries(here):
    post, kader, day, _ = here
    for number in range(30):
        make.resident(post, f"Balita {number:02}", age_months=20)
    client = make.client_for(kader)
    with at_most(14):
        page = client.get(url(day))
    assert len(page.context["form"].rows) == 25
    assert len(client.get(f"{url(day)}?page=2").context["form"].rows) == 8


def test_a_closed_day_takes_nothing(here):
    post, kader, _, (first, *_) = here
    planned = make.open_day(post, TODAY - timedelta(days=1), by=kader, state="dijadwalkan")
    assert send(kader, planned, **{f"hadir_{first.pk}": "on"}).status_code == 409


def test_another_place_is_404(here):
    _, _, day, _ = here
    stranger = make.user("kader", at=make.posyandu("Margo Utomo", "33.20.13.2004"))
    assert make.client_for(stranger).get(url(day)).status_code == 404


def test_who_is_already_there_is_not_saved_again(here):
    _, kader, day, (first, *_) = here
    make.present(day, first, by=kader)
    client = make.client_for(kader)
    body = {"submission_key": new_key(kader), f"hadir_{first.pk}": "on"}
    assert "0 orang tersimpan" in client.post(url(day), body, follow=True).content.decode()
