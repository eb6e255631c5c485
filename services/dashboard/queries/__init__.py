"""What each role should do next, how its places are doing, and the frame around every page."""

from .frame import page_frame
from .month import missing_this_month, waiting_at
from .place import PlaceMonth, areas_around, may_see, place_month
from .places import Board, PostRow, board_of
from .today import PostToday, today_at

__all__ = [
    "Board",
    "PlaceMonth",
    "PostRow",
    "PostToday",
    "areas_around",
    "board_of",
    "may_see",
    "missing_this_month",
    "page_frame",
    "place_month",
    "today_at",
    "waiting_at",
]
