"""How a page asks one registry form, and the pages of records themselves: sensitive answers, N or T, paper."""

from .assets import asset_detail, asset_edit, asset_list, asset_new, asset_record_edit, asset_retire
from .cards import card_download
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
    "asset_record_edit",
    "asset_retire",
    "card_download",
    "form_or_404",
    "help_numbers",
    "preview_measurement",
    "results_now",
    "sensitive_record_detail",
    "sensitive_record_edit",
    "sheet_for",
    "unsaved_results",
    "weight_status_edit",
    "words_about",
]
