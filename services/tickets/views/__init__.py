"""Pages of tickets: taking in, following, offices, confidential ones, papers, and the public one."""

from .confidential import confidential_list, confidential_new
from .directory import (
    holiday_cancel,
    holiday_new,
    office_defaults,
    office_edit,
    office_list,
    office_new,
    request_type_edit,
    request_type_new,
    route_edit,
)
from .following import ticket_detail, ticket_list, ticket_move, ticket_told, told_list
from .offices import office_ticket_answer, office_ticket_assign, office_ticket_list
from .papers import (
    aspiration_list,
    aspiration_list_download,
    finding_list,
    finding_list_download,
    register_download,
    register_list,
    ticket_slip_download,
)
from .public import ticket_track
from .reporting import (
    papers_edit,
    photo_detail,
    photo_new,
    reporter_edit,
    ticket_edit,
    ticket_join,
    ticket_new,
)

__all__ = [
    "aspiration_list",
    "aspiration_list_download",
    "confidential_list",
    "confidential_new",
    "finding_list",
    "finding_list_download",
    "holiday_cancel",
    "holiday_new",
    "office_defaults",
    "office_edit",
    "office_list",
    "office_new",
    "office_ticket_answer",
    "office_ticket_assign",
    "office_ticket_list",
    "papers_edit",
    "photo_detail",
    "photo_new",
    "register_download",
    "register_list",
    "reporter_edit",
    "request_type_edit",
    "request_type_new",
    "route_edit",
    "ticket_detail",
    "ticket_edit",
    "ticket_join",
    "ticket_list",
    "ticket_move",
    "ticket_new",
    "ticket_slip_download",
    "ticket_told",
    "ticket_track",
    "told_list",
]
