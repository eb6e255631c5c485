"""The writers of households, residents and where they live; nobody else writes these tables."""

from .births import cancel_birth
from .facts import (
    add_condition,
    add_pregnancy,
    end_condition,
    end_pregnancy,
    give_consent,
    note_download,
    note_view,
    reveal_nik,
    watch_condition,
)
from .guests import add_guest, receive_guest
from .households import add_household, change_household
from .merging import merge_residents, undo_merge
from .moving import end_residency, move_out, move_to, move_together, record_death, return_home
from .people import add_resident, change_resident, claim_nik
from .pregnancies import NewBaby, record_birth, remove_contact, save_contact

__all__ = [
    "NewBaby",
    "add_condition",
    "add_guest",
    "add_household",
    "add_pregnancy",
    "add_resident",
    "cancel_birth",
    "change_household",
    "change_resident",
    "claim_nik",
    "end_condition",
    "end_pregnancy",
    "end_residency",
    "give_consent",
    "merge_residents",
    "move_out",
    "move_to",
    "move_together",
    "note_download",
    "note_view",
    "receive_guest",
    "record_birth",
    "record_death",
    "remove_contact",
    "return_home",
    "reveal_nik",
    "save_contact",
    "undo_merge",
    "watch_condition",
]
