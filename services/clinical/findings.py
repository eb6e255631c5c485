"""What a screening rule answers: a class, and whether and how urgently to refer. Never a diagnosis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Refer = Literal["tidak", "konfirmasi", "rujuk", "segera"]
"""tidak: nothing to do · konfirmasi: a health worker looks today · rujuk: Pustu/Puskesmas · segera: now."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check.

    `code` is the column of the monthly recap it is counted in, `label` the words on the screen, `reason` one
    Indonesian sentence without names. A check that was not done is None, never a Finding that says normal.
    """

    code: str
    label: str
    refer: Refer
    reason: str


def number(value: float) -> str:
    """A measurement as Indonesians write it: 11,5 and 140, without a superfluous zero."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
