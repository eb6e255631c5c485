"""The paper of a form: blank, with the names already on it, or as it was filled in a month.

It is given values and reads nothing itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from services.fields import registry
from services.fields.rules import answer_text, condition_text
from services.fields.spec import FormSpec, Kind, Question

LEAST_ROWS = 10
PEOPLE_ROWS = 15  # lines of the paper on which participants are named
# What a row begins with, and how wide it is (a class of the stylesheet).
SUBJECT_COLUMNS = {
    "PERSON": (("Nama", "name"), ("L/P", "number"), ("Umur", "short"), ("RT/RW", "short")),
    "HOUSEHOLD": (("Nama kepala keluarga", "name"), ("RT/RW", "short")),
    "ASSET": (("Nama", "name"), ("Letak", "")),
    "ACTIVITY": (("Tanggal", "short"),),
}
# What the register knows beside those, where a form's `printed` names it.
KNOWN_COLUMNS = {
    "nama_orang_tua": ("Nama orang tua", "name"),
    "jumlah_anggota": ("Jumlah anggota", "short"),
    "nik": ("NIK", "nik"),
}
# `printed` lines that are the row's own name, in the words of that form.
OWN_NAMES = frozenset({"nama", "nama_kk", "nama_fasilitas", "penerima"})
DAY = ("Tanggal", "short")
PEOPLE_COLUMNS = (("Nama", "name"), ("JK", "short"), ("HP", "phone"))
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


def subject_columns(spec: FormSpec) -> tuple[tuple[str, str], ...]:
    """What a row of this form begins with: whom or what it is about, and what is known of it."""
    (first, width), *rest = SUBJECT_COLUMNS[spec.shape.value]
    own = next((printed.label for printed in spec.printed if printed.key in OWN_NAMES), first)
    known = (KNOWN_COLUMNS[printed.key] for printed in spec.printed if printed.key in KNOWN_COLUMNS)
    return ((own, width), *rest, *known)


def answer_cells(spec: FormSpec, answers: Mapping[str, object]) -> tuple[str, ...]:
    """The answers of a record under the columns of its form; empty where nothing was answered."""
    asked = (question for question in spec.questions if question.retired_on is None)
    return tuple(answer_text(one, answers[one.key]) if answers.get(one.key) else "" for one in asked)


def columns_of(spec: FormSpec) -> tuple[Column, ...]:
    """The questions of a form in print order."""
    return tuple(_column(spec, question) for question in spec.questions if question.retired_on is None)


def _column(spec: FormSpec, question: Question) -> Column:
    choices = " / ".join(choice.label for choice in question.choices)
    hint = choices or _HINTS.get(question.kind, question.unit)
    return Column(question.label, hint)


def paper_pdf(
    spec: FormSpec,
    *,
    head: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[str]] = (),
    least: int = LEAST_ROWS,
    with_day: bool = False,
) -> bytes:
    """The form on A4, a row a subject; ruled rows for the pen up to `least`.

    A row that ends before its columns do is for the pen too. `with_day`: rows begin with their day.
    """
    from services.web.pdf import render_pdf  # its library takes a second to load: not before the first PDF

    subject = (DAY, *subject_columns(spec)) if with_day and spec.shape.value != "ACTIVITY" else subject_columns(spec)
    columns = columns_of(spec)
    wide = len(subject) + len(columns)
    lines = [[*row, *[""] * (wide - len(row))] for row in (*rows, *[()] * (least - len(rows)))]
    context = {
        "spec": spec,
        "head": head,
        "subject": subject,
        "columns": columns,
        "rows": lines,
        "field": registry.field(spec.field).label,
        "conditions": [
            f"{question.label}: {words[0].lower()}{words[1:]}"
            for question in spec.questions
            if (words := condition_text(spec, question))
        ],
        "size": "small" if wide > 10 else "",
    }
    return render_pdf(render_to_string("records/pdf/paper.html", context), stylesheet="paper.css")


def participants_pdf(
    spec: FormSpec,
    *,
    head: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[str]] = (),
    answers: Mapping[str, object] | None = None,
) -> bytes:
    """An activity with who came by name on A4: what is asked of it above, then No, Nama, JK, HP and what each is asked.

    Without `rows` and `answers` it is the blank paper; it is typed back in this order.
    """
    from services.web.pdf import render_pdf  # its library takes a second to load: not before the first PDF

    each = spec.names_participants
    asked = [one for one in spec.questions if one.retired_on is None and one.key != each.question]
    hint = " / ".join(spec.question(each.question).choice_labels.values())
    blank = [[""] * len(PEOPLE_COLUMNS) + [""]] * max(0, PEOPLE_ROWS - len(rows))
    context = {
        "spec": spec,
        "head": head,
        "lines": [
            (one.label, answer_text(one, answers.get(one.key)) if answers else _column(spec, one).hint) for one in asked
        ],
        "columns": PEOPLE_COLUMNS,
        "each": Column(each.label, hint),
        "rows": [*rows, *blank],
        "field": registry.field(spec.field).label,
    }
    return render_pdf(render_to_string("records/pdf/participants.html", context), stylesheet="paper.css")
