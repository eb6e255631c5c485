"""Counts on several connections: the same figures as one after the other. Only PostgreSQL has them."""

from datetime import date

import pytest
from django.db import connection

from services.reports.monthly import month_figures
from services.reports.sources import beside
from services.reports.sources.sums import FOR_A_KOTA
from tests import factories

from .conftest import MONTH, child, fill, hold
from .test_other_sources import build_others


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite counts on one connection")
def test_many_posts_counted_on_several_connections_have_the_same_figures(world, monkeypatch):
    adult = factories.resident(world.a, "Dewi", birth_date=date(1980, 1, 1))
    people = [child(world.a), child(world.a, "Budi"), adult]
    day = hold(world.a, world.kader, people=people)
    fill(day, "kartu_balita", people[0], {"bb_kg": 11.2, "punya_buku_kia": "ya"}, world.kader)
    fill(day, "kartu_dewasa_lansia", adult, {"td": {"sistol": 145, "diastol": 80}}, world.kader)
    hold(world.near, world.kader_near, people=[child(world.near, "Citra")])
    build_others(world.a, world.kader)

    alone, before = month_figures("33.75.03", MONTH, scope=None), told()
    threads = []
    work_off = beside._work_off
    monkeypatch.setattr(beside, "_work_off", lambda *given: threads.append(1) or work_off(*given))
    monkeypatch.setattr(beside, "MANY_POSTS", 2)
    together = month_figures("33.75.03", MONTH, scope=None)

    assert len(threads) == beside.CONNECTIONS
    assert together == alone
    assert told() == before  # the request's own connection goes on as it was
    assert together["kesehatan.balita.hadir"].value == 3
    assert together["kesehatan.balita.k"].value == 1


def told():
    """What PostgreSQL was told on this connection."""
    found = []
    with connection.cursor() as cursor:
        for name in FOR_A_KOTA:
            cursor.execute(f"SHOW {name}")
            found.append(cursor.fetchone())
    return found
