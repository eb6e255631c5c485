from collections.abc import Mapping, Sequence
from uuid import UUID

from django import forms
from django.utils.text import slugify

from services.areas.models import Holiday, Office
from services.fields import registry
from services.web.inputs import DateInput

from ..models import RequestType
from ..rules import RequestKind

MOST_OFFICES = 2  # a ticket goes to two at most
FIELD_CHOICES = [(field.key, field.label) for field in registry.FIELDS]


class OfficeForm(forms.ModelForm):
    """An office (OPD): its name, what it answers, and where the daily mail goes."""

    fields_answered = forms.MultipleChoiceField(
        label="Menjawab bidang", choices=FIELD_CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Office
        fields = ("name", "email", "phone", "protects", "is_active")
        help_texts = {"email": "Setiap hari kerja kantor ini menerima satu surel bila ada yang menunggu."}

    field_order = ("name", "fields_answered", "email", "phone", "protects", "is_active")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fields_answered"].initial = self.instance.fields

    def clean(self):
        data = super().clean()
        self.instance.fields = data.get("fields_answered", [])
        return data


def paper_lines(text: str) -> list[str]:
    """A line a paper, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class RequestTypeForm(forms.ModelForm):
    """A request type of the district's own."""

    field = forms.ChoiceField(label="Bidang", choices=FIELD_CHOICES, widget=forms.RadioSelect)
    papers_text = forms.CharField(
        label="Berkas yang diperlukan",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Satu baris satu berkas. Hanya permohonan yang memerlukannya.",
    )

    class Meta:
        model = RequestType
        fields = ("field", "label")

    def clean(self):
        data = super().clean()
        self.instance.papers = paper_lines(data.get("papers_text", ""))
        self.instance.key = slugify(data.get("label", ""))[:40].replace("-", "_")
        if data.get("label") and not self.instance.key:
            self.add_error("label", "Tulis nama dengan huruf.")
        return data


class RequestTypeEditForm(forms.ModelForm):
    """What a district calls one request type, which papers it asks for, and whether it takes it in at all."""

    papers_text = forms.CharField(
        label="Berkas yang diperlukan",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Satu baris satu berkas. Hanya permohonan yang memerlukannya.",
    )

    class Meta:
        model = RequestType
        fields = ("label", "is_active")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["papers_text"] = "\n".join(self.instance.papers)

    def clean(self):
        data = super().clean()
        self.instance.papers = paper_lines(data.get("papers_text", ""))
        return data


class RouteForm(forms.Form):
    """The offices of each request type of a field; first those of all types that have none of their own."""

    def __init__(
        self,
        *args,
        kinds: Sequence[RequestKind],
        offices: Sequence[Office],
        routes: Mapping[str, Sequence[UUID]],
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        # "kind_" also keeps a district's own key apart from names the form has.
        self.types = {"kind_": "", **{f"kind_{kind.key}": kind.key for kind in kinds}}
        labels = {"": "Semua jenis, kecuali yang diatur di bawah", **{kind.key: kind.label for kind in kinds}}
        for name, key in self.types.items():
            self.fields[name] = forms.TypedMultipleChoiceField(
                label=labels[key],
                choices=[(str(office.pk), office.name) for office in offices],
                coerce=UUID,
                initial=[str(office) for office in routes.get(key, ())],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self):
        data = super().clean()
        for name in self.types:
            if len(data.get(name, ())) > MOST_OFFICES:
                self.add_error(name, "Paling banyak dua OPD.")
        return data

    def offices_by_type(self) -> dict[str, list[UUID]]:
        """Request type → chosen offices; the empty type is all others."""
        return {key: self.cleaned_data[name] for name, key in self.types.items()}


class HolidayForm(forms.ModelForm):
    """A day off of the district's own, or one on which it works although the list says otherwise."""

    class Meta:
        model = Holiday
        fields = ("date", "name", "is_working", "source")
        widgets = {"date": DateInput()}
        help_texts = {"source": "Surat atau keputusan, misalnya SK Wali Kota 100/2026."}
