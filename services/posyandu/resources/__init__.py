"""Lists of posyandu as files: reading them into rows, and comparing a row with what is registered."""

from .difference import Difference, PosyanduResource, differences
from .rows import PostRow, read_posts

__all__ = ["Difference", "PostRow", "PosyanduResource", "differences", "read_posts"]
