"""Semester and annual recaps from the frozen figures of months: the same few queries for a post and for a kota."""

from .asking import Asked, asked_facility, asked_place, reports_of
from .recap import MonthLine, PartLine, PeriodRecap, facility_recap, period_recap, recap_of
from .tables import MonthTable, Tables, tables_of, tables_recap

__all__ = [
    "Asked",
    "MonthLine",
    "MonthTable",
    "PartLine",
    "PeriodRecap",
    "Tables",
    "asked_facility",
    "asked_place",
    "facility_recap",
    "period_recap",
    "recap_of",
    "reports_of",
    "tables_of",
    "tables_recap",
]
