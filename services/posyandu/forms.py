from datetime import date

from django import forms
from django.conf import settings
from django.utils.module_loading import import_string

from services.areas.queries import districts_within, villages_within
from services.areas.scope import Scope
from services.web.inputs import DateInput

from .models import BoardMember, CoachingTeam, Facility, Posyandu, RegistrationDossier
from .queries import NEW, Finding, codes_of
from .rules import DOSSIER_PAPERS, clean_name, facility_name, month_from, registration_problem, rw_of


class MonthInput(forms.TextInput):
    """The browser's own picker of a month, where it has one."""

    input_type = "month"


class MonthField(forms.Field):
    """A month by the browser's own picker, or written as people do; its value is the first day."""

    widget = MonthInput

    def to_python(self, value):
        if not value:
            return None
        month = month_from(value)
        if month is None:
            raise forms.ValidationError("Tulis bulan dan tahun seperti 10/2026.")
        return month

    def prepare_value(self, value):
        return value.strftime("%Y-%m") if isinstance(value, date) else value


class NumberTextField(forms.CharField):
    """RW or RT: "3", "003" and "RW 03" are "03"."""

    def __init__(self, **kwargs):
        super().__init__(
            required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 6}), **kwargs
        )

    def clean(self, value):
        number = rw_of(super().clean(value))
        if number is None:
            raise forms.ValidationError("Isi dengan angka, misalnya 03.")
        return number


