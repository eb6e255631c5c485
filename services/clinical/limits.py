"""Everything the cards judge by on one day, side by side, so that no rule is handed only a part of it."""

from __future__ import annotations

from dataclasses import dataclass

from services.clinical.categories import DEFAULT_CATEGORIES, DEFAULT_MUAC, CategoryRules, MuacRules
from services.clinical.kms import DEFAULT_KMS, KmsRules
from services.clinical.screening.rules import DEFAULT_SCREENING, ScreeningRules


@dataclass(frozen=True)
class Limits:
    """The limits of one place on one day; each part alone is what its own rules take."""

    screening: ScreeningRules = DEFAULT_SCREENING
    kms: KmsRules = DEFAULT_KMS
    muac: MuacRules = DEFAULT_MUAC
    categories: CategoryRules = DEFAULT_CATEGORIES


DEFAULT_LIMITS = Limits()
