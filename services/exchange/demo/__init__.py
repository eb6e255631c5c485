"""A demo that looks like a real month: made-up people, open days, visits and reports, relative to today.

`seed(size="small", seed=1, today=None, stdout=None)` fills an empty database; `stories.STORIES` names who is who.
"""

from .plans import SIZES, plans_of
from .seeding import NotEmpty, Unfinished, is_empty, is_unfinished, seed
from .telling import summary

__all__ = ["SIZES", "NotEmpty", "Unfinished", "is_empty", "is_unfinished", "plans_of", "seed", "summary"]
