"""Reading what the Tim Pembina did and agreed on, how ready its posyandu are, and what a meeting is about."""

from .material import Material, material_of
from .rollout import STEPS, Ready, Rollout, rollout_of
from .work import (
    Promise,
    SampleLine,
    areas_of,
    grants_at,
    holds_grant,
    may_recheck,
    meetings_within,
    offices_around,
    open_points,
    posts_within,
    promises_at,
    promises_of_office,
    sampled_ids,
    samples_within,
    visits_within,
)

__all__ = [
    "STEPS",
    "Material",
    "Promise",
    "Ready",
    "Rollout",
    "SampleLine",
    "areas_of",
    "grants_at",
    "holds_grant",
    "material_of",
    "may_recheck",
    "meetings_within",
    "offices_around",
    "open_points",
    "posts_within",
    "promises_at",
    "promises_of_office",
    "rollout_of",
    "sampled_ids",
    "samples_within",
    "visits_within",
]
