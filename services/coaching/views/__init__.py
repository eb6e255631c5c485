"""Coaching: visits, samples, coordination meetings and what they decide."""

from .meetings import (
    decision_close,
    decision_edit,
    decision_new,
    meeting_detail,
    meeting_download,
    meeting_list,
    meeting_new,
    plan_edit,
    plan_list,
    plan_new,
)
from .samples import grant_new, sample_detail, sample_list, sample_new, sampled_record_edit
from .visits import photo_detail, point_close, visit_detail, visit_list, visit_new

__all__ = [
    "decision_close",
    "decision_edit",
    "decision_new",
    "grant_new",
    "meeting_detail",
    "meeting_download",
    "meeting_list",
    "meeting_new",
    "photo_detail",
    "plan_edit",
    "plan_list",
    "plan_new",
    "point_close",
    "sample_detail",
    "sample_list",
    "sample_new",
    "sampled_record_edit",
    "visit_detail",
    "visit_list",
    "visit_new",
]
