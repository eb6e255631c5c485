"""Reading what the Tim Pembina did and agreed on, how ready its posyandu are, and what a meeting is about."""

from .material import Material, material_of
from .rollout import STEPS, Ready, Rollout, rollout_of
from .work import (
    SampleLine,
    areas_of,
    holds_grant,
    may_recheck,
    meetings_within,
    offices_around,
    open_points,
    posts_within,
    sampled_ids,
    samples_within,
    visits_within,
)

__all__ = [
    "STEPS",
    "Material",
    "Ready",
    "Rollout",
    "SampleLine",
    "areas_of",
    "holds_grant",
    "material_of",
    "may_recheck",
    "meetings_within",
    "offices_around",
    "open_points",
    "posts_within",
    "rollout_of",
    "sampled_ids",
    "samples_within",
    "visits_within",
]
