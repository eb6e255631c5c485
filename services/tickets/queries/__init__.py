"""Reading tickets: what may be asked, how they stand, who is late, and their figures."""

from .deadlines import calendar_of, clock_of, limits_at, standing_of
from .detail import TicketPage, may_see_people, parties_of, ticket_page
from .digest import Digest, digests
from .directory import kind_of, kinds_of, office_district, papers_of, people_of_offices, proposed_offices
from .figures import TicketFigures, confidential_count, medians, ticket_figures
from .lists import (
    GROUPS,
    Filters,
    Listing,
    Row,
    Times,
    confidential_tickets,
    listing,
    open_tickets,
    open_tickets_about,
    tickets_of_office,
    times_of,
    to_tell,
)
from .planning import (
    aspiration_table,
    aspirations,
    finding_table,
    found,
    planning_scope,
    register_table,
    register_tickets,
)
from .tracking import Tracked, message_of, tracked

__all__ = [
    "GROUPS",
    "Digest",
    "Filters",
    "Listing",
    "Row",
    "TicketFigures",
    "TicketPage",
    "Times",
    "Tracked",
    "aspiration_table",
    "aspirations",
    "calendar_of",
    "clock_of",
    "confidential_count",
    "confidential_tickets",
    "digests",
    "finding_table",
    "found",
    "kind_of",
    "kinds_of",
    "limits_at",
    "listing",
    "may_see_people",
    "medians",
    "message_of",
    "office_district",
    "open_tickets",
    "open_tickets_about",
    "papers_of",
    "parties_of",
    "people_of_offices",
    "planning_scope",
    "proposed_offices",
    "register_table",
    "register_tickets",
    "standing_of",
    "ticket_figures",
    "ticket_page",
    "tickets_of_office",
    "times_of",
    "to_tell",
    "tracked",
]
