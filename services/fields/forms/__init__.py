"""A FormSpec as a Django form whose fields draw themselves with templates/fields/.

The form parses and shows; what is right and wrong about an answer is `services.fields.rules`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property

from services.fields import rules
from services.fields.forms.questions import AnswerBoundField, AnswerField
from services.fields.rules import Previous, validate_answers
from services.fields.spec import GROUPS, NO, FormSpec, Group, Question, Step

__all__ = ["AnswersForm", "Previous", "build_form", "validate_answers"]


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


class AnswersForm(forms.Form):
    """The questions of one form for one subject on one day. Made by `build_form`."""

    template_name = "fields/_form.html"
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

    def refused(self) -> list["AnswerBoundField"]:
        """The questions whose answer was refused, in print order."""
        return [self[question.key] for question in self.questions if question.key in self.errors]

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
