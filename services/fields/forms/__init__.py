"""A FormSpec as a Django form whose fields draw themselves with templates/fields/.

The form parses and shows; what is right and wrong about an answer is `services.fields.rules`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property

from services.fields import rules
from services.fields.forms.questions import AnswerBoundField, AnswerField
from services.fields.rules import Previous, validate_answers
from services.fields.spec import GROUPS, NO, Cycle, FormSpec, Group, Question, Step
from services.web.rules import month_text

__all__ = ["AnswersForm", "Previous", "build_form", "validate_answers"]


LABELS_NAMED = 3


@dataclass(frozen=True)
class Block:
    """Questions drawn together: a single one, a group such as the four of TBC, or what is asked once a year.

    With a `summary` they are folded away under it; `is_open` where one of them is answered, wrong or asked about.
    """

    fields: tuple["AnswerBoundField", ...]
    group: Group | None = None
    none_name: str = ""
    none_ticked: bool = False
    summary: str = ""
    is_open: bool = False


@dataclass(frozen=True)
class StepBlocks:
    """One of the five steps as a heading with what is asked there."""

    step: Step
    blocks: tuple[Block, ...]


class AnswersForm(forms.Form):
    """The questions of one form for one subject on one day. Made by `build_form`."""

    template_name = "fields/_form.html"
    default_renderer = TemplatesSetting

    def __init__(
        self, spec: FormSpec, questions: tuple[Question, ...], *, on: date, previous, stored, hints=None, **options
    ):
        known = {question.key: stored[question.key] for question in questions if question.key in stored}
        super().__init__(initial=known, **options)
        self.spec = spec
        self.on = on
        self.previous = previous
        self.stored = stored
        self.questions = questions
        self.results: Mapping[str, Sequence] = {}
        for question in questions:
            self.fields[question.key] = AnswerField(
                question,
                on=on,
                previous=previous.get(question.key),
                condition=rules.condition_text(spec, question),
                hint=(hints or {}).get(question.key, ""),
            )

    def show_results(self, results: Mapping[str, Sequence]) -> None:
        """What came out of each measure (`Question.measure` → lines), to be drawn under its question."""
        self.results = results

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
        before = rules.still_true(self.spec, {key: earlier.value for key, earlier in self.previous.items()})
        elsewhere = {key: value for key, value in {**before, **self.stored}.items() if key not in self.fields}
        return rules.without_hidden(self.spec, answers, elsewhere)

    def _none_ticked(self, question: Question) -> bool:
        group = GROUPS.get(question.group)
        return bool(group and group.none_label and self.data.get(self._none_name(group.key)))

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

    def measured(self) -> list["AnswerBoundField"]:
        """The questions under which a result stands, in print order."""
        return [self[question.key] for question in self.questions if question.measure]

    def refused(self) -> list["AnswerBoundField"]:
        """The questions whose answer was refused, in print order."""
        return [self[question.key] for question in self.questions if question.key in self.errors]

    @property
    def has_steps(self) -> bool:
        """Headings are drawn only where there is more than one."""
        return len({question.step for question in self.questions}) > 1

    def _blocks(self, step: Step) -> Iterator[Block]:
        drawn: set[str] = set()
        yearly: list[Question] = []
        for question in rules.questions_of_step(self.questions, step):
            if question.cycle is Cycle.YEARLY:
                yearly.append(question)
            elif not question.group:
                yield Block((self[question.key],))
            elif question.group not in drawn:
                drawn.add(question.group)
                yield self._group_block(question.group)
        if yearly:
            yield from self._yearly_blocks(yearly)

    def _group_block(self, key: str) -> Block:
        members = tuple(self[other.key] for other in self.questions if other.group == key)
        name, group = self._none_name(key), GROUPS[key]
        return Block(members, group, name, bool(self.data.get(name)), group.summary, self._needs_eyes(members))

    def _yearly_blocks(self, questions: list[Question]) -> Iterator[Block]:
        """What comes back once a year, folded under "Tahunan" with the day it was last asked."""
        groups = {question.group: None for question in questions if question.group}
        single = tuple(self[question.key] for question in questions if not question.group)
        if single:
            named = ", ".join(field.label.lower() for field in single[:LABELS_NAMED])
            more = " …" if len(single) > LABELS_NAMED else ""
            summary = f"Tahunan: {named}{more} · {self._last_asked(single)}"
            yield Block(single, summary=summary, is_open=self._needs_eyes(single))
        for key in groups:
            block = self._group_block(key)
            label = f"{block.group.label} (tahunan) · {self._last_asked(block.fields)}"
            yield replace(block, group=replace(block.group, label=label))

    def _last_asked(self, fields: Iterable["AnswerBoundField"]) -> str:
        days = [self.previous[field.name].on for field in fields if field.name in self.previous]
        return f"terakhir {month_text(max(days))}" if days else "belum pernah"

    def _needs_eyes(self, fields: Iterable["AnswerBoundField"]) -> bool:
        return any(field.errors or field.value() not in (None, "", [], {}, NO) for field in fields if not _blank(field))


def _blank(field: "AnswerBoundField") -> bool:
    """A box with parts of which none was filled."""
    value = field.value()
    return not field.errors and isinstance(value, Mapping) and not any(value.values())


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
    hidden: Iterable[str] = (),
    hints: Mapping[str, str] | None = None,
    prefix: str | None = None,
) -> AnswersForm:
    """The form to show or to check.

    `questions` (keys) narrows it, for example to one step; without it, what is due that day for this age (completed
    months), sex and cycle. `initial` is what the record holds now; `previous` what was answered before, by key;
    `hints` are words about this person under a question, `hidden` questions that do not concern her.
    """
    stored, earlier = dict(initial or {}), dict(previous or {})
    if questions is None:
        asked = rules.due_questions(
            spec,
            on=on,
            age_months=age_months,
            sex=sex,
            last_answered=last_answered,
            answered=stored,
            before={key: answer.value for key, answer in earlier.items()},
            hidden=hidden,
        )
    else:
        wanted = {item.key if isinstance(item, Question) else item for item in questions}
        asked = tuple(question for question in spec.questions if question.key in wanted)
    return AnswersForm(spec, asked, on=on, previous=earlier, stored=stored, hints=hints, data=data, prefix=prefix)
