"""Figures of the six fields' forms: one loop over the registry. A new indicator needs no line here."""

from __future__ import annotations

from services.fields.registry import forms_for
from services.fields.spec import ANSWERED, Count, FormSpec, Question, Shape, Sum
from services.reports.figures.definitions import Definition, count
from services.reports.figures.model import Row, Table

UNITS = {Shape.PERSON: "orang", Shape.HOUSEHOLD: "keluarga", Shape.ASSET: "tempat", Shape.ACTIVITY: "kali"}
ONCE = {
    Shape.PERSON: "Tiap orang dihitung sekali sebulan, menurut isian terakhirnya.",
    Shape.HOUSEHOLD: "Tiap keluarga dihitung sekali sebulan, menurut isian terakhirnya.",
    Shape.ASSET: "Tiap tempat dihitung sekali sebulan, menurut isian terakhirnya.",
    Shape.ACTIVITY: "Tiap kegiatan dihitung.",
}
_TOTALS = {
    Shape.PERSON: "Orang yang didata atau dilayani",
    Shape.HOUSEHOLD: "Keluarga yang didata",
    Shape.ASSET: "Tempat yang didata",
    Shape.ACTIVITY: "Kegiatan",
}


def total_key(spec: FormSpec) -> str:
    """The figure that says how many subjects have this form this month."""
    return f"{spec.field}.{spec.key}.jumlah"


def answered_key(spec: FormSpec, question: Question) -> str:
    """A count that is no figure: how many answered this question."""
    return f"{spec.field}.{spec.key}.{question.key}#dijawab"


def figure_key(spec: FormSpec, counted: Count | Sum) -> str:
    """`pekerjaan_umum.air_jamban.jamban_tidak_ada`"""
    return f"{spec.field}.{spec.key}.{counted.key}"


def _counted(spec: FormSpec, question: Question, counted: Count) -> Definition:
    by_all = counted.when == ANSWERED
    whole = total_key(spec) if by_all else answered_key(spec, question)
    return count(
        figure_key(spec, counted),
        counted.label,
        UNITS[spec.shape],
        f"{counted.sentence(question)} {ONCE[spec.shape]}",
        needs=whole,
        out_of=whole,
        months=question.months,
        sensitive=spec.sensitive,
    )


def _summed(spec: FormSpec, question: Question, summed: Sum) -> Definition:
    return count(
        figure_key(spec, summed),
        summed.label,
        question.unit or "jumlah",
        f"{summed.sentence(question)} {ONCE[spec.shape]}",
        needs=answered_key(spec, question),
        months=question.months,
        sensitive=spec.sensitive,
    )


def definitions_of(spec: FormSpec) -> tuple[Definition, ...]:
    """The total of a form and all that its questions count and sum."""
    total = count(
        total_key(spec),
        _TOTALS[spec.shape],
        UNITS[spec.shape],
        f"{_TOTALS[spec.shape]} dengan formulir “{spec.title}” bulan ini. {ONCE[spec.shape]}",
        needs=total_key(spec),
        sensitive=spec.sensitive,
    )
    found = [total]
    for question in spec.questions:
        found += [_counted(spec, question, counted) for counted in question.counts]
        found += [_summed(spec, question, summed) for summed in question.sums]
    return tuple(found)


def table_of(spec: FormSpec) -> Table:
    """A list: one line a figure."""
    rows = tuple(Row(definition.label, (definition.key,)) for definition in definitions_of(spec))
    return Table(spec.key, spec.title, ("Jumlah",), rows)


def written(field: str, label: str) -> Definition:
    """How many forms of a field were filled at all: zero is a number here."""
    return count(
        f"{field}.semua.isian",
        f"Isian bidang {label} bulan ini",
        "isian",
        f"Banyaknya formulir bidang {label} yang diisi bulan ini.",
    )


DEFINITIONS = tuple(definition for spec in forms_for() for definition in definitions_of(spec))
