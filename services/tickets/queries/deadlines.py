"""What a district allows for tickets, and its calendar."""

from datetime import date

from services.areas.queries import days_off
from services.areas.settings import (
    HEAD_CONSENT,
    TICKET_CLOCK_START,
    TICKET_DIRECT_OFFICE,
    TICKET_IDLE_DAYS,
    TICKET_OFFICE_DAYS,
    TICKET_VILLAGE_DAYS,
    WORKING_DAYS_A_WEEK,
    value_of,
    values_of,
)

from ..models import Ticket
from ..rules import Calendar, Clock, Limits, Standing


def limits_at(district: str, on: date) -> Limits:
    """How many working days each part may take in this district on a day."""
    settings = (TICKET_VILLAGE_DAYS, TICKET_OFFICE_DAYS, TICKET_IDLE_DAYS, TICKET_CLOCK_START)
    values = values_of(settings, district, on)
    return Limits(*(values[setting.key] for setting in settings))


def calendar_of(district: str, on: date) -> Calendar:
    """The working days of a district, as it sees them on a day."""
    return Calendar(days_off(district), value_of(WORKING_DAYS_A_WEEK, district, on))


def clock_of(ticket: Ticket) -> Clock:
    return Clock(ticket.clock_part, ticket.clock_since, ticket.clock_used)


def standing_of(ticket: Ticket, on: date) -> Standing:
    """Where a ticket stands in the table of moves; for a confidential one, who takes no part in it."""
    values = values_of((TICKET_DIRECT_OFFICE, HEAD_CONSENT), ticket.district_id, on)
    if ticket.is_confidential:
        direct = bool(ticket.party) or not values[HEAD_CONSENT.key]
    else:
        direct = values[TICKET_DIRECT_OFFICE.key]
    return Standing(
        state=ticket.state,
        turn=ticket.turn,
        resume_state=ticket.resume_state,
        direct_allowed=direct,
        village_barred=bool(ticket.party),
    )
