"""The open day: what the roster and one tap cost, and what goes over the wire."""

import random
from datetime import timedelta

import brotli
from django.contrib.staticfiles import finders
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from services.residents.models import Household, Residency, Resident
from services.residents.rules import name_key
from tests import factories as make
from tests.benchmarks.measuring import measure

COMPRESSED = {"HTTP_ACCEPT_ENCODING": "br"}
FILES = ("css/app.css", "django_htmx/htmx-2.min.js", "js/app.js")
NAMES = ("Aisyah", "Rafka", "Naura", "Budi", "Siti", "Zayn", "Kirana", "Ahmad", "Humaira", "Slamet", "Putri", "Hakim")


def run(*, quick: bool = False) -> list[dict]:
    return [row for people in (100, 800) for row in _day_of(people, quick)]


def _day_of(people: int, quick: bool) -> list[dict]:
    with transaction.atomic():
        client, day, someone = _day_with(people)
        page = reverse("open_days:day_detail", args=[day.pk])
        tap = reverse("open_days:attendance_edit", args=[day.pk])

        def roster():
            return client.get(page, **COMPRESSED)

        def present():
            return client.post(tap, {"hadir": someone.pk}, HTTP_HX_REQUEST="true", **COMPRESSED)

        note = f"{people} residents, all expected"
        rows = [
            measure(f"roster_page_{people}", roster, quick=quick, note=note),
            measure(f"attendance_post_{people}", present, quick=quick),
        ]
        if people == 100:
            rows.append(_first_visit(roster()))
        transaction.set_rollback(True)
    return rows


def _first_visit(answer) -> dict:
    """Everything a phone with an empty cache is sent for the roster, in bytes of Brotli."""
    parts = [len(answer.content), *(_brotli(name) for name in FILES)]
    note = "html {} + css {} + htmx {} + js {}; at most 55,000".format(*parts)
    row = dict.fromkeys(("median_ms", "p95_ms", "queries", "peak_mb"))
    return {**row, "name": "roster_first_visit_100", "bytes": sum(parts), "note": note}


def _brotli(name: str) -> int:
    with open(finders.find(name), "rb") as file:
        return len(brotli.compress(file.read()))


def _day_with(people: int):
    post = make.posyandu("Kencana Ungu")
    kader = make.user("kader", at=post)
    today = timezone.localdate()
    day = make.open_day(post, today, by=kader)
    chance = random.Random(6)
    houses = Household.objects.bulk_create(
        Household(posyandu=post, head_name=f"Kepala {number}", rw="03", rt=f"{number % 9 + 1:02}")
        for number in range(people // 3)
    )
    residents = Resident.objects.bulk_create(_child(chance, today) for _ in range(people))
    Residency.objects.bulk_create(
        Residency(resident=one, posyandu=post, household=chance.choice(houses), from_date=one.birth_date)
        for one in residents
    )
    return make.client_for(kader), day, residents[0]


def _child(chance: random.Random, today) -> Resident:
    name = f"{chance.choice(NAMES)} {chance.choice(NAMES)} {chance.choice(NAMES)}"
    born = today - timedelta(days=chance.randrange(30, 2000))
    return Resident(name=name, name_key=name_key(name), sex=chance.choice("LP"), birth_date=born)
