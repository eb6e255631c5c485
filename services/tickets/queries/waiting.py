"""What waits for one party, for its first page."""

from dataclasses import dataclass

from services.areas.scope import Scope

from ..models import Ticket
from ..rules import FINAL
from .lists import open_tickets, to_tell

RETURNED_SHOWN = 3


@dataclass(frozen=True)
class Waiting:
    """How many tickets wait for a party, those that came back to it with the reason, and how many have news to tell."""

    steps: int
    returned: tuple[tuple[Ticket, str], ...]
    news: int

    def __bool__(self):
        return bool(self.steps or self.news)


def waiting_for(scope: Scope, party: str, *, tells: bool) -> Waiting:
    """The tickets of the scope whose turn it is; `tells`: whether it is also this party that tells whoever reported.

    Confidential tickets are counted nowhere, not even for those who may read them.
    """
    turn = open_tickets(scope).filter(turn=party).exclude(state__in=FINAL)
    back = turn.filter(state="dikembalikan").prefetch_related("transitions").order_by("moved_on", "pk")
    return Waiting(
        steps=turn.count(),
        returned=tuple((ticket, _why(ticket)) for ticket in back[:RETURNED_SHOWN]),
        news=to_tell(scope).count() if tells else 0,
    )


def _why(ticket: Ticket) -> str:
    return max(ticket.transitions.all(), key=lambda step: (step.at, step.pk)).note
