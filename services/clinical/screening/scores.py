"""Questionnaires with a score: SRQ-20, HEEADSSS, PUMA, AKS/Barthel, SKILAS.

An urgent or sufficient "yes" answers at once; a harmless result needs every answer. SRQ-20 and HEEADSSS are sensitive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.clinical.findings import Finding
from services.clinical.screening.rules import DEFAULT_SCREENING, ScreeningRules
from services.clinical.screening.symptoms import Answer
from services.clinical.tables import Sex

SRQ_ITEMS = 20
HEEADSSS_ITEMS = 8

AKS_MAXIMA = (2, 2, 1, 2, 2, 3, 3, 2, 2, 1)
"""Highest score of each of the ten activities, in the card's order (BAB … mandi); together 20."""

SKILAS_DOMAINS: dict[str, tuple[int, ...]] = {
    "kognitif": (1, 2),
    "mobilisasi": (3,),
    "malnutrisi": (4, 5, 6),
    "penglihatan": (7, 8),
    "pendengaran": (9, 10),
    "depresi": (11, 12),
}
"""The twelve items of the card by domain; the recap counts each domain by itself."""


def srq20(answers: Sequence[Answer], rules: ScreeningRules = DEFAULT_SCREENING) -> Finding | None:
    """SRQ-20 from 18 years. Item 17 (ending one's life) is urgent whatever else was answered."""
    _expect(answers, SRQ_ITEMS)
    yes, urgent = answers.count(True), any(answers[item - 1] for item in rules.srq_urgent_items)
    if None in answers and not urgent and yes < rules.srq_refer_from:
        return None
    return srq20_result(yes, urgent, rules)


def srq20_result(score: int | None, wants_to_die: Answer, rules: ScreeningRules = DEFAULT_SCREENING) -> Finding | None:
    """SRQ-20 where only the result is known: the number of yes, and item 17."""
    if wants_to_die:
        return Finding("17", "Perlu ditolong sekarang", "segera", "Ada pikiran untuk mengakhiri hidup")
    if score is not None and score >= rules.srq_refer_from:
        return Finding(">=6", "Perlu pemeriksaan jiwa", "rujuk", f"SRQ-20: {score} jawaban ya")
    if score is None or wants_to_die is None:
        return None
    return Finding("<6", "Tidak ada tanda", "tidak", f"SRQ-20: {score} jawaban ya")


def heeadsss(answers: Sequence[Answer], rules: ScreeningRules = DEFAULT_SCREENING) -> Finding | None:
    """HEEADSSS of school age and adolescents, eight domains; any problem refers, self-harm at once."""
    _expect(answers, HEEADSSS_ITEMS)
    yes, urgent = answers.count(True), any(answers[item - 1] for item in rules.heeadsss_urgent_items)
    if None in answers and not urgent and yes < rules.heeadsss_refer_from:
        return None
    return heeadsss_result(yes, urgent, rules)


def heeadsss_result(problems: int, self_harm: bool, rules: ScreeningRules = DEFAULT_SCREENING) -> Finding:
    """HEEADSSS where only the result is known: how many domains have a problem, and whether it is self-harm."""
    if self_harm:
        return Finding("ya", "Perlu ditolong sekarang", "segera", "Ada keinginan menyakiti diri")
    if problems >= rules.heeadsss_refer_from:
        return Finding("ya", "Ada masalah", "rujuk", f"HEEADSSS: {problems} masalah")
    return Finding("tidak", "Tidak ada masalah", "tidak", "HEEADSSS: 0 masalah")


def puma_score(
    sex: Sex, age_years: int, pack_years: float, symptoms: int, rules: ScreeningRules = DEFAULT_SCREENING
) -> int:
    """PUMA points (0 to 9): sex, age, smoking in pack-years, and one for each yes of the four questions."""
    age = 2 if age_years >= 60 else 1 if age_years >= 50 else 0
    smoking = 0
    if pack_years > rules.puma_pack_years_two_points_above:
        smoking = 2
    elif pack_years >= rules.puma_pack_years_one_point:
        smoking = 1
    return (1 if sex == "L" else 0) + age + smoking + symptoms


def puma(
    sex: Sex,
    age_years: int,
    pack_years: float | None,
    answers: Sequence[Answer],
    rules: ScreeningRules = DEFAULT_SCREENING,
) -> Finding | None:
    """PUMA of smokers from 40 years: breathless, phlegm, cough, ever asked for spirometry."""
    _expect(answers, 4)
    if age_years < rules.puma_from_years:
        return None
    score = puma_score(sex, age_years, pack_years or 0, answers.count(True), rules)
    if score < rules.puma_refer_from and (pack_years is None or None in answers):
        return None
    return puma_result(score, rules)


def puma_result(score: int | None, rules: ScreeningRules = DEFAULT_SCREENING) -> Finding | None:
    """PUMA where only the score is known."""
    if score is None:
        return None
    if score >= rules.puma_refer_from:
        return Finding(">=6", "Risiko PPOK", "rujuk", f"Skor PUMA {score}")
    return Finding("<6", "Risiko rendah", "tidak", f"Skor PUMA {score}")


def aks(scores: Sequence[int | None], rules: ScreeningRules = DEFAULT_SCREENING) -> Finding | None:
    """AKS/Barthel of an elderly person; needs all ten. Raises ValueError for a score its activity does not have."""
    _expect(scores, len(AKS_MAXIMA))
    given = [score for score in scores if score is not None]
    for score, highest in zip(scores, AKS_MAXIMA, strict=True):
        if score is not None and not 0 <= score <= highest:
            raise ValueError(f"skor AKS {score} di luar 0 sampai {highest}")
    if len(given) < len(scores):
        return None
    total = sum(given)
    code, label = _aks_class(total, rules)
    return Finding(code, label, "tidak" if code == "M" else "rujuk", f"Skor AKS {total} dari 20")


def _aks_class(total: int, rules: ScreeningRules) -> tuple[str, str]:
    if total >= rules.aks_independent_from:
        return "M", "Mandiri"
    if total >= rules.aks_mild_from:
        return "R", "Ketergantungan ringan"
    if total >= rules.aks_moderate_from:
        return "S", "Ketergantungan sedang"
    if total >= rules.aks_severe_from:
        return "B", "Ketergantungan berat"
    return "T", "Ketergantungan total"


AKS_GROUPS: dict[str, frozenset[str]] = {"A": frozenset("M"), "B": frozenset("RS"), "C": frozenset("BT")}
"""Columns of the recap by class code."""


def skilas(answers: Mapping[int, Answer]) -> dict[str, Finding | None]:
    """SKILAS by domain from answers by item number 1 to 12; a yes refers, a domain not fully asked is None."""
    return {domain: _skilas_domain(domain, [answers.get(item) for item in items]) for domain, items in _DOMAINS}


_DOMAINS = tuple(SKILAS_DOMAINS.items())


def _skilas_domain(domain: str, answers: Sequence[Answer]) -> Finding | None:
    if True in answers:
        return Finding("ya", "Perlu pemeriksaan lanjut", "rujuk", f"SKILAS: {domain}")
    if None in answers:
        return None
    return Finding("tidak", "Tidak ada keluhan", "tidak", "")


def malnutrition_by_muac(cm: float | None, rules: ScreeningRules = DEFAULT_SCREENING) -> Answer:
    """Item 6 of SKILAS, computed where the upper arm was measured."""
    return None if cm is None else cm < rules.muac_elderly_below


def _expect(answers: Sequence[object], items: int) -> None:
    if len(answers) != items:
        raise ValueError(f"perlu {items} jawaban, ada {len(answers)}")
