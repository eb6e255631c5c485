from django import forms
from django.utils.text import slugify

from services.areas.models import Holiday, Office
from services.fields import registry
from services.web.inputs import DateInput

from ..models import RequestType

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
        self.instance.papers = [line.strip() for line in data.get("papers_text", "").splitlines() if line.strip()]
        self.instance.key = slugify(data.get("label", ""))[:40].replace("-", "_")
        if data.get("label") and not self.instance.key:
            self.add_error("label", "Tulis nama dengan huruf.")
        return data


class HolidayForm(forms.ModelForm):
    """A day off of the district's own, or one on which it works although the list says otherwise."""

    class Meta:
        model = Holiday
        fields = ("date", "name", "is_working", "source")
        widgets = {"date": DateInput()}
        help_texts = {"source": "Surat atau keputusan, misalnya SK Wali Kota 100/2026."}
