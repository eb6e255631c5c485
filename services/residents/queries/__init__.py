"""Reads of residents: who lives where on a day, lists, search, who may be the same, and guests."""

from .alike import FoundGuest, compared, find_guest, households_like, likely_duplicates, likeness_of
from .births import BirthFigures, PregnancyPage, birth_figures, pregnancy_page
from .lists import GROUP_CHIPS, Row, group_filter, household_members, rows, search
from .people import (
    Person,
    after_birth,
    current_residency,
    household_mates,
    kept_of,
    last_residency,
    living_at,
    person,
    posts_called,
    posts_of,
    pregnancies_of,
    reachable,
    short_address,
    stage_rules,
)

__all__ = [
    "GROUP_CHIPS",
    "BirthFigures",
    "FoundGuest",
    "Person",
    "PregnancyPage",
    "Row",
    "after_birth",
    "birth_figures",
    "compared",
    "current_residency",
    "find_guest",
    "group_filter",
    "household_mates",
    "household_members",
    "households_like",
    "kept_of",
    "last_residency",
    "likely_duplicates",
    "likeness_of",
    "living_at",
    "person",
    "posts_called",
    "posts_of",
    "pregnancies_of",
    "pregnancy_page",
    "reachable",
    "rows",
    "search",
    "short_address",
    "stage_rules",
]
