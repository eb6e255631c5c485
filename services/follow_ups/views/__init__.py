"""Pages of needs, referrals, messages and rules."""

from .messages import invitation_list
from .needs import handed_answer, handed_list, load_list, need_detail
from .referrals import (
    confirm_list,
    referral_answer,
    referral_detail,
    referral_download,
    referral_list,
    referral_new,
)
from .triggers import trigger_edit

__all__ = [
    "confirm_list",
    "handed_answer",
    "handed_list",
    "invitation_list",
    "load_list",
    "need_detail",
    "referral_answer",
    "referral_detail",
    "referral_download",
    "referral_list",
    "referral_new",
    "trigger_edit",
]
