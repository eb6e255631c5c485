"""Reading tickets: what may be asked, how they stand, who is late, and their figures."""

from .deadlines import calendar_of, clock_of, limits_at, standing_of
from .directory import kind_of, kinds_of, papers_of, people_of_offices, proposed_offices

__all__ = [
    "calendar_of",
    "clock_of",
    "kind_of",
    "kinds_of",
    "limits_at",
    "papers_of",
    "people_of_offices",
    "proposed_offices",
    "standing_of",
]
