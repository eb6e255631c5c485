"""What the public page tells about a code, how often it may be asked, and the message for a reporter."""

import hashlib
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from urllib.parse import quote

from django.core.cache import cache

from services.follow_ups.queries import international
from services.web.refusals import Refusal

from ..models import Ticket
from ..rules import STATE_LABELS, message_for

WINDOW_SECONDS = 600
# A village shares one address: many codes from one are usual, many wrong ones are not.
MOST_OF_ONE_CODE = 30
MOST_WRONG = 40


class TooOften(Refusal):
    """This address asks too often: one code again and again, or codes that are not there."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self):
        super().__init__("Terlalu sering dicoba. Tunggu 10 menit, lalu coba lagi.")


@dataclass(frozen=True)
class Tracked:
    """A ticket as the public sees it: number, states with their dates."""

    number: str
    state: str
    steps: list[tuple[date, str]]
    survey_on: date | None
    planned_year: int | None


def tracked(code: str, *, address: str) -> Tracked | None:
    """The ticket with this code, or None. Raises TooOften; without an address nothing is counted.

    Confidential tickets have no code.
    """
    if address:
        _count(f"{address} {code}", MOST_OF_ONE_CODE)
        if cache.get(_key(f"{address} wrong"), 0) >= MOST_WRONG:
            raise TooOften
    public = Ticket.objects.unscoped(reason="whoever holds a slip sees state and dates by its code")
    ticket = public.filter(code=code, is_confidential=False).first() if code else None
    if ticket is None:
        if address:
            _count(f"{address} wrong", MOST_WRONG)
        return None
    steps = ticket.transitions.order_by("at", "pk").values_list("on", "to_state")
    return Tracked(
        number=ticket.number,
        state=STATE_LABELS[ticket.state],
        steps=[(on, STATE_LABELS[state]) for on, state in steps],
        survey_on=ticket.survey_on if ticket.state == "diproses_opd" else None,
        planned_year=ticket.planned_year if ticket.state == "direncanakan" else None,
    )


def _count(what: str, most: int) -> None:
    key = _key(what)
    cache.add(key, 0, WINDOW_SECONDS)
    if cache.incr(key) > most:
        raise TooOften


def _key(what: str) -> str:
    return "track:" + hashlib.sha256(what.encode()).hexdigest()[:32]


def message_link(phone: str, message: str) -> str:
    """The address that opens WhatsApp with the message; "" without a message or a number that can be."""
    number = international(phone)
    return f"https://wa.me/{number}?text={quote(message)}" if number and message else ""


def _reason(ticket: Ticket) -> str:
    """Why it cannot be, or which papers are missing: whoever reported hears it too, in the words of who decided."""
    if ticket.state not in ("ditolak", "menunggu_berkas"):
        return ""
    return max(ticket.transitions.all(), key=lambda step: (step.at, step.pk)).note


def message_of(ticket: Ticket) -> str:
    """The prepared message about a ticket that has news, or nothing."""
    if ticket.state not in ("diproses_opd", "menunggu_berkas", "direncanakan", "selesai", "ditolak"):
        return ""
    return message_for(
        state=ticket.state,
        posyandu=str(ticket.posyandu),
        number=ticket.number,
        about=ticket.about,
        result=ticket.result if ticket.state == "selesai" else _reason(ticket),
        survey_on=ticket.survey_on,
        year=ticket.planned_year,
    )
