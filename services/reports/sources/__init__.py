"""The only queries of the reports: sums and counts in SQL, grouped by posyandu, never a row for each person."""

from .places import Post, UnknownPlace, find_place, is_held_by, place_of, posts_of, posts_of_facility
from .rows import listing
from .tallies import Attendances, attendance_of_months, tallies_of

__all__ = [
    "Attendances",
    "Post",
    "UnknownPlace",
    "attendance_of_months",
    "find_place",
    "is_held_by",
    "listing",
    "place_of",
    "posts_of",
    "posts_of_facility",
    "tallies_of",
]
