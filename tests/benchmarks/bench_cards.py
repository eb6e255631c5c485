"""Saving a balita card whose chain is recomputed over sixty months, and the cards of a day on paper and screen."""

import datetime

from django.db import transaction
from django.urls import reverse

from services.records.actions import Attends, save_record
from services.records.models import Encounter
from services.web.submissions import new_key
from tests import factories as make
from tests.benchmarks.measuring import measure

TODAY = datetime.date(2026, 11, 10)
MONTHS = 60
WEIGHTS = (9.1, 9.3)


def run(*, quick: bool = False) -> list[dict]:
    """A child of five with a weight in each of her sixty months; the first of them is corrected, again and again."""
    post = make.posyandu()
    kader = make.user("kader", at=post)
    child = make.resident(post, "Aisyah", birth_date=datetime.date(2021, 11, 20))
    days = [_day(post, kader, months) for months in range(MONTHS)]
    for number, day in enumerate(days):
        _weigh(child, day.encounter, 4.0 + number * 0.2, kader, {})
    stored = {"bb_kg": 4.0}

    def correct() -> None:
        """The first month's weight, so that the status of all that follow is computed again."""
        wanted = WEIGHTS[0] if stored["bb_kg"] != WEIGHTS[0] else WEIGHTS[1]
        with transaction.atomic():
            _weigh(child, days[0].encounter, wanted, kader, dict(stored))
        stored["bb_kg"] = wanted

    client, today, said = make.client_for(kader), days[-1], {"number": 0}
    address = reverse("open_days:record_edit", args=[today.pk, child.pk, "kartu_balita"])

    def post_card():
        said["number"] += 1
        before = 4.0 + (MONTHS - 1) * 0.2 if said["number"] == 1 else said["weight"]
        said["weight"] = round(15 + said["number"] % 5 * 0.1, 1)
        body = {"submission_key": new_key(kader), "base": f'{{"bb_kg": {round(before, 1)}}}', "bb_kg": said["weight"]}
        response = client.post(address, body)
        assert response.status_code == 302, response.content[:2000]
        return response

    return [
        measure("card_save_action_60_months", correct, quick=quick, note="save_record alone, 60 months follow"),
        measure("card_save_request", post_card, quick=quick, note="the whole request, redirect"),
        measure("card_page", lambda: client.get(address), quick=quick, note="the card drawn"),
        measure(
            "card_preview",
            lambda: client.post(f"{address}hasil/", {"bb_kg": "15,2"}),
            quick=quick,
            note="results while typing",
        ),
    ]


def _day(post, kader, number: int):
    year, month = divmod(2021 * 12 + 11 + number, 12)
    day = datetime.date(year, month + 1, 8)
    return make.open_day(post, day, by=kader)


def _weigh(child, encounter: Encounter, kilograms: float, kader, base: dict) -> None:
    save_record(
        encounter=encounter,
        form="kartu_balita",
        subject=child,
        answers={"bb_kg": round(kilograms, 1)},
        asked=["bb_kg"],
        base=base,
        by=kader,
        attends=Attends(done=True),
    )
