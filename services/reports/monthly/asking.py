"""What may be asked: a place that is the asker's, and a month that has begun."""

import re
from datetime import date

from services.areas import clock
from services.areas.scope import Scope
from services.posyandu.models import Posyandu
from services.web.rules import month_text

from ..figures import Place
from ..sources import find_place, is_held_by


class CannotReport(Exception):
    """The month is not one, or lies ahead, or there is no such version. The text is for people."""


class NotYours(Exception):
    """The place exists, but not for who is asking."""


def read_month(text: str) -> date:
    """The first day of "2026-10". Raises CannotReport for anything else."""
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
    if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1900:
        raise CannotReport(f"Bulan “{text}” tidak dikenal. Tulis seperti 2026-10.")
    return date(int(found[1]), int(found[2]), 1)


def last_closed_month(today: date) -> date:
    """The month that a report is about unless another is asked."""
    return clock.previous_month(clock.month_of(today))


def held_place(code: str, scope: Scope | None) -> tuple[Place, Posyandu | None]:
    """The place of a code and the post itself for a posyandu. Raises UnknownPlace, NotYours."""
    place, post = find_place(code)
    if scope is not None and not is_held_by(place, post, scope):
        raise NotYours(code)
    return place, post


def refuse_ahead(month: date, today: date) -> None:
    """Raises CannotReport for a month that has not begun."""
    if month > today:
        raise CannotReport(f"Bulan {month_text(month)} belum tiba.")
