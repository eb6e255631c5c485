"""How a page asks one registry form, and the pages of records themselves: things of the place,
households, sensitive answers, N or T, papers.
"""

from .assets import (
    asset_detail,
    asset_edit,
    asset_list,
    asset_new,
    asset_photo_detail,
    asset_photo_new,
    asset_record_edit,
    asset_retire,
)
from .cards import card_download
from .grids import grid_edit
from .households import household_record_edit, household_repeat
from .papers import paper_download, paper_list, participant_list_download
from .people import person_record_edit
from .sensitive import help_numbers, sensitive_record_detail, sensitive_record_edit
from .sheets import (
    answer_sheet,
    form_or_404,
    preview_measurement,
    results_now,
    sheet_for,
    unsaved_results,
    words_about,
)
from .weights import weight_status_edit

__all__ = [
    "answer_sheet",
    "asset_detail",
    "asset_edit",
    "asset_list",
    "asset_new",
    "asset_photo_detail",
    "asset_photo_new",
    "asset_record_edit",
    "asset_retire",
    "card_download",
    "form_or_404",
    "grid_edit",
    "help_numbers",
    "household_record_edit",
    "household_repeat",
    "paper_download",
    "paper_list",
    "participant_list_download",
    "person_record_edit",
    "preview_measurement",
    "results_now",
    "sensitive_record_detail",
    "sensitive_record_edit",
    "sheet_for",
    "unsaved_results",
    "weight_status_edit",
    "words_about",
]
