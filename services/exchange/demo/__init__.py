"""A demo that looks like a real month: made-up people, open days, visits and reports, relative to today.

`seed(size="small", seed=1, today=None, stdout=None)` fills an empty database; `stories.STORIES` names who is who.
"""

from .seeding import NotEmpty, seed

__all__ = ["NotEmpty", "seed"]
