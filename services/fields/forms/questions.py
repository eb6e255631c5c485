"""One question as a form field: how it is taken from what was sent, and what its template reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property

from services.fields import rules
from services.fields.rules import Previous, Refused
from services.fields.spec import Has, Kind, OneOf, Question
from services.web.rules import number_text

TEMPLATES = {
    Kind.YES_NO: "fields/_choice.html",
    Kind.CHOICE: "fields/_choice.html",
    Kind.MULTI: "fields/_chips.html",
    Kind.DECIMAL: "fields/_line.html",
    Kind.INTEGER: "fields/_line.html",
    Kind.TEXT: "fields/_line.html",
    Kind.DATE: "fields/_line.html",
    Kind.TIME: "fields/_line.html",
    Kind.LONG_TEXT: "fields/_long_text.html",
    Kind.BLOOD_PRESSURE: "fields/_boxes.html",
    Kind.PARTICIPANTS: "fields/_boxes.html",
}
INPUTS = {
    Kind.DECIMAL: ("text", "decimal"),
    Kind.INTEGER: ("text", "numeric"),
    Kind.TEXT: ("text", ""),
    Kind.DATE: ("date", ""),
    Kind.TIME: ("time", ""),
}


@dataclass(frozen=True)
class Option:
    """A radio button or a chip; the value "" is "Belum didata"."""

    value: str
    label: str
    id: str
    checked: bool


@dataclass(frozen=True)
class Box:
    """One input of an answer with two."""

    name: str
    id: str
    label: str
    value: str


class AnswerWidget(forms.Widget):
    """Takes an answer out of what was sent, according to its kind. Drawing is the field's."""

    def __init__(self, question: Question):
        super().__init__()
        self.question = question

    def value_from_datadict(self, data, files, name):
        if self.question.parts:
            return {part.key: data.get(f"{name}_{part.key}", "") for part in self.question.parts}
        if self.question.kind is Kind.MULTI:
            return data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return data.get(name)

    def id_for_label(self, id_):
        return id_


class AnswerField(forms.Field):
    """One question. Never required: what was not asked stays "belum didata"."""

    def __init__(self, question: Question, *, on: date, previous: Previous | None, condition: str, hint: str = ""):
        said = " ".join(part for part in (hint, question.help) if part)
        super().__init__(
            label=question.label, help_text=said, required=False, widget=AnswerWidget(question), localize=False
        )
        self.question = question
        self.on = on
        self.previous = previous
        self.condition = condition
        self.template_name = TEMPLATES[question.kind]

    def clean(self, value):
        """The stored value, or None."""
        try:
            return rules.parse_answer(self.question, value, on=self.on)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def get_bound_field(self, form, field_name):
        return AnswerBoundField(form, self, field_name)


class AnswerBoundField(BoundField):
    """A question as its template reads it: everything is ready, nothing is computed there."""

    @property
    def question(self) -> Question:
        return self.field.question

    @cached_property
    def input_value(self) -> str:
        """What stands in the box: as typed, or the stored answer with a comma."""
        return _typed(self.value())

    @property
    def input_type(self) -> str:
        return INPUTS[self.question.kind][0]

    @property
    def input_mode(self) -> str:
        return INPUTS[self.question.kind][1]

    @property
    def previous_text(self) -> str:
        return rules.previous_text(self.question, self.field.previous, self.field.on)

    @property
    def condition_text(self) -> str:
        return self.field.condition

    @property
    def asked_if_name(self) -> str:
        """The input name of the question this one hangs on, where it is chosen by value; a script may then hide it."""
        condition = self.question.asked_if
        return self.form.add_prefix(condition.question) if condition and self.asked_if_values else ""

    @property
    def asked_if_values(self) -> str:
        chosen = self.question.asked_if.predicate if self.question.asked_if else None
        return " ".join(chosen.values) if isinstance(chosen, OneOf | Has) else ""

    @cached_property
    def options(self) -> list[Option]:
        """Radios (with "Belum didata" last) or chips. Nothing is checked that was not chosen."""
        value, many = self.value(), self.question.kind is Kind.MULTI
        chosen = set(value if isinstance(value, list | tuple) else [] if value is None else [value])
        answers = [(choice.value, choice.label) for choice in self.question.offered]
        if not many:
            answers.append(("", "Belum didata"))
        return [
            Option(answer, label, f"{self.auto_id}_{number}", answer in chosen)
            for number, (answer, label) in enumerate(answers)
        ]

    @cached_property
    def boxes(self) -> list[Box]:
        value = self.value() if isinstance(self.value(), Mapping) else {}
        return [
            Box(f"{self.html_name}_{part.key}", f"{self.auto_id}_{part.key}", part.label, _typed(value.get(part.key)))
            for part in self.question.parts
        ]

    @cached_property
    def warning(self) -> str:
        """What is unusual about a sent answer that was accepted."""
        return self.form.soft_warnings().get(self.name, "")

    @property
    def results(self):
        """What came out of this measure, as lines with `words`, `refer` and `reason`."""
        return self.form.results.get(self.question.measure, ()) if self.question.measure else ()

    @property
    def first_id(self) -> str:
        """The id of the first thing to fill in, for a link from the list of what is wrong."""
        if self.question.parts:
            return self.boxes[0].id
        return self.options[0].id if self.question.offered else self.auto_id

    @property
    def described_by(self) -> str:
        """Ids of what a screen reader says after the label."""
        help_shown = self.help_text or self.condition_text
        ids = [f"{self.auto_id}_help"] if help_shown else []
        return " ".join([*ids, f"{self.auto_id}_error"] if self.errors else ids)


def _typed(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_text(value) if value != int(value) else str(int(value))
    return str(value)
