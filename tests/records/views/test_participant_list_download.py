"""The paper of an activity with who came by name."""

from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from services.audit.models import Entry
from services.records.actions import add_participant, save_record, start_encounter
from tests import factories as make

pytestmark = pytest.mark.django_db


def activity(here, form="kie_gender"):
    encounter = start_encounter(kind="lain", posyandu=here.post, day=here.today, by=here.kader)
    place = {"lokasi": "Balai RW 03"}
    return save_record(encounter=encounter, form=form, subject="KIE", answers=place, by=here.kader).record


def get(by, record):
    return make.client_for(by).get(reverse("records:participant_list_download", args=[record.pk]))


def test_it_is_one_page_for_a_few_and_who_took_it_is_remembered(here):
    record = activity(here)
    add_participant(record=record, by=here.kader, name="Siti Luar", sex="P", phone="081234567890")
    answer = get(here.kader, record)
    assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "no-store"
    assert "Siti" not in answer["Content-Disposition"]
    assert len(pikepdf.open(BytesIO(answer.content)).pages) == 1
    entry = Entry.objects.unscoped(reason="test").get(verb="unduh")
    assert (entry.user, entry.detail) == (here.kader, {"form": "kie_gender", "nama": 1})


def test_nobody_else_takes_it_and_other_activities_have_none(here):
    record = activity(here)
    assert get(here.stranger, record).status_code == 404
    assert get(here.officer, record).status_code == 403
    assert get(here.kader, activity(here, "penyuluhan_sosial")).status_code == 404
