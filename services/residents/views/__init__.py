"""Pages about residents and households, under /warga/."""

from .births import birth_cancel, birth_new, contact_edit
from .facts import condition_end, condition_new, consent_new, pregnancy_end, pregnancy_new, resident_nik
from .households import household_edit, household_new
from .merging import merge_undo, resident_merge
from .moving import resident_death, resident_move, resident_return
from .people import resident_edit, resident_list, resident_new

__all__ = [
    "birth_cancel",
    "birth_new",
    "condition_end",
    "condition_new",
    "consent_new",
    "contact_edit",
    "household_edit",
    "household_new",
    "merge_undo",
    "pregnancy_end",
    "pregnancy_new",
    "resident_death",
    "resident_edit",
    "resident_list",
    "resident_merge",
    "resident_move",
    "resident_new",
    "resident_nik",
    "resident_return",
]
