"""The one writer of tickets and of the offices, request types and days off they need."""

from .directory import (
    add_default_offices,
    cancel_holiday,
    import_holidays,
    save_holiday,
    save_office,
    save_request_type,
    save_routes,
)
from .moving import Filled, MovedMeanwhile, answer_several, assign_office, move_ticket
from .opening import add_photo, change_ticket, join_ticket, mark_told, note_opened, note_taken, open_ticket

__all__ = [
    "Filled",
    "MovedMeanwhile",
    "add_default_offices",
    "add_photo",
    "answer_several",
    "assign_office",
    "cancel_holiday",
    "change_ticket",
    "import_holidays",
    "join_ticket",
    "mark_told",
    "move_ticket",
    "note_opened",
    "note_taken",
    "open_ticket",
    "save_holiday",
    "save_office",
    "save_request_type",
    "save_routes",
]
