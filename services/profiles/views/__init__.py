"""One person's and one household's pages across all apps. They only read, and remember who opened them."""

from .growth import child_card_download, growth_detail
from .people import household_detail, resident_detail
from .pregnancies import pregnancy_detail
from .progress import household_progress

__all__ = [
    "child_card_download",
    "growth_detail",
    "household_detail",
    "household_progress",
    "pregnancy_detail",
    "resident_detail",
]
