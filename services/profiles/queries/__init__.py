"""Everything the pages of a person and a household show, read before they are drawn."""

from .growth import GrowthPage, growth_page, next_open_day
from .household import HouseholdPage, household_page
from .progress import Progress, household_progress
from .resident import ResidentPage, resident_page

__all__ = [
    "GrowthPage",
    "HouseholdPage",
    "Progress",
    "ResidentPage",
    "growth_page",
    "household_page",
    "household_progress",
    "next_open_day",
    "resident_page",
]
