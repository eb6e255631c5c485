"""What each role should do next, how its places are doing, and the frame around every page."""

from .frame import page_frame
from .month import missing_this_month
from .places import Board, PostRow, board_of
from .today import PostToday, today_at

__all__ = ["Board", "PostRow", "PostToday", "board_of", "missing_this_month", "page_frame", "today_at"]
