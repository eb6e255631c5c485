"""Households, people and where they lived, pregnancies and births, what is under watch, consent and merges."""

from .people import Consent, Household, Merge, Residency, Resident, WatchedCondition, masked
from .pregnancies import Birth, Pregnancy, PregnancyContact

__all__ = [
    "Birth",
    "Consent",
    "Household",
    "Merge",
    "Pregnancy",
    "PregnancyContact",
    "Residency",
    "Resident",
    "WatchedCondition",
    "masked",
]
