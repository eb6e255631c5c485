"""Pages of the open day: the list and one day, its people, and what is filled in there."""

from .days import day_cancel, day_close, day_list, day_new, day_reopen, day_start, schedule_edit
from .elsewhere import activity_cancel, activity_edit, elsewhere_list, elsewhere_new
from .paper import grid_edit, paper_list, register_download
from .participants import (
    participant_cancel,
    participant_edit,
    participant_grid_edit,
    participant_list,
    participant_new,
)
from .people import attendance_edit, day_detail, guest_new, person_invite
from .sheets import (
    activity_list,
    activity_new,
    asset_list,
    asset_record_edit,
    household_record_edit,
    record_edit,
    record_preview,
)

__all__ = [
    "activity_cancel",
    "activity_edit",
    "activity_list",
    "activity_new",
    "asset_list",
    "asset_record_edit",
    "attendance_edit",
    "day_cancel",
    "day_close",
    "day_detail",
    "day_list",
    "day_new",
    "day_reopen",
    "day_start",
    "elsewhere_list",
    "elsewhere_new",
    "grid_edit",
    "guest_new",
    "household_record_edit",
    "paper_list",
    "participant_cancel",
    "participant_edit",
    "participant_grid_edit",
    "participant_list",
    "participant_new",
    "person_invite",
    "record_edit",
    "record_preview",
    "register_download",
    "schedule_edit",
]
