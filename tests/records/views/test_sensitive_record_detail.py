"""Sensitive answers are read by bidan and puskesmas only, and each look is remembered."""

import pytest
from django.urls import reverse
from django.utils import timezone

from services.audit.models import Entry
from services.records.actions import save_record
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db):
    post = make.posyandu()
    kader = make.user("kader", at=post)
    day = make.open_day(post, timezone.localdate(), by=kader)
    woman = make.resident(post, "Siti", age_months=400)
    save_record(encounter=day.encounter, form="srq20", subject=woman, answers={"srq20_skor": 7}, by=kader)
    return post, kader, woman


def url(person):
    return reverse("records:sensitive_record_detail", args=[person.pk])


@pytest.mark.parametrize("role", ["bidan", "puskesmas"])
def test_who_looks_after_her_reads_the_answers_and_is_remembered(here, role):
    post, _, woman = here
    reader = make.user(role, at=post)
    response = make.client_for(reader).get(url(woman))
    assert response.status_code == 200 and response["Cache-Control"] == "no-store"
    assert "Perlu pemeriksaan jiwa" in response.content.decode()
    entry = Entry.objects.unscoped(reason="test").get(verb="lihat")
    assert (entry.user, entry.object_id) == (reader, str(woman.pk))
    assert "7" not in str(entry.detail)


@pytest.mark.parametrize("role", ["kader", "ketua", "sekretaris"])
def test_nobody_else_does(here, role):
    post, _, woman = here
    assert make.client_for(make.user(role, at=post)).get(url(woman)).status_code == 403


def test_a_person_of_another_place_is_404(here):
    _, _, woman = here
    stranger = make.user("bidan", at=make.posyandu("Margo Utomo", "33.20.13.2004"))
    assert make.client_for(stranger).get(url(woman)).status_code == 404
