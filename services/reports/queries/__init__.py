"""Reads for the month: which places, where the months stand, what is missing, the rows behind a number."""

from .places import (
    ListedPlace,
    PaperMonth,
    months_to_report,
    my_facilities,
    my_places,
    paper_months,
    paper_recap_of,
    recap_of_year,
    years_near,
)

__all__ = [
    "ListedPlace",
    "PaperMonth",
    "months_to_report",
    "my_facilities",
    "my_places",
    "paper_months",
    "paper_recap_of",
    "recap_of_year",
    "years_near",
]
