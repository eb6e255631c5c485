"""The paper of a form: blank, or with the names already on it. It is given values and reads nothing itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from services.fields import registry
from services.fields.rules import condition_text
from services.fields.spec import FormSpec, Kind, Question

LEAST_ROWS = 10
# What a row begins with, and how wide it is (a class of the stylesheet).
SUBJECT_COLUMNS = {
    "PERSON": (("Nama", "name"), ("L/P", "number"), ("Umur", "short"), ("RT/RW", "short")),
    "HOUSEHOLD": (("Nama kepala keluarga", "name"), ("RT/RW", "short")),
    "ASSET": (("Nama", "name"), ("Letak", "")),
    "ACTIVITY": (("Tanggal", "short"),),
}
_HINTS = {
    Kind.YES_NO: "Ya / Tidak",
    Kind.PARTICIPANTS: "L / P",
    Kind.BLOOD_PRESSURE: "sistol / diastol",
    Kind.TIME: "jam",
    Kind.DATE: "tgl-bln-thn",
}


@dataclass(frozen=True)
class Column:
    """One question as a column: its words, and what may be written in it."""

    label: str
    hint: str


def columns_of(spec: FormSpec) -> tuple[Column, ...]:
    """The questions of a form in print order."""
    return tuple(_column(spec, question) for question in spec.questions if question.retired_on is None)


def _column(spec: FormSpec, question: Question) -> Column:
    choices = " / ".join(choice.label for choice in question.choices)
    hint = choices or _HINTS.get(question.kind, question.unit)
    return Column(question.label, hint)


def paper_pdf(
    spec: FormSpec, *, head: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]] = (), least: int = LEAST_ROWS
) -> bytes:
    """The form on A4, a row a subject; ruled rows for the pen up to `least`."""
    from services.web.pdf import render_pdf  # its library takes a second to load: not before the first PDF

    subject = SUBJECT_COLUMNS[spec.shape.value]
    columns = columns_of(spec)
    blank = [[""] * len(subject)] * max(0, least - len(rows))
    context = {
        "spec": spec,
        "head": head,
        "subject": subject,
        "columns": columns,
        "rows": [*rows, *blank],
        "field": registry.field(spec.field).label,
        "conditions": [
            f"{question.label}: {words[0].lower()}{words[1:]}"
            for question in spec.questions
            if (words := condition_text(spec, question))
        ],
        "size": "small" if len(columns) > 7 else "",
    }
    return render_pdf(render_to_string("records/pdf/paper.html", context), stylesheet="paper.css")
