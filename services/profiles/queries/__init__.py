"""Everything the pages of a person and a household show, read before they are drawn."""

from .household import HouseholdPage, household_page
from .resident import ResidentPage, resident_page

__all__ = ["HouseholdPage", "ResidentPage", "household_page", "resident_page"]
