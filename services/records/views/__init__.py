"""Pages about things of the place, and how a page asks one registry form (`sheets`)."""

from .assets import asset_detail, asset_edit, asset_list, asset_new, asset_record_edit, asset_retire
from .sheets import answer_sheet, form_or_404, sheet_for

__all__ = [
    "answer_sheet",
    "asset_detail",
    "asset_edit",
    "asset_list",
    "asset_new",
    "asset_record_edit",
    "asset_retire",
    "form_or_404",
    "sheet_for",
]
