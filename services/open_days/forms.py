import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django import forms

from services.accounts.models import Assignment, Role, User
from services.areas.scope import Scope
from services.fields.forms.questions import AnswerField
from services.fields.registry import FIELDS
from services.fields.rules import Refused, parse_answer
from services.fields.spec import FormSpec, Question
from services.posyandu.forms import NumberTextField
from services.posyandu.models import Posyandu
from services.records.resources import PEOPLE_ROWS
from services.records.rules import is_likely_day
from services.residents.forms.fields import NumberOfSixteen, PhoneField, radios
from services.residents.forms.people import BirthForm
from services.residents.models import Resident
from services.residents.rules import name_key
from services.web.inputs import DateInput, TimeInput

from .models import Helper, OpenDay
from .queries import GridRow
from .rules import OBSTACLES

WEEKDAYS = tuple(enumerate(("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")))
NTHS = ((1, "Pertama"), (2, "Kedua"), (3, "Ketiga"), (4, "Keempat"), (5, "Terakhir"))
FIELD_CHOICES = tuple((field.key, field.label) for field in FIELDS)
AT_WORK = (Role.KADER, Role.KETUA, Role.SEKRETARIS)


class PosyanduChoice(forms.Form):
    """Asked only of people who serve more than one posyandu."""

    posyandu = forms.ModelChoiceField(None, label="Posyandu", widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args, scope: Scope, **kwargs):
        super().__init__(*args, **kwargs)
        own = Posyandu.objects.within(scope).order_by("name")
        self.fields["posyandu"].queryset = own
        if len(own) == 1:
            self.only = own[0]
            del self.fields["posyandu"]

    def chosen(self) -> Posyandu:
        return getattr(self, "only", None) or self.cleaned_data["posyandu"]


class DayForm(PosyanduChoice):
    """A new open day: ahead, today, or a past one entered later."""

    date = forms.DateField(label="Tanggal", widget=DateInput(), help_text="Boleh tanggal yang sudah lewat.")
    place = forms.CharField(label="Tempat", max_length=100, required=False)
    opened_fields = forms.MultipleChoiceField(
        label="Bidang yang dibuka", choices=FIELD_CHOICES, widget=forms.CheckboxSelectMultiple
    )


class ScheduleForm(PosyanduChoice):
    """Every month on the nth weekday."""

    nth = forms.TypedChoiceField(label="Minggu ke", choices=NTHS, coerce=int, widget=forms.RadioSelect)
    weekday = forms.TypedChoiceField(label="Hari", choices=WEEKDAYS, coerce=int, widget=forms.RadioSelect)
    starts_at = forms.TimeField(label="Jam mulai", widget=TimeInput(), initial="08:00")
    place = forms.CharField(label="Tempat", max_length=100, required=False)


class CancelForm(forms.Form):
    """Why a day did not take place."""

    reason = forms.CharField(label="Alasan batal", max_length=200, help_text="Misalnya: banjir, bertepatan hari besar.")


class ActivityDayForm(forms.Form):
    """On which day an activity was: one that has come, in a likely year."""

    tanggal = forms.DateField(label="Tanggal kegiatan", widget=DateInput())

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["tanggal"].widget.attrs["max"] = today.isoformat()

    def clean_tanggal(self) -> date:
        day = self.cleaned_data["tanggal"]
        if day > self.today:
            raise forms.ValidationError("Tanggalnya belum tiba. Periksa lagi tanggalnya.")
        if not is_likely_day(day, self.today):
            raise forms.ValidationError(f"Tahun {day.year} tidak mungkin. Periksa lagi tanggalnya.")
        return day


class ActivityCancelForm(forms.Form):
    """Why an activity is counted no more."""

    reason = forms.CharField(label="Alasan", max_length=200, help_text="Misalnya: tercatat dua kali.")


