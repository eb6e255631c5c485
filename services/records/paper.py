"""A registry form as a paper card: one line a question, in print order, with what may be ticked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from services.fields.rules import answer_text
from services.fields.spec import FormSpec, Kind, Question

WRITTEN = {Kind.DATE: "tgl-bln-thn", Kind.TIME: "jam", Kind.BLOOD_PRESSURE: "…/…", Kind.PARTICIPANTS: "L … P …"}
LONG_LIST = 4
LONGEST_NOTE = 8
YEAR = range(1, 13)


@dataclass(frozen=True)
class Line:
    """One line: its words, what stands small beside it, and the letters to circle in each month (or nothing)."""

    label: str
    note: str
    cell: str = ""
    is_heading: bool = False
    cells: tuple[str, ...] = ()


def blank_card(spec: FormSpec) -> tuple[Line, ...]:
    """The lines under the headings of the five steps; what rules compute is named at the end as filled by the app."""
    lines: list[Line] = []
    step = None
    for question in spec.questions:
        if question.retired_on:
            continue
        if question.step is not step:
            step = question.step
            lines.append(Line(step.label, "", is_heading=True))
        lines.append(Line(question.label, _note(question), _cell(question)))
    if spec.printed:
        lines.append(Line("Dihitung aplikasi", "", is_heading=True))
        lines += [Line(printed.label, "") for printed in spec.printed]
    return tuple(lines)


def filled_card(spec: FormSpec, answers_by_month: Mapping[int, Mapping[str, object]]) -> tuple[Line, ...]:
    """The card of a year with what is known of each month (1 to 12), and what may be ticked in the others."""
    questions = {question.label: question for question in spec.questions if not question.retired_on}

    def of_year(line: Line) -> Line:
        question = None if line.is_heading else questions.get(line.label)
        if question is None:
            return line
        return replace(line, cells=tuple(_known(question, line, answers_by_month.get(month)) for month in YEAR))

    return tuple(of_year(line) for line in blank_card(spec))


def _known(question: Question, line: Line, answers: Mapping[str, object] | None) -> str:
    if answers is None:
        return line.cell
    return answer_text(question, answers.get(question.key), with_unit=False)


def _note(question: Question) -> str:
    if question.kind is Kind.YES_NO:
        return ""
    if len(question.choices) > LONGEST_NOTE:
        return "tulis; daftar di Buku KIA"
    if question.choices:
        return " / ".join(f"{number} {choice.label}" for number, choice in enumerate(question.choices, start=1))
    return question.unit or WRITTEN.get(question.kind, "")


def _cell(question: Question) -> str:
    if question.kind is Kind.YES_NO:
        return "Y  T"
    if question.kind is Kind.CHOICE and len(question.choices) <= LONG_LIST:
        return "  ".join(str(number) for number in range(1, len(question.choices) + 1))
    return ""
