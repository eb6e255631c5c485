"""What was measured and answered, in words for the kader: class, next step and reason. Screening, never a diagnosis.

Pure. What was not measured has no line here and is never "normal": `not_measured` names it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from services.clinical.immunisation import ImmunisationRules
from services.clinical.limits import DEFAULT_LIMITS, Limits

from .bodies import INDICES, measured_lines, not_measured
from .hearing import answered_lines
from .hints import Words, words_for
from .model import URGENCY, Measured, Result

__all__ = [
    "INDICES",
    "URGENCY",
    "ImmunisationRules",
    "Measured",
    "Result",
    "Words",
    "by_measure",
    "not_measured",
    "results_of",
    "words_for",
]


def results_of(
    measured: Measured | None,
    *,
    stages: Iterable[str],
    sex: str,
    age_months: int,
    answers: Mapping[str, Mapping[str, Any]] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Result, ...]:
    """The results of one measurement, and of the answers by form key, for a person of these stages; urgent ones first.

    What was not measured or not answered has no line. `limits` are the district's on that day.
    """
    lines: list[Result] = []
    if measured is not None:
        lines += measured_lines(measured, set(stages), sex, age_months, limits)
    for form, given in (answers or {}).items():
        lines += answered_lines(form, given, limits.screening)
    return tuple(sorted(lines, key=lambda line: URGENCY.index(line.refer)))


def by_measure(results: Iterable[Result]) -> dict[str, list[Result]]:
    """The lines that stand under a measured question, by its measure."""
    found: dict[str, list[Result]] = {}
    for result in results:
        if result.measure:
            found.setdefault(result.measure, []).append(result)
    return found
