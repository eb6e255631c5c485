"""A FormSpec as a Django form whose fields draw themselves with templates/fields/.

The form parses and shows; what is right and wrong about an answer is `services.fields.rules`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property

from services.fields import rules
from services.fields.rules import Previous, Refused, validate_answers
from services.fields.spec import GROUPS, NO, FormSpec, Group, Kind, OneOf, Question, Step
from services.web.rules import number_text

__all__ = ["AnswersForm", "Previous", "build_form", "validate_answers"]

TEMPLATES = {
    Kind.YES_NO: "fields/choice.html",
    Kind.CHOICE: "fields/choice.html",
    Kind.MULTI: "fields/chips.html",
    Kind.DECIMAL: "fields/line.html",
    Kind.INTEGER: "fields/line.html",
    Kind.TEXT: "fields/line.html",
    Kind.DATE: "fields/line.html",
    Kind.TIME: "fields/line.html",
    Kind.LONG_TEXT: "fields/long_text.html",
    Kind.BLOOD_PRESSURE: "fields/boxes.html",
    Kind.PARTICIPANTS: "fields/boxes.html",
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


@dataclass(frozen=True)
class Block:
    """Questions drawn together: a single one, or a group such as the four of TBC."""

    fields: tuple["AnswerBoundField", ...]
    group: Group | None = None
    none_name: str = ""
    none_ticked: bool = False


@dataclass(frozen=True)
class StepBlocks:
    """One of the five steps as a heading with what is asked there."""

    step: Step
    blocks: tuple[Block, ...]


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

    def __init__(self, question: Question, *, on: date, previous: Previous | None, condition: str):
        super().__init__(
            label=question.label, help_text=question.help, required=False, widget=AnswerWidget(question), localize=False
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
        return self.form.add_prefix(condition.question) if condition and isinstance(condition.predicate, OneOf) else ""

    @property
    def asked_if_values(self) -> str:
        condition = self.question.asked_if
        return " ".join(condition.predicate.values) if condition and isinstance(condition.predicate, OneOf) else ""

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


class AnswersForm(forms.Form):
    """The questions of one form for one subject on one day. Made by `build_form`."""

    template_name = "fields/form.html"
    default_renderer = TemplatesSetting

    def __init__(self, spec: FormSpec, questions: tuple[Question, ...], *, on: date, previous, stored, **options):
        known = {question.key: stored[question.key] for question in questions if question.key in stored}
        super().__init__(initial=known, **options)
        self.spec = spec
        self.on = on
        self.previous = previous
        self.stored = stored
        self.questions = questions
        for question in questions:
            self.fields[question.key] = AnswerField(
                question,
                on=on,
                previous=previous.get(question.key),
                condition=rules.condition_text(spec, question),
            )

    @property
    def question_keys(self) -> tuple[str, ...]:
        """What this form asked: a key here that is missing from `answers()` was left or made "belum didata"."""
        return tuple(self.fields)

    def clean(self):
        """Fill in "semua tidak" of a group, and drop answers whose condition does not hold."""
        answers = {key: value for key, value in self.cleaned_data.items() if value is not None}
        for question in self.questions:
            if self._none_ticked(question) and question.key not in answers and question.key not in self.errors:
                answers[question.key] = NO
        elsewhere = {key: value for key, value in self.stored.items() if key not in self.fields}
        return rules.without_hidden(self.spec, answers, elsewhere)

    def _none_ticked(self, question: Question) -> bool:
        return bool(question.group) and bool(self.data.get(self._none_name(question.group)))

    def _none_name(self, group: str) -> str:
        return self.add_prefix(f"{group}_semua_tidak")

    def answers(self) -> dict[str, object]:
        """The answers given, ready for JSON; unanswered questions have no key. Ask after `is_valid()`."""
        return dict(self.cleaned_data)

    def soft_warnings(self) -> dict[str, str]:
        """Question key → what is unusual about its answer. Warnings never refuse."""
        return self._warnings

    @cached_property
    def _warnings(self) -> dict[str, str]:
        if not self.is_bound:
            return {}
        self.is_valid()  # fills in cleaned_data, once
        warnings = {
            question.key: rules.soft_warning(
                question, self.cleaned_data.get(question.key), self.previous.get(question.key), self.on
            )
            for question in self.questions
        }
        return {key: warning for key, warning in warnings.items() if warning}

    def steps(self) -> list[StepBlocks]:
        """What is drawn, under the headings of the five steps, in print order within each."""
        return [
            StepBlocks(step, tuple(self._blocks(step)))
            for step in Step
            if any(question.step is step for question in self.questions)
        ]

    @property
    def has_steps(self) -> bool:
        """Headings are drawn only where there is more than one."""
        return len({question.step for question in self.questions}) > 1

    def _blocks(self, step: Step) -> Iterator[Block]:
        drawn: set[str] = set()
        for question in rules.questions_of_step(self.questions, step):
            if not question.group:
                yield Block((self[question.key],))
            elif question.group not in drawn:
                drawn.add(question.group)
                members = tuple(self[other.key] for other in self.questions if other.group == question.group)
                name = self._none_name(question.group)
                yield Block(members, GROUPS[question.group], name, bool(self.data.get(name)))


def build_form(
    spec: FormSpec,
    *,
    on: date,
    questions: Iterable[str | Question] | None = None,
    data=None,
    initial: Mapping[str, object] | None = None,
    previous: Mapping[str, Previous] | None = None,
    age_months: int | None = None,
    sex: str | None = None,
    last_answered: Mapping[str, date] | None = None,
    prefix: str | None = None,
) -> AnswersForm:
    """The form to show or to check.

    `questions` (keys) narrows it, for example to one step; without it, what is due that day for this age (completed
    months), sex and cycle. `initial` is what the record holds now; `previous` what was answered before, by key.
    """
    stored = dict(initial or {})
    if questions is None:
        asked = rules.due_questions(
            spec, on=on, age_months=age_months, sex=sex, last_answered=last_answered, answered=stored
        )
    else:
        wanted = {item.key if isinstance(item, Question) else item for item in questions}
        asked = tuple(question for question in spec.questions if question.key in wanted)
    return AnswersForm(spec, asked, on=on, previous=dict(previous or {}), stored=stored, data=data, prefix=prefix)
