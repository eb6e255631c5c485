"""Blank cards for a day without a phone."""

import io

import pikepdf
import pytest
from django.urls import reverse

from services.fields import registry
from services.records.paper import blank_card
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
