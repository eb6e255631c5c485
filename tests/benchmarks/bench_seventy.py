"""An open day of seventy people on the demo: how many screens a kader sees, and how many answers each person takes.

Aim: about 70 screens and 10 answers each. It walks as she does: a card, save, the page that comes then, until nobody
waits. She gives the answers of the last time.
"""

import json
import random
import statistics
from dataclasses import replace
from http import HTTPStatus

from django.db import transaction
from django.urls import reverse

from services.accounts.models import User
from services.accounts.queries import access_of
from services.areas import clock
from services.areas.access import Permission
from services.clinical.kms import minimum_gain_g
from services.exchange.demo.places import load_areas
from services.exchange.demo.plans import KENCANA_UNGU, MARGO_UTOMO
from services.exchange.demo.seeding import Seeding
from services.exchange.demo.users import KADER_OF
from services.fields.forms import build_form
from services.fields.spec import NO, Kind
from services.open_days.actions import start_day
from services.open_days.models import OpenDay
from services.open_days.queries import expected_at, first_form_url
from services.records.actions import mark_present
from services.residents.queries import stage_rules
from services.web.submissions import new_key
from tests import factories as make

WHY = "a benchmark looks at one whole day"
PEOPLE, QUICK_PEOPLE = 70, 12
REGISTERED = 240  # so many live there that seventy are expected


def run(*, quick: bool = False) -> list[dict]:
    """Two rows without times: what is counted stands in the note."""
    with transaction.atomic():
        walk = Walk(QUICK_PEOPLE if quick else PEOPLE)
        walk.until_nobody_waits()
        transaction.set_rollback(True)
    served = sum(map(len, walk.answers.values()))
    return [
        _row("day_screens", f"{walk.screens} screens for {served} people, {walk.stays} more to read a result"),
        _row("day_answers_a_person", _spread(walk.answers)),
    ]


def _row(name: str, note: str) -> dict:
    return {**dict.fromkeys(("median_ms", "p95_ms", "queries", "bytes", "peak_mb")), "name": name, "note": note}


def _spread(answers: dict[str, list[int]]) -> str:
    """The median of all, and of each card."""
    counted = [count for counts in answers.values() for count in counts]
    cards = ", ".join(
        f"{form.removeprefix('kartu_')} {statistics.median(counts):g} ({len(counts)})"
        for form, counts in sorted(answers.items())
    )
    return f"median {statistics.median(counted):g}, most {max(counted)}: {cards}"


class Walk:
    """A kader's way through the day. Marking who came is the roster's work and is done before."""

    def __init__(self, people: int) -> None:
        self.screens = self.stays = 0
        self.answers: dict[str, list[int]] = {}
        self.kader, self.day = _demo_day()
        self.client = make.client_for(self.kader)
        self.residents = _mark_present(self.day, self.kader, people)

    def until_nobody_waits(self) -> None:
        url = first_form_url(self.day, self.residents[0], scope_of(self.kader))
        while path_of(url) != self.roster:
            url = self._serve(url)

    @property
    def roster(self) -> str:
        return reverse("open_days:day_detail", args=[self.day.pk])

    def _serve(self, url: str) -> str:
        """One card; where to go from it. A result comes along on top of the next page; danger has a page of its own,
        which the same button leaves.
        """
        page = self._look(url)
        form = page.context["form"]
        self.answers.setdefault(form.spec.key, []).append(asked_of(form))
        answers = typed(form, page.context["person"])
        after = self._save(url, answers, {})
        if path_of(after) == path_of(url):
            self.stays += 1
            opened_with = self._look(url).context["sheet"].opened_with
            after = self._save(url, answers, opened_with)
        assert path_of(after) != path_of(url), url
        return after

    def _save(self, url: str, answers: dict, opened_with: dict) -> str:
        sent = {**answers, "base": json.dumps(opened_with), "submission_key": new_key(self.kader)}
        answer = self.client.post(url, sent)
        assert answer.status_code == HTTPStatus.FOUND, answer.content[:2000]
        return answer.url

    def _look(self, url: str):
        self.screens += 1
        page = self.client.get(url)
        assert page.status_code == HTTPStatus.OK, url
        return page


def _demo_day() -> tuple[User, OpenDay]:
    """Today's open day of Kencana Ungu, begun."""
    today = clock.today()
    plans = [replace(MARGO_UTOMO, people=60), replace(KENCANA_UNGU, people=REGISTERED)]
    load_areas(plans, today)
    Seeding(1, today, plans, lambda line: None).run()
    rows = OpenDay.objects.unscoped(reason=WHY).select_related("posyandu", "encounter__posyandu")
    day = rows.get(date=today, posyandu__name=KENCANA_UNGU.name, state=OpenDay.State.PLANNED)
    kader = User.objects.unscoped(reason=WHY).get(username=KADER_OF["kencana"][1].username)
    day = start_day(open_day=day, by=kader)
    return kader, day


def _mark_present(day: OpenDay, kader: User, people: int) -> list:
    scope = scope_of(kader)
    expected = expected_at(day, scope, stage_rules(day.posyandu.area_id, day.date)).select_related("resident")
    everybody = [home.resident for home in expected.order_by("pk")]
    assert len(everybody) >= people, f"only {len(everybody)} people are expected"
    residents = random.Random(1).sample(everybody, people)
    for resident in residents:
        mark_present(encounter=day.encounter, resident_id=resident.pk, by=kader)
    return residents


def path_of(url: str) -> str:
    return url.partition("?")[0]


def scope_of(user: User):
    return access_of(user).scope(Permission.RECORD)


def asked_of(form) -> int:
    """Answers a kader gives on this card: what is folded away is none, "semua tidak" of a group is one tap."""
    given = answers_of(form)
    count = 0
    for block in (block for step in form.steps() for block in step.blocks):
        if block.group and block.group.none_label:
            count += 1
        elif not block.summary:
            count += sum(_is_shown(field.question, given) for field in block.fields)
    return count


def _is_shown(question, given: dict) -> bool:
    condition = question.asked_if
    return condition is None or condition.predicate.holds(given.get(condition.question))


def answers_of(form) -> dict:
    """What she answers: as last time, and "tidak" to what was never asked."""
    found = {}
    for question in form.questions:
        if question.key in form.previous:
            found[question.key] = form.previous[question.key].value
        elif question.kind is Kind.YES_NO:
            found[question.key] = NO
    return found


def typed(form, person) -> dict:
    """The same as a phone sends it. A child has gained what the KMS asks for."""
    answers = answers_of(form)
    for question in form.questions:
        if question.measure == "weight_kg" and question.key in answers:
            gain = minimum_gain_g(person.sex[0], person.age_months) or 0
            answers[question.key] = round(answers[question.key] + gain / 1000, 1)
    shown = build_form(form.spec, on=form.on, questions=list(answers), initial=answers)
    sent: dict = {}
    for field in (shown[key] for key in shown.question_keys):
        if field.question.parts:
            sent |= {box.name: box.value for box in field.boxes}
        else:
            sent[field.html_name] = answers[field.name] if field.question.offered else field.input_value
    return sent
