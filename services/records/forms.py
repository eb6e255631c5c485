"""A registry form bound to one subject at one encounter, with what it showed when it was opened."""

import json
from http import HTTPStatus
from typing import Any

from django import forms

from services.fields.forms import AnswersForm, build_form
from services.fields.rules import answer_text, questions_of_step, same_as_before
from services.fields.spec import Step
from services.files.forms import PhotoField
from services.posyandu.forms import NumberTextField
from services.web.inputs import DateInput
from services.web.refusals import Refusal

from .actions import Clashed
from .queries import Page, Subject
from .rules import grid_keys, told

BASE = "base"


class WeightStatusForm(forms.Form):
    """A health worker's word on one weighing."""

    status = forms.ChoiceField(
        label="Menurut grafik di Buku KIA",
        choices=(("N", "Naik (N)"), ("T", "Tidak naik (T)"), ("", "Kembali ke hitungan KBM")),
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.CharField(
        label="Alasan", max_length=200, required=False, help_text="Misalnya: mengikuti garis pertumbuhan."
    )


class Sheet:
    """One form as a page: the fields, and a hidden "base" (the answers it was opened with)."""

    def __init__(self, page: Page, *, on, step: Step | None = None, data=None, at_birth=None, **asking):
        self.page = page
        self.all_steps = step is None
        earlier = {**(at_birth or {}), **page.previous}
        self.form: AnswersForm = build_form(
            page.spec,
            on=on,
            questions=self._of_step(page, on, step, asking) if step else None,
            data=data,
            initial=page.answers,
            previous=earlier,
            last_answered=page.last_answered,
            **asking,
        )
        self.opened_with = _read_base(data) if data is not None else self._shown()

    def _of_step(self, page: Page, on, step: Step, asking) -> list[str]:
        due = build_form(
            page.spec,
            on=on,
            initial=page.answers,
            previous=page.previous,
            last_answered=page.last_answered,
            **asking,
        ).questions
        return [question.key for question in questions_of_step(due, step)]

    def _shown(self) -> dict[str, Any]:
        return {key: self.page.answers[key] for key in self.form.question_keys if key in self.page.answers}

    @property
    def base(self) -> str:
        """The value of the hidden field."""
        return json.dumps(self.opened_with, ensure_ascii=False, sort_keys=True)

    def show_clash(self, clashed: Clashed) -> None:
        """Put both answers beside each question that clashed; saving again then keeps what the person chose."""
        for clash in clashed.clashes:
            question = self.form.fields[clash.question].question
            theirs = answer_text(question, clash.theirs)
            self.form.add_error(clash.question, f"Kader lain mengisi: {theirs}. Biarkan isian Ibu/Bapak, atau ganti.")
            self.opened_with[clash.question] = clash.theirs

    def sent(self) -> dict[str, Any]:
        """The answers that were sent and are right, so far; none before anything is sent."""
        if not self.form.is_bound:
            return {}
        self.form.is_valid()  # fills in what is right, also where something else is wrong
        return self.form.answers()

    def warnings(self) -> list[str]:
        """What is unusual about what was sent: soft, never a refusal."""
        said = list(self.form.soft_warnings().values())
        same = same_as_before(self.form.questions, self.sent(), self.form.previous)
        return [*said, same] if same else said

    def is_complete(self) -> bool:
        """Whether every step of the whole card that is due has an answer (then the person is done)."""
        return all(
            any(field.name in self.form.cleaned_data for block in part.blocks for field in block.fields)
            for part in self.form.steps()
        )


def _read_base(data) -> dict[str, Any]:
    try:
        base = json.loads(data.get(BASE) or "{}")
    except ValueError:
        base = None
    if not isinstance(base, dict):
        raise Refusal("Formulir ini tidak utuh. Muat ulang halamannya, lalu isi lagi.", status=HTTPStatus.BAD_REQUEST)
    return base


class AssetForm(forms.Form):
    """A thing of the place: what it is called and where it stands."""

    name = forms.CharField(label="Nama", max_length=100, help_text="Misalnya: Sumur umum RT 02.")
    dusun = forms.CharField(label="Dusun", max_length=60, required=False)
    rw = NumberTextField(label="RW")
    rt = NumberTextField(label="RT")
    location_note = forms.CharField(label="Letak", max_length=160, required=False, help_text="Misalnya: samping balai.")
    latitude = forms.DecimalField(
        required=False, min_value=-90, max_value=90, max_digits=8, decimal_places=5, widget=forms.HiddenInput
    )
    longitude = forms.DecimalField(
        required=False, min_value=-180, max_value=180, max_digits=8, decimal_places=5, widget=forms.HiddenInput
    )


class NewAssetForm(AssetForm):
    """The same for a new thing; whoever serves several posts says whose it is."""

    field_order = ["posyandu"]

    def __init__(self, *args, posts=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.posts = {str(post.pk): post for post in posts}
        if len(posts) != 1:
            choices = [(key, post.name) for key, post in self.posts.items()]
            self.fields["posyandu"] = forms.ChoiceField(label="Posyandu", choices=choices, widget=forms.RadioSelect)
            self.order_fields(self.field_order)

    @property
    def posyandu(self):
        """Whose thing it becomes."""
        chosen = self.cleaned_data.get("posyandu")
        return self.posts[chosen] if chosen else next(iter(self.posts.values()))

    @property
    def details(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "posyandu"}


class RetireForm(forms.Form):
    """Since when a thing is no more, and why."""

    on = forms.DateField(label="Tidak dipakai sejak", widget=DateInput())
    because = forms.CharField(label="Alasan", max_length=160, help_text="Misalnya: sumur ditutup.")


class AssetPhotoForm(forms.Form):
    """A photo of a thing, and of which day it is."""

    photo = PhotoField(label="Foto")
    on = forms.DateField(label="Difoto tanggal", widget=DateInput())


class ConfirmForm(forms.Form):
    """Nothing to type: pressing the button is the answer."""


class GridRow:
    """One row of a grid: whom or what it is about, its answers that day, and the cells to type into."""

    def __init__(self, subject: Subject, spec, columns, *, on, stored, data):
        self.subject = subject
        keys = grid_keys(spec, on, age_months=subject.age_months, sex=subject.sex, stored=stored)
        self.columns = columns
        self.form: AnswersForm = build_form(
            spec, on=on, questions=keys, initial=stored, data=data, prefix=f"k{subject.pk.hex}"
        )
        self.stored = {key: stored[key] for key in keys if key in stored}
        # What the stored answers found: said beside the row, with the page on which it leads on.
        self.findings = told(spec, stored).findings

    @property
    def cells(self) -> list:
        """A cell a column; None where the question is not asked of this person."""
        return [self.form[key] if key in self.form.fields else None for key in self.columns]

    @property
    def is_filled(self) -> bool:
        """Whether there is anything to save: an answer, or one that was taken away."""
        return bool(self.form.answers() or self.stored)

    def is_valid(self) -> bool:
        """Also says where something was typed that hangs on another answer: a cell is never dropped in silence."""
        if not self.form.is_valid():
            return False
        for key in self.form.question_keys:
            field = self.form.fields[key]
            left_out = field.condition and key not in self.form.cleaned_data
            if left_out and field.clean(self.form[key].value()) not in (None, self.stored.get(key)):
                self.form.add_error(key, field.condition)
        return not self.form.errors


class GridForm(forms.Form):
    """Many rows in the order of the paper, a column a question; saved together or not at all."""

    def __init__(self, data=None, *, spec, columns, subjects, stored, on):
        super().__init__(data)
        self.rows = [
            GridRow(subject, spec, columns, on=on, stored=stored.get(subject.pk, {}), data=data) for subject in subjects
        ]
        self.opened_with = _read_base(data) if data is not None else {str(r.subject.pk): r.stored for r in self.rows}

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])

    @property
    def base(self) -> str:
        """The value of the hidden field: what each row showed when the page was opened."""
        return json.dumps(self.opened_with, ensure_ascii=False, sort_keys=True)

    @property
    def refused(self) -> list[GridRow]:
        """Rows with an answer that was not taken."""
        return [row for row in self.rows if row.form.errors]

    def base_of(self, row: GridRow) -> dict[str, Any]:
        found = self.opened_with.get(str(row.subject.pk), {})
        return found if isinstance(found, dict) else {}

    def show_clash(self, row: GridRow, clashed: Clashed) -> None:
        """Put the other answer beside the cell; saving again keeps what stands there."""
        shown = self.base_of(row)
        for clash in clashed.clashes:
            theirs = answer_text(row.form.fields[clash.question].question, clash.theirs)
            row.form.add_error(clash.question, f"Kader lain mengisi: {theirs}. Biarkan, atau ganti.")
            shown = {**shown, clash.question: clash.theirs}
        self.opened_with[str(row.subject.pk)] = shown
