from datetime import date

from django import forms

from services.accounts.models import User
from services.accounts.queries import access_of
from services.areas import clock
from services.areas.access import Permission
from services.areas.models import Area
from services.areas.scope import Scope
from services.fields.registry import FIELDS
from services.posyandu.models import Posyandu
from services.web.inputs import DateInput
from services.web.rules import month_text

from .models import Decision, Meeting, PlanItem, SampledRecord
from .queries import areas_of, offices_around, posts_within
from .rules import OBSTACLES, OUTCOMES, READINESS

POINTS = 3
MONTHS_BACK = 6


class PostChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.name} · {obj.area.title}"


class AreaChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return obj.title


class AtPost(forms.Form):
    """Which posyandu it is about; with only one there is nothing to choose."""

    def __init__(self, *args, scope: Scope, **kwargs):
        super().__init__(*args, **kwargs)
        posts = posts_within(scope)
        self.fields = {
            "posyandu": PostChoice(queryset=posts, label="Posyandu", empty_label="Pilih posyandu"),
            **self.fields,
        }


class VisitForm(AtPost):
    """A visit: what is ready, what is in the way, and up to three things that were agreed on."""

    date = forms.DateField(label="Tanggal", widget=DateInput())
    ready = forms.MultipleChoiceField(
        label="Yang sudah siap",
        choices=tuple(READINESS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Yang tidak dicentang berarti belum siap.",
    )
    obstacles = forms.MultipleChoiceField(
        label="Hambatan", choices=tuple(OBSTACLES.items()), widget=forms.CheckboxSelectMultiple, required=False
    )
    notes = forms.CharField(label="Catatan", max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    photo = forms.FileField(label="Foto", required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["date"].initial = today
        for number in range(1, POINTS + 1):
            self.fields[f"text_{number}"] = forms.CharField(
                label=f"Kesepakatan {number}", max_length=200, required=False
            )
            self.fields[f"responsible_{number}"] = forms.CharField(label="Siapa", max_length=80, required=False)
            self.fields[f"due_on_{number}"] = forms.DateField(label="Paling lambat", required=False, widget=DateInput())

    def clean_date(self):
        if self.cleaned_data["date"] > self.today:
            raise forms.ValidationError("Tanggal ini belum tiba. Catat setelah kunjungan.")
        return self.cleaned_data["date"]

    def clean(self):
        cleaned = super().clean()
        for number in range(1, POINTS + 1):
            if cleaned.get(f"text_{number}"):
                for name in ("responsible", "due_on"):
                    if not cleaned.get(f"{name}_{number}"):
                        self.add_error(f"{name}_{number}", "Isi juga ini, supaya jelas siapa dan kapan.")
        return cleaned

    @property
    def points(self) -> list[dict]:
        names = ("text", "responsible", "due_on")
        rows = ({name: self.cleaned_data.get(f"{name}_{n}") for name in names} for n in range(1, POINTS + 1))
        return [row for row in rows if row["text"]]


class PointForm(forms.Form):
    """What was agreed on is done."""

    done_on = forms.DateField(label="Selesai tanggal", widget=DateInput())
    remark = forms.CharField(label="Hasilnya", max_length=200, required=False)


class SampleForm(AtPost):
    """Of which posyandu and month a sample is drawn."""

    def __init__(self, *args, closed: date, **kwargs):
        super().__init__(*args, **kwargs)
        months = clock.months_back(closed, MONTHS_BACK)[::-1]
        choices = [(f"{month:%Y-%m-%d}", month_text(month)) for month in months]
        self.fields["month"] = forms.TypedChoiceField(
            label="Bulan", choices=choices, coerce=date.fromisoformat, widget=forms.RadioSelect
        )


class CheckForm(forms.ModelForm):
    """What was found."""

    class Meta:
        model = SampledRecord
        fields = ("outcome", "note")
        widgets = {"outcome": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = tuple(OUTCOMES.items())
        self.fields["outcome"].required = True


class GrantForm(forms.Form):
    """Who may re-check, why, until when."""

    username = forms.CharField(label="Nama pengguna", max_length=40)
    reason = forms.CharField(label="Alasan", max_length=200)
    until = forms.DateField(label="Sampai tanggal", widget=DateInput())

    def __init__(self, *args, posyandu: Posyandu, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.posyandu, self.today = posyandu, today

    def clean_username(self):
        """Only somebody who coaches this posyandu anyway, and lacks the names."""
        people = User.objects.unscoped(reason="a colleague by her username; only whether she coaches here is told")
        user = people.filter(username=self.cleaned_data["username"].strip().lower(), is_active=True).first()
        scope = access_of(user).scope(Permission.COACH) if user else None
        if scope is None or self.posyandu.pk not in scope.posyandu:
            raise forms.ValidationError("Tidak ada anggota Tim Pembina posyandu ini dengan nama pengguna itu.")
        self.user = user
        return user.username

    def clean_until(self):
        if not 0 <= (self.cleaned_data["until"] - self.today).days <= 31:
            raise forms.ValidationError("Izin berlaku paling lama 31 hari sejak hari ini.")
        return self.cleaned_data["until"]


class MeetingForm(forms.ModelForm):
    """A coordination meeting."""

    class Meta:
        model = Meeting
        fields = ("area", "date", "place", "agenda")
        widgets = {"date": DateInput()}

    def __init__(self, *args, scope: Scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"] = AreaChoice(label="Tim Pembina", queryset=areas_of(scope), empty_label=None)


class DecisionForm(forms.ModelForm):
    """A decision with an owner and a day."""

    class Meta:
        model = Decision
        fields = ("text", "office", "responsible", "due_on")
        widgets = {"due_on": DateInput()}

    def __init__(self, *args, area: Area, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices_around(area)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("office") and not cleaned.get("responsible"):
            self.add_error("office", "Pilih OPD, atau isi penanggung jawab lain.")
        return cleaned


class DoneForm(forms.Form):
    """What was decided is done."""

    done_on = forms.DateField(label="Selesai tanggal", widget=DateInput())


class PlanForm(forms.ModelForm):
    """One line of a year's plan; whose it is does not change any more."""

    class Meta:
        model = PlanItem
        fields = ("area", "year", "field", "text", "office", "funding")

    def __init__(self, *args, scope: Scope, **kwargs):
        super().__init__(*args, **kwargs)
        areas = areas_of(scope)
        self.fields["area"] = AreaChoice(label="Tim Pembina", queryset=areas, empty_label=None)
        labels = [("", "Semua bidang"), *((field.key, field.label) for field in FIELDS)]
        self.fields["field"] = forms.ChoiceField(label="Bidang", choices=labels, required=False)
        first = self.instance.area if self.instance.area_id else areas.first()
        if self.instance.area_id:
            del self.fields["area"]
        self.fields["office"].queryset = offices_around(first) if first else self.fields["office"].queryset.none()
