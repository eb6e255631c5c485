"""A city is filled by two processes. What they make is what one would have made, and a failure is recognised."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from services.accounts.models import User
from services.exchange import demo
from services.exchange.demo import crew, seeding
from services.exchange.demo.places import load_areas
from services.exchange.demo.plans import EXAMPLES, plans_of
from services.posyandu.models import Posyandu
from services.residents.models import Resident
from tests import factories

from .test_seed_demo import signature

TODAY = date(2026, 11, 18)
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite takes one writer at a time"),
]


def plans():
    """The two of a tiny demo, who share a visitor, and a neighbour."""
    return [*plans_of("tiny"), replace(EXAMPLES[0], people=40, months=2)]


def made_by(workers):
    factories.area_tree()
    load_areas(plans(), TODAY)
    seeding.Seeding(1, TODAY, plans(), lambda line: None, workers).run()
    found = signature()
    call_command("flush", interactive=False, verbosity=0)
    return found


def test_two_workers_make_the_same_demo_as_one():
    alone, together = made_by(1), made_by(2)
    assert together == alone
    assert all(alone.values())


def broken(job):
    raise RuntimeError("the power went")


def test_a_city_that_breaks_off_leaves_no_officer_who_may_log_in_and_is_recognised(monkeypatch):
    factories.area_tree()
    monkeypatch.setattr(crew, "fill_job", broken)
    monkeypatch.setattr(seeding, "plans_of", lambda size: plans())
    with pytest.raises(RuntimeError, match="the power went"):
        demo.seed("city", 1, today=TODAY)
    assert demo.is_unfinished()
    # The months that are kept count the kader, so these are there from the first.
    assert set(
        User.objects.unscoped(reason="test").filter(is_active=True).values_list("assignments__role", flat=True)
    ) == {
        "kader",
        "ketua",
    }
    assert Posyandu.objects.unscoped(reason="test").exists()
    assert not Resident.objects.unscoped(reason="test").exists()
    with pytest.raises(demo.Unfinished):
        demo.seed("city", 1, today=TODAY)