class PosyanduForm(forms.ModelForm):
    """What the register says about a post; its place only when it is new (afterwards it moves)."""

    name = forms.CharField(label="Nama", max_length=80, help_text="Tanpa kata “Posyandu”, misalnya Kencana Ungu.")
    rw = NumberTextField(label="RW")
    rt = NumberTextField(label="RT")
    registration_number = forms.CharField(
        label="Nomor registrasi",
        required=False,
        max_length=17,
        help_text="Seperti 33.75.03.1003.001; kosongkan bila belum ada.",
    )
    live_from = MonthField(
        label="Mulai pakai",
        required=False,
        help_text="Bulan pertama yang dilaporkan di sini; kosongkan bila belum mulai.",
    )

    class Meta:
        model = Posyandu
        fields = (
            "name", "dusun", "rw", "rt", "address", "facility", "registration_number", "live_from", "wave", "state",
        )  # fmt: skip

    def __init__(self, *args, scope: Scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = Facility.objects.within(scope).order_by("name")
        self.fields["facility"].empty_label = "Belum ditentukan"
        if self.instance._state.adding:
            del self.fields["state"]
            self.fields = {"area": village_field(scope), **self.fields}

    def clean_name(self):
        name = clean_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("Isi nama posyandunya.")
        return name

    def clean_registration_number(self):
        return self.cleaned_data["registration_number"].strip() or None

    def clean(self):
        cleaned = super().clean()
        number, area = cleaned.get("registration_number"), cleaned.get("area")
        codes = [area.pk] if area else codes_of(self.instance)
        problem = registration_problem(number, codes) if number and codes else ""
        if problem:
            self.add_error("registration_number", problem)
        return cleaned


class MoveForm(forms.Form):
    """A post goes under another desa or kelurahan, from a day on."""

    def __init__(self, *args, scope: Scope, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["area"] = village_field(scope)
        self.fields["on"] = forms.DateField(label="Mulai tanggal", widget=DateInput(), initial=today)

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError("Tanggal ini belum tiba. Catat pada hari pindahnya.")
        return day


class FacilityForm(forms.ModelForm):
    """A puskesmas or pustu, with the number that kader call."""

    phone = forms.RegexField(
        r"^\+?[\d ()./-]{5,20}$",
        label="Nomor telepon",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        error_messages={"invalid": "Tulis nomor telepon seperti (0285) 421234 atau 0812 3456 7890."},
    )

    class Meta:
        model = Facility
        fields = ("kind", "name", "area", "phone")

    def __init__(self, *args, scope: Scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"] = AreaChoice(label="Kabupaten/kota", queryset=districts_within(scope), empty_label=None)

    def clean_name(self):
        return facility_name(self.cleaned_data["name"])


class ImportForm(forms.Form):
    """A list of posyandu to be looked at."""

    file = forms.FileField(
        label="Berkas",
        help_text="CSV atau XLSX, paling besar 10 MB. Kolom yang perlu: nama posyandu dan kelurahan/desa atau kodenya.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"empty": "Berkas ini kosong."},
    )

    def read(self) -> bytes:
        """The bytes sent, and one more than is allowed at most."""
        return self.cleaned_data["file"].read(settings.UPLOAD_MAX_BYTES + 1)


class DecisionForm(forms.Form):
    """What the similar rows are. A row without an answer waits: it is not written."""

    def __init__(self, *args, similar: list[Finding], **kwargs):
        super().__init__(*args, **kwargs)
        for finding in similar:
            row = finding.row
            same = [(post.path, f"Sama dengan {post.name}, RW {post.rw or '–'}") for post in finding.posts]
            self.fields[f"baris_{row.row}"] = forms.ChoiceField(
                label=f"Baris {row.row}: {row.name}, {finding.area.title}, RW {row.rw or '–'}",
                help_text=f"{finding.reason.capitalize()}.",
                choices=[("", "Belum tahu, lewati dulu"), *same, (NEW, "Posyandu lain, tambahkan")],
                widget=forms.RadioSelect,
                required=False,
            )

    def decisions(self) -> dict[int, str]:
        """Row number → path or NEW, of the rows that were decided."""
        answers = ((int(name.removeprefix("baris_")), value) for name, value in self.cleaned_data.items())
        return {row: value for row, value in answers if value}


class AreaChoice(forms.ModelChoiceField):
    """Places by their full name."""

    def label_from_instance(self, obj):
        return obj.title


def village_field(scope: Scope) -> forms.ModelChoiceField:
    """The desa and kelurahan of the scope, grouped by kecamatan."""
    villages = villages_within(scope.areas).select_related("parent")
    field = AreaChoice(label="Kelurahan/desa", queryset=villages, empty_label="Pilih kelurahan/desa")
    groups: dict[str, list] = {}
    for village in villages:
        groups.setdefault(village.parent.title, []).append((village.pk, village.title))
    field.choices = [("", field.empty_label), *groups.items()]
    return field


def field_labels() -> dict[str, str]:
    """The six service fields: key → label. They are declared above this app, so they are named in the settings."""
    return {field.key: field.label for field in import_string(settings.SERVICE_FIELDS)}


class MemberForm(forms.ModelForm):
    """Somebody of the pengurus, or a kader by decree."""

    class Meta:
        model = BoardMember
        fields = ("name", "post", "field", "decree_number", "decree_date", "from_date", "term_until", "trained_on")
        widgets = {
            "post": forms.RadioSelect,
            **{name: DateInput() for name in ("decree_date", "from_date", "term_until", "trained_on")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", "Semua bidang / bukan ketua bidang"), *field_labels().items()]
        self.fields["post"].choices = BoardMember.Post.choices
        self.fields["field"] = forms.ChoiceField(label="Bidang", choices=choices, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("post") == BoardMember.Post.HEAD_OF_FIELD and not cleaned.get("field"):
            self.add_error("field", "Pilih bidang yang dipimpin.")
        first, last = cleaned.get("from_date"), cleaned.get("term_until")
        if first and last and last < first:
            self.add_error("term_until", "Masa bakti berakhir sesudah mulai bertugas.")
        return cleaned


class MemberEndForm(forms.Form):
    """When and why somebody stops."""

    ended_on = forms.DateField(label="Berhenti tanggal", widget=DateInput())
    ended_reason = forms.ChoiceField(label="Alasan", choices=BoardMember.Ended.choices, widget=forms.RadioSelect)


class DossierForm(forms.ModelForm):
    """The papers of a registration dossier, how far it is, and the number once Kemendagri gave it."""

    number = forms.CharField(label="Nomor registrasi", max_length=17, required=False)
    remark = forms.CharField(label="Catatan", max_length=200, required=False)

    class Meta:
        model = RegistrationDossier
        fields = ("team_decree", "board_decree", "matrix_made_on", "state")
        widgets = {"state": forms.RadioSelect, "matrix_made_on": DateInput()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = RegistrationDossier.State.choices

    @property
    def papers(self) -> dict:
        return {name: self.cleaned_data[name] for name in DOSSIER_PAPERS}


class TeamForm(forms.ModelForm):
    """The decree of a Tim Pembina."""

    class Meta:
        model = CoachingTeam
        fields = ("decree_number", "decree_date", "chair", "secretary", "term_until")
        widgets = {"decree_date": DateInput(), "term_until": DateInput()}
