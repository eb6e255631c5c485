"""A posyandu and a person as rules see them, with what a case changes."""

from datetime import date, timedelta
from uuid import UUID

from services.areas.settings import NEED_SETTINGS, POSTNATAL_CONTACTS, VISIT_DAYS
from services.follow_ups.rules import Known, PersonFacts, PostFacts, Seen
from services.residents.rules import PregnancySpan

TODAY = date(2026, 11, 20)
LIVE = date(2026, 1, 1)
LIMITS = {setting.key: setting.default for setting in (*NEED_SETTINGS, POSTNATAL_CONTACTS)}
# Closed open days, newest first.
DAYS = tuple((UUID(int=number), day) for number, day in enumerate(
    (date(2026, 11, 10), date(2026, 10, 13), date(2026, 9, 8), date(2026, 8, 11)), start=1))  # fmt: skip
NOVEMBER, OCTOBER, SEPTEMBER, AUGUST = (pk for pk, _ in DAYS)
CHILD, HOUSE = UUID(int=100), UUID(int=200)


def post(**changes) -> PostFacts:
    limits = {**LIMITS, **changes.pop("limits", {})}
    facts = {
        "on": TODAY,
        "live_from": LIVE,
        "days": DAYS,
        "limits": limits,
        "within": {kind: limits[setting.key] for kind, setting in VISIT_DAYS.items()},
        "used": frozenset(VISIT_DAYS),
    }
    return PostFacts(**{**facts, **changes})


def person(**changes) -> PersonFacts:
    """A girl of 23 months who has always lived there."""
    came = frozenset(changes.pop("came", ()))
    days = dict(DAYS)
    facts = {
        "id": CHILD,
        "household_id": HOUSE,
        "sex": "P",
        "birth_date": date(2024, 12, 15),
        "from_date": date(2025, 1, 1),
        "came": came,
        "last_came": max((days[pk] for pk in came if pk in days), default=None),
    }
    return PersonFacts(**{**facts, **changes})


def aged(years: int) -> date:
    return TODAY.replace(year=TODAY.year - years) - timedelta(days=30)


def measured(on: date = date(2026, 11, 10), **columns) -> dict[str, Seen]:
    return {name: Seen(value, on) for name, value in columns.items()}


def answered(on: date = date(2026, 11, 10), **answers) -> dict[str, Seen]:
    return {key: Seen(value, on) for key, value in answers.items()}


def pregnant(since: date = date(2026, 5, 1), ended: date | None = None, born: bool = False) -> tuple:
    return (PregnancySpan(since, ended, born),)


def known(kind: str, *, number: int = 900, **changes) -> Known:
    facts = {
        "id": UUID(int=number),
        "kind": kind,
        "resident_id": CHILD,
        "household_id": HOUSE,
        "is_open": not changes.get("closed_on"),
        "due_on": date(2026, 11, 25),
        "words": "lama",
    }
    return Known(**{**facts, **changes})
