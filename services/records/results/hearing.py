"""Results of what was asked: the scored ones by their rule, all others by the finding their question names."""

from collections.abc import Mapping
from typing import Any

from services.clinical.screening import (
    hearing,
    heeadsss_result,
    puma_result,
    srq20_result,
    tbc,
    vision,
)
from services.clinical.screening.rules import ScreeningRules
from services.fields import registry
from services.fields.definitions.kesehatan.bersama import RUJUK, TBC
from services.fields.rules import findings
from services.fields.spec import NONE_OF_THESE, Next

from .model import Result, line

REFER = {Next.URGENT: "segera", Next.REFER: "rujuk", Next.CONFIRM: "konfirmasi"}
TBC_KEYS = tuple(question.key for question in TBC)
EYES, EARS = ("mata_kiri", "mata_kanan"), ("telinga_kiri", "telinga_kanan")
SELF_HARM = "bunuh_diri"
# Judged together by a rule, or by what was measured, or the kader's own next step.
JUDGED_ELSEWHERE = {*TBC_KEYS, *EYES, *EARS, "edema", RUJUK.key}


def answered_lines(form: str, answers: Mapping[str, Any], rules: ScreeningRules) -> list[Result]:
    """The lines of the answers of one form; an unknown (older) form has none."""
    try:
        spec = registry.form(form)
    except KeyError:
        return []
    raised = [
        Result(raised.question.label, raised.finding.sentence, REFER[raised.finding.next], raised.finding.sentence)
        for raised in findings(spec, answers)
        if raised.finding.next in REFER and raised.question.key not in JUDGED_ELSEWHERE
    ]
    return [*_scored(answers, rules), *raised]


def _scored(answers: Mapping[str, Any], rules: ScreeningRules) -> list[Result]:
    lines = line("TBC", tbc(*(_yes(answers, key) for key in TBC_KEYS), rules=rules))
    lines += line("Penglihatan", vision(*(_impaired(answers, key) for key in EYES)))
    lines += line("Pendengaran", hearing(*(_impaired(answers, key) for key in EARS)))
    lines += line("PUMA", puma_result(answers.get("puma_skor"), rules))
    lines += line("SRQ-20", srq20_result(answers.get("srq20_skor"), _yes(answers, "srq20_no17"), rules))
    problems = answers.get("heeadsss_1_8")
    if problems:
        count = len([problem for problem in problems if problem != NONE_OF_THESE])
        lines += line("HEEADSSS", heeadsss_result(count, SELF_HARM in problems, rules))
    return lines


def _yes(answers: Mapping[str, Any], key: str) -> bool | None:
    return None if key not in answers else answers[key] == "ya"


def _impaired(answers: Mapping[str, Any], key: str) -> bool | None:
    return None if key not in answers else answers[key] == "gangguan"
