"""The one writer of encounters, attendance, records, measurements, and things of the place."""

from .activities import cancel_activity, change_activity
from .assets import add_asset, add_asset_photo, change_asset, retire_asset
from .participants import add_participant, came_by_name, change_participant, remove_participant
from .saving import (
    Attends,
    Clashed,
    Saved,
    encounter_elsewhere,
    keep_encounter,
    mark_present,
    note_paper,
    note_sensitive_view,
    plan_encounter,
    recompute_after_correction,
    repeat_record,
    save_record,
    set_weight_status,
    start_encounter,
    unmark_present,
)

__all__ = [
    "Attends",
    "Clashed",
    "Saved",
    "add_asset",
    "add_asset_photo",
    "add_participant",
    "came_by_name",
    "cancel_activity",
    "change_activity",
    "change_asset",
    "change_participant",
    "encounter_elsewhere",
    "keep_encounter",
    "mark_present",
    "note_paper",
    "note_sensitive_view",
    "plan_encounter",
    "recompute_after_correction",
    "remove_participant",
    "repeat_record",
    "retire_asset",
    "save_record",
    "set_weight_status",
    "start_encounter",
    "unmark_present",
]
