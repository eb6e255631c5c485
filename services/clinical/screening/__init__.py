"""Screening of pregnant women, adolescents, adults and the elderly: a finding and how urgently to refer.

Every function answers None where something needed was not measured or not asked ("belum diukur", never normal).
"""

from services.clinical.findings import Finding, Refer
from services.clinical.screening.blood import blood_pressure, glucose, haemoglobin
from services.clinical.screening.body import adult_bmi, bmi_tenths, muac_pregnant, waist
from services.clinical.screening.rules import DEFAULT_SCREENING, ScreeningRules
from services.clinical.screening.scores import (
    AKS_GROUPS,
    AKS_MAXIMA,
    SKILAS_DOMAINS,
    aks,
    heeadsss,
    heeadsss_result,
    malnutrition_by_muac,
    puma,
    puma_result,
    puma_score,
    skilas,
    srq20,
    srq20_result,
)
from services.clinical.screening.symptoms import development_checklist, hearing, kpsp, tbc, vision

__all__ = [
    "AKS_GROUPS",
    "AKS_MAXIMA",
    "DEFAULT_SCREENING",
    "SKILAS_DOMAINS",
    "Finding",
    "Refer",
    "ScreeningRules",
    "adult_bmi",
    "aks",
    "blood_pressure",
    "bmi_tenths",
    "development_checklist",
    "glucose",
    "haemoglobin",
    "hearing",
    "heeadsss",
    "heeadsss_result",
    "kpsp",
    "malnutrition_by_muac",
    "muac_pregnant",
    "puma",
    "puma_result",
    "puma_score",
    "skilas",
    "srq20",
    "srq20_result",
    "tbc",
    "vision",
    "waist",
]
