"""Sensitive answers are entered on a page of their own; who wrote them goes on with them, others do not see them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.audit.models import Entry
from services.records.models import Record
from services.web.submissions import new_key
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def here(db):
    post = make.posyandu()
    kader = make.user("kader", at=post)
    return post, kader, make.open_day(post, TODAY, by=kader), make.resident(post, "Siti", age_months=400)


def url(day, person, form="srq20"):
    return reverse("records:sensitive_record_edit", args=[day.encounter_id, person.pk, form])


def send(person_writing, day, person, form="srq20", **answers):
    body = {"submission_key": new_key(person_writing), "base": "{}", **answers}
    return make.client_for(person_writing).post(url(day, person, form), body)


def test_the_result_is_kept_apart_and_item_17_is_urgent_at_once(here):
    _, kader, day, woman = here
    response = send(kader, day, woman, srq20_skor="3", srq20_no17="ya")
    assert response.status_code == 302 and response["Location"] == url(day, woman)
    record = Record.objects.within_sensitive(scope_of(make.user("bidan", at=day.posyandu))).get()
    assert record.is_sensitive and record.answers == {"srq20_skor": 3, "srq20_no17": "ya"}
    page = make.client_for(kader).get(url(day, woman)).content.decode()
    assert "Segera: Ada pikiran untuk mengakhiri hidup" in page and 'href="tel:119"' in page


def scope_of(person):
    from services.accounts.queries import access_of
    from services.areas.access import Permission

    return access_of(person).scope(Permission.SEE_SENSITIVE_ANSWERS)


def test_every_look_at_what_was_entered_is_remembered_without_its_values(here):
    _, kader, day, woman = here
    send(kader, day, woman, srq20_skor="3", srq20_no17="tidak")
    make.client_for(kader).get(url(day, woman))
    entry = Entry.objects.unscoped(reason="test").get(verb="lihat")
    assert entry.user == kader and entry.detail == {"jawaban_tertutup": ["srq20"]}


def test_another_kader_sees_that_it_is_filled_and_nothing_more(here):
    post, kader, day, woman = here
    other = make.user("kader", at=post)
    send(kader, day, woman, srq20_skor="19", srq20_no17="tidak")
    page = make.client_for(other).get(url(day, woman)).content.decode()
    assert "sudah diisi hari itu" in page and "19 jawaban" not in page and 'value="19"' not in page
    assert send(other, day, woman, srq20_skor="1").status_code == 404
    assert Record.objects.unscoped(reason="test").get().answers["srq20_skor"] == 19


def test_after_the_day_the_writer_does_not_read_it_either(here):
    _, kader, day, woman = here
    send(kader, day, woman, srq20_skor="19", srq20_no17="tidak")
    Record.objects.unscoped(reason="test").update(created_at=timezone.now() - timedelta(hours=13))
    page = make.client_for(kader).get(url(day, woman)).content.decode()
    assert "sudah diisi hari itu" in page and "19 jawaban" not in page and 'value="19"' not in page


def test_sensitive_records_are_in_no_ordinary_read(here):
    _, kader, day, woman = here
    send(kader, day, woman, "kekerasan", kekerasan_bentuk=["fisik"])
    from services.accounts.queries import access_of
    from services.areas.access import Permission

    for permission in (Permission.RECORD, Permission.SEE_NAMES):
        assert not Record.objects.within(access_of(kader).scope(permission)).exists()
    assert not Record.objects.within_sensitive(access_of(kader).scope(Permission.RECORD)).exists()


@pytest.mark.parametrize("score", ["21", "-1", "tiga"])
def test_an_impossible_score_is_422_and_stays(here, score):
    _, kader, day, woman = here
    response = send(kader, day, woman, srq20_skor=score)
    assert response.status_code == 422 and f'value="{score}"' in response.content.decode()


def test_an_open_form_and_a_stranger_are_404(here):
    _, kader, day, woman = here
    assert make.client_for(kader).get(url(day, woman, "kartu_dewasa_lansia")).status_code == 404
    stranger = make.user("kader", at=make.posyandu("Margo Utomo", "33.20.13.2004"))
    assert make.client_for(stranger).get(url(day, woman)).status_code == 404


def test_nothing_asks_about_hiv():
    from services.fields.registry import FORMS

    words = [
        word.lower()
        for spec in FORMS
        for question in spec.questions
        for word in (question.key, question.label, question.help, *question.choice_labels.values())
    ]
    assert not [word for word in words if "hiv" in word or "aids" in word.split()]
