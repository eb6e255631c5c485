"""tickets:ticket_track: state and dates for whoever has the code, and nothing else."""

import pytest
from django.test import Client
from django.urls import reverse

from services.tickets.queries.tracking import MOST_OF_ONE_CODE, MOST_WRONG
from services.tickets.rules import code_text

from ..test_actions import submitted

pytestmark = pytest.mark.django_db


def track(code="", **query):
    return Client().get(reverse("tickets:ticket_track", args=[code] if code else []), query)


def test_it_shows_states_and_dates_and_no_name(town, well):
    submitted(well, town)
    for answer in (track(well.code), track(kode=code_text(well.code).lower())):
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "Diajukan ke desa/kelurahan" in text
        for secret in ("Slamet", "RT 02", "0812", "Kencana", town.kader.name):
            assert secret not in text


def test_a_code_that_never_was_is_404_and_an_empty_page_asks_for_one(well):
    assert track("ABCDEFGHJKMN2").status_code == 404
    assert track("x").status_code == 404
    assert track(well.number).status_code == 404
    assert track(str(well.pk)).status_code == 404
    assert "Kode di tanda terima" in track().content.decode()


def test_one_code_cannot_be_asked_for_without_end(well):
    answers = [track(well.code).status_code for _ in range(MOST_OF_ONE_CODE + 1)]
    assert answers == [200] * MOST_OF_ONE_CODE + [429]


def test_codes_cannot_be_tried_out(well):
    wrong = [track(f"ABCDEFGHJK{a}{b}2").status_code for a in "23456789" for b in "23456789"][: MOST_WRONG + 1]
    assert wrong[:MOST_WRONG] == [404] * MOST_WRONG
    assert wrong[-1] == 429
    assert track(well.code).status_code == 429
