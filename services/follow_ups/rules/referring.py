"""Referrals: which state may follow which, and the number on the slip. Pure."""

from collections.abc import Mapping

_NEXT = {
    "dibuat": {"diterima", "ditangani", "selesai", "tidak_datang"},
    "diterima": {"ditangani", "selesai", "tidak_datang"},
    "ditangani": {"selesai"},
    "tidak_datang": {"diterima", "ditangani", "selesai"},
    "selesai": set(),
    "di_tempat": set(),
}
OPEN_STATES = ("dibuat", "tidak_datang")
"""Nobody has seen her there yet."""
ANSWERS = ("diterima", "ditangani", "selesai", "tidak_datang")


def may_become(state: str, following: str) -> bool:
    """Whether a referral may go on to this state; from done it goes nowhere."""
    return following in _NEXT.get(state, set())


def slip_code(key: str) -> str:
    """The number on the slip that a person can read out: "R-4F2A-91C0"."""
    tail = key.replace("-", "")[-8:].upper()
    return f"R-{tail[:4]}-{tail[4:]}"


def median_of(histogram: Mapping[int, int]) -> float | None:
    """The median of values given as value → how often; None of nothing."""
    total = sum(histogram.values())
    if not total:
        return None
    middle = [(total - 1) // 2, total // 2]
    values: list[int] = []
    passed = 0
    for value in sorted(histogram):
        passed += histogram[value]
        values += [value] * sum(1 for index in middle[len(values) :] if index < passed)
    return sum(values[:2]) / 2
