"""Blank cards for a day without a phone."""

import io

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from services.audit.models import Entry
from services.fields import registry
from services.records.actions import save_record
from services.records.paper import blank_card, filled_card
from tests import factories as make

pytestmark = pytest.mark.django_db


def url(form):
    return reverse("records:card_download", args=[form])


def test_a_blank_card_is_a_pdf_across(db):
    kader = make.user("kader", at=make.posyandu())
    response = make.client_for(kader).get(url("kartu_balita"))
    assert response.status_code == 200 and response["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(response.content)) as paper:
        box = paper.pages[0].mediabox
        assert box[2] > box[3]


def test_every_question_has_its_line_in_print_order():
    card = registry.form("kartu_dewasa_lansia")
    printed = [line.label for line in blank_card(card) if not line.is_heading]
    assert printed[: len(card.questions)] == [question.label for question in card.questions]


@pytest.mark.parametrize("form", ["srq20", "rumah", "tidak_ada"])
def test_a_form_that_is_no_open_card_is_404(db, form):
    kader = make.user("kader", at=make.posyandu())
    assert make.client_for(kader).get(url(form)).status_code == 404


def test_without_permission_it_is_403(db):
    assert make.client_for(make.user("puskesmas", at=make.posyandu())).get(url("kartu_balita")).status_code == 403


def test_a_persons_card_has_her_name_and_year_and_is_logged(db):
    post = make.posyandu()
    kader = make.user("kader", at=post)
    child = make.resident(post, "Aisyah Putri", age_months=20)
    day = make.open_day(post, timezone.localdate(), by=kader)
    save_record(encounter=day.encounter, form="kartu_balita", subject=child, answers={"bb_kg": 9.8}, by=kader)
    response = make.client_for(kader).get(f"{url('kartu_balita')}?warga={child.pk}")
    assert response.status_code == 200 and response["Cache-Control"] == "no-store"
    entry = Entry.objects.unscoped(reason="test").get(verb="unduh")
    assert entry.object_id == str(child.pk)
    month = timezone.localdate().month
    card = filled_card(registry.form("kartu_balita"), {month: {"bb_kg": 9.8}})
    weight = next(line for line in card if line.label == "Berat badan")
    assert weight.cells[month - 1] == "9,8" and len(weight.cells) == 12


def test_a_persons_card_of_another_place_is_404(db):
    child = make.resident(make.posyandu(), "Aisyah", age_months=20)
    stranger = make.user("kader", at=make.posyandu("Margo Utomo", "33.20.13.2004"))
    for wanted in (child.pk, "bukan-uuid"):
        assert make.client_for(stranger).get(f"{url('kartu_balita')}?warga={wanted}").status_code == 404