class CloseForm(forms.ModelForm):
    """The summary of a day."""

    kader = forms.ModelMultipleChoiceField(None, label="Kader yang hadir", widget=forms.CheckboxSelectMultiple)
    others = forms.MultipleChoiceField(
        label="Petugas lain yang hadir",
        choices=[choice for choice in Helper.Kind.choices if choice[0] != Helper.Kind.KADER],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    obstacles = forms.MultipleChoiceField(
        label="Hambatan", choices=tuple(OBSTACLES.items()), widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = OpenDay
        fields = ("meals", "meal_menu", "shortages", "obstacle_note", "ends_at")
        widgets = {"ends_at": TimeInput(), "meals": forms.NumberInput(attrs={"inputmode": "numeric", "min": 0})}

    field_order = ("kader", "others", "meals", "meal_menu", "shortages", "obstacles", "obstacle_note", "ends_at")

    def __init__(self, *args, scope: Scope, **kwargs):
        super().__init__(*args, **kwargs)
        day = self.instance
        at_work = Assignment.objects.within(scope).filter(
            Assignment.on_day(day.date), posyandu=day.posyandu_id, role__in=AT_WORK
        )
        self.fields["kader"].queryset = (
            User.objects.within(scope).filter(pk__in=at_work.values("user_id")).order_by("name")
        )
        rows = list(day.helpers.all())
        self.initial.setdefault("kader", [row.user_id for row in rows if row.user_id])
        self.initial.setdefault("others", [row.kind for row in rows if not row.user_id])
        self.initial.setdefault("obstacles", day.obstacles)

    def summary(self) -> dict:
        """What the day's row takes over."""
        kept = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {**kept, "obstacles": self.cleaned_data["obstacles"]}

    def helpers(self) -> dict:
        return {"kader": list(self.cleaned_data["kader"]), "others": self.cleaned_data["others"]}


class GuestForm(BirthForm):
    """A guest of another post: found by NIK, or by name, birth date and mother, without seeing her file.

    One who does not know her birth date gives its year or about how old she is.
    """

    name = forms.CharField(label="Nama", max_length=80)
    sex = forms.ChoiceField(
        label="Jenis kelamin", choices=(("L", "Laki-laki"), ("P", "Perempuan")), widget=forms.RadioSelect
    )
    mother_name = forms.CharField(label="Nama ibu", max_length=80, required=False, help_text="Untuk anak.")
    nik = NumberOfSixteen(help_text="Boleh dikosongkan.")

    field_order = ("name", "sex", "birth_date", "birth_year", "age_years", "mother_name", "nik")

    @property
    def facts(self) -> dict:
        """What `serve_guest` gets."""
        return {**{name: self.cleaned_data[name] for name in ("name", "sex", "mother_name", "nik")}, **self.birth}


@dataclass(frozen=True)
class GridLine:
    """What was typed for one person: her card's answers as sent, and what stood there when the page was opened."""

    row: GridRow
    came: bool
    answers: dict
    base: dict
    fields: dict  # question key → name of its cell

    @property
    def is_empty(self) -> bool:
        return not self.came and self.answers == self.base


class GridForm(forms.Form):
    """A page of a paper register: one line a person in roster order, the cells checked like the card's questions."""

    def __init__(self, *args, rows: list[GridRow], on, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[f"hadir_{row.person.id}"] = forms.BooleanField(
                label="Hadir", required=False, initial=row.is_present
            )
            for question in row.questions:
                name = cell_name(question, row)
                self.fields[name] = AnswerField(question, on=on, previous=None, condition="")
                self.initial[name] = row.answers.get(question.key)
            self.fields[f"semula_{row.person.id}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=json.dumps(_measured_answers(row), sort_keys=True)
            )

    def cells(self) -> list[dict]:
        """The lines as the page draws them: who, the tick, a cell for each measure (or none), what stood there."""
        return [
            {
                "row": row,
                "came": self[f"hadir_{row.person.id}"],
                "measures": [self[cell_name(question, row)] for question in row.questions],
                "base": self[f"semula_{row.person.id}"],
            }
            for row in self.rows
        ]

    def refused(self) -> list:
        """The cells that were refused, with whose they are."""
        return [(cell["row"].person.name, field) for cell in self.cells() for field in cell["measures"] if field.errors]

    def lines(self) -> list[GridLine]:
        """Who came and what was measured; ask after `is_valid()`."""
        return [self._line(row) for row in self.rows]

    def _line(self, row: GridRow) -> GridLine:
        names = {question.key: cell_name(question, row) for question in row.questions}
        given = {key: self.cleaned_data.get(name) for key, name in names.items()}
        return GridLine(
            row=row,
            came=self.cleaned_data[f"hadir_{row.person.id}"] and not row.is_present,
            answers={key: value for key, value in given.items() if value is not None},
            base=_read(self.cleaned_data[f"semula_{row.person.id}"]),
            fields=names,
        )


def cell_name(question: Question, row: GridRow) -> str:
    """The name of one cell: its question and whose it is."""
    return f"{question.key}_{row.person.id}"


def _measured_answers(row: GridRow) -> dict:
    return {question.key: row.answers[question.key] for question in row.questions if question.key in row.answers}


def _read(text: str) -> dict:
    try:
        base = json.loads(text or "{}")
    except ValueError:
        base = {}
    return base if isinstance(base, dict) else {}


class AssetForm(forms.Form):
    """A thing of the place: what it is called and where it is."""

    name = forms.CharField(label="Nama", max_length=100, help_text="Misalnya: Sumur Bu Tarmi.")
    rw = NumberTextField(label="RW")
    rt = NumberTextField(label="RT")
    location_note = forms.CharField(label="Letak", max_length=160, required=False)


class ParticipantForm(forms.Form):
    """One who came by name: of a resident only what the register lacks, of somebody from elsewhere all of it."""

    def __init__(self, *args, spec: FormSpec, is_resident: bool, asks_phone: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = spec.question(spec.names_participants.question)
        if not is_resident:
            self.fields["name"] = forms.CharField(label="Nama", max_length=80)
            self.fields["sex"] = radios(Resident.Sex.choices, label="Jenis kelamin", pair=True)
        if asks_phone:
            self.fields["phone"] = PhoneField(help_text="Boleh dikosongkan.")
        self.fields["groups"] = _groups_field(spec)

    def clean_groups(self) -> list[str]:
        return _parsed(self.asked, self.cleaned_data["groups"])


class ParticipantRow(forms.Form):
    """A line of the paper: Nama, JK, HP, Kelompok rentan. Whoever is called so and lives here is that resident."""

    name = forms.CharField(label="Nama", max_length=80, required=False)
    sex = forms.ChoiceField(label="JK", choices=(("", "–"), ("L", "L"), ("P", "P")), required=False)
    phone = PhoneField()

    def __init__(self, *args, spec: FormSpec, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = spec.question(spec.names_participants.question)
        self.fields["groups"] = _groups_field(spec)
        self.resident: Resident | None = None

    clean_groups = ParticipantForm.clean_groups

    @property
    def is_filled(self) -> bool:
        return any(self.cleaned_data.values())

    def match(self, found: dict[str, list[Resident]]) -> None:
        """Find the resident who is meant; the register tells her sex and phone."""
        name, sex = self.cleaned_data["name"], self.cleaned_data["sex"]
        called = [one for one in found.get(name_key(name), ()) if sex in ("", one.sex)]
        if not name:
            self.add_error("name", "Isi namanya.")
        elif len(called) > 1:
            said = f"Ada {len(called)} warga bernama ini. Kosongkan baris ini, lalu tambahkan lewat pencarian."
            self.add_error("name", said)
        elif called:
            self.resident = called[0]
        elif not sex:
            self.add_error("sex", "Pilih L atau P.")


class ParticipantGridForm(forms.Form):
    """The paper of participants typed back in its order; saved together or not at all."""

    def __init__(self, data=None, *, spec: FormSpec, find: Callable[[list[str]], dict[str, list[Resident]]]):
        super().__init__(data)
        self.find = find
        self.rows = [ParticipantRow(data, spec=spec, prefix=f"p{number}") for number in range(1, PEOPLE_ROWS + 1)]

    def is_valid(self) -> bool:
        if not all([super().is_valid(), *(row.is_valid() for row in self.rows)]):
            return False
        filled = self.filled
        found = self.find([row.cleaned_data["name"] for row in filled])
        for row in filled:
            row.match(found)
        if not filled:
            self.add_error(None, "Belum ada nama yang diisi.")
        return not self.errors and not self.refused

    @property
    def filled(self) -> list[ParticipantRow]:
        return [row for row in self.rows if row.is_filled]

    @property
    def refused(self) -> list[ParticipantRow]:
        """Lines with something that was not taken."""
        return [row for row in self.rows if row.errors]


def _groups_field(spec: FormSpec) -> forms.MultipleChoiceField:
    each = spec.names_participants
    widget = forms.CheckboxSelectMultiple(attrs={"class": "chips"})
    choices = tuple(spec.question(each.question).choice_labels.items())
    return forms.MultipleChoiceField(label=each.label, choices=choices, widget=widget, required=False)


def _parsed(question: Question, value) -> list[str]:
    try:
        return parse_answer(question, value) or []
    except Refused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
