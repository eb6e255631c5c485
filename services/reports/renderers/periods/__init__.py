"""Semester and annual recaps for page, paper and workbook: the same numbers and words in all three."""

from .book import write_figure, xlsx
from .paper import pdf
from .province import province_book
from .shown import NOTE, STANDING_COLUMNS, STANDING_NOTE, shown

__all__ = ["NOTE", "STANDING_COLUMNS", "STANDING_NOTE", "pdf", "province_book", "shown", "write_figure", "xlsx"]
