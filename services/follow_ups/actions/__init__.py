"""Everything that changes a need or a referral."""

from .needs import (
    Changes,
    answer_handed,
    assign_needs,
    close_need,
    hand_to_village,
    open_need,
    refresh_needs,
)
from .referrals import answer_referrals, make_referral, settle_findings
from .visits import Visited, visit_needs

__all__ = [
    "Changes",
    "Visited",
    "answer_handed",
    "answer_referrals",
    "assign_needs",
    "close_need",
    "hand_to_village",
    "make_referral",
    "open_need",
    "refresh_needs",
    "settle_findings",
    "visit_needs",
]
