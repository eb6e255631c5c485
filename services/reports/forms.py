from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone

from services.open_days.rules import OBSTACLES
from services.web.inputs import DateInput

from .figures.recaps import RECAPS
from .models import MonthNarrative, Signatory

LONGEST_NOTE = 500
DEFAULT_DAYS_OPEN = 3


MOST = 99_999


class StepForm(forms.Form):
    """A step of the month: it carries the state that its author saw."""

    expected = forms.CharField(widget=forms.HiddenInput, max_length=12)


class SubmitForm(StepForm):
    """Sending the month, also when something is missing."""

    comment = forms.CharField(
        label="Catatan untuk yang memeriksa (boleh kosong)",
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Misalnya mengapa ada yang belum lengkap. Jangan menulis nama warga.",
    )


class ReturnForm(StepForm):
    """What must be mended, and where."""

    note = forms.CharField(
        label="Apa yang perlu diperbaiki?", max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 4})
    )
    row = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args, figures: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["figure"] = forms.ChoiceField(
            label="Angka yang dimaksud (boleh kosong)", required=False, choices=[("", "Tidak menunjuk angka"), *figures]
        )
        self.order_fields(["expected", "note", "figure", "row"])


class NarrativeForm(forms.ModelForm):
    """The ketua's words beside the figures."""

    obstacles = forms.MultipleChoiceField(
        label="Hambatan", choices=tuple(OBSTACLES.items()), widget=forms.CheckboxSelectMultiple, required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    class Meta:
        model = MonthNarrative
        fields = ("obstacles", "obstacle_note", "plan", "proposals", "equipment")
        widgets = {
            name: forms.Textarea(attrs={"rows": 3}) for name in ("obstacle_note", "plan", "proposals", "equipment")
        }
        help_texts = {"plan": "Jangan menulis nama warga di laporan ini."}

    def see(self, sign: str) -> None:
        """The other's words stand on the page now: saving again is her choice between the two."""
        self.data = self.data.copy()
        self.data["seen"] = sign


class ExceptionForm(forms.Form):
    """Why a sent month is opened, and until when."""

    reason = forms.CharField(label="Alasan", max_length=200)
    until = forms.DateField(label="Dibuka sampai dengan", widget=DateInput())

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = today + timedelta(days=DEFAULT_DAYS_OPEN)
        self.today = today

    def clean_until(self):
        day = self.cleaned_data["until"]
        if not self.today <= day <= self.today + timedelta(days=31):
            raise forms.ValidationError("Pilih hari ini atau sesudahnya, paling lama 31 hari.")
        return day

    def moment(self, zone) -> datetime:
        """The end of that day on the district's clock."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"], time(23, 59, 59)), zone)


class CorrectionForm(forms.Form):
    """What is corrected and why; it is printed in the list of corrections."""

    what = forms.CharField(
        label="Apa yang dikoreksi, dan mengapa?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tercetak di daftar koreksi. Jangan menulis nama warga.",
    )


class DropForm(forms.Form):
    """Why a kept form is thrown away."""

    reason = forms.CharField(label="Mengapa dibuang?", max_length=200)


class WithdrawForm(forms.Form):
    """Why a scan is taken back."""

    reason = forms.CharField(label="Mengapa ditarik?", max_length=200)


class ScanForm(forms.Form):
    """The scan of the signed paper; what it really is, is judged by its content."""

    photo = forms.FileField(
        label="Pindaian atau foto kertas yang sudah ditandatangani",
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
        help_text="PDF atau foto, paling besar 10 MB. Beberapa halaman dapat dilampirkan satu per satu.",
        error_messages={"empty": "Berkas ini kosong. Kirim lagi berkasnya."},
    )


class LogoForm(forms.Form):
    """The emblem of a kabupaten or kota; what it really is, is judged by its content."""

    photo = forms.FileField(
        label="Gambar logo",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text="PNG atau JPG dengan latar putih atau tembus pandang. Disimpan kecil, untuk 18 mm di kertas.",
        error_messages={"empty": "Berkas ini kosong. Kirim lagi gambarnya."},
    )


class RefusalForm(forms.Form):
    """Why a proposed correction is not taken in; the asker reads it."""

    reason = forms.CharField(
        label="Mengapa ditolak?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Dibaca oleh yang mengusulkan. Jangan menulis nama warga.",
    )


class SignatoryForm(forms.ModelForm):
    """Somebody takes office."""

    nip = forms.CharField(
        label="NIP (boleh kosong)",
        required=False,
        max_length=24,
        help_text="18 angka. Kosongkan kalau bukan ASN, misalnya kepala desa.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    class Meta:
        model = Signatory
        fields = ("name", "nip", "title", "acting", "from_date", "to_date")
        widgets = {
            "from_date": DateInput(),
            "to_date": DateInput(),
            "acting": forms.RadioSelect,
        }
        help_texts = {"to_date": "Kosongkan kalau belum diketahui."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["acting"].choices = [("", "Pejabat tetap"), *Signatory.Acting.choices]

    def clean_nip(self):
        return "".join(self.cleaned_data["nip"].split())


class SignatoryEndForm(forms.Form):
    """The last day of a term."""

    to_date = forms.DateField(label="Hari terakhir menjabat", widget=DateInput())


class HashForm(forms.Form):
    """A hash that is printed in a footer, or the file itself."""

    code = forms.CharField(
        label="Kode di kaki halaman", required=False, max_length=64, help_text="16 huruf dan angka, atau lebih."
    )
    file = forms.FileField(label="Atau berkasnya (PDF, XLSX, JSON)", required=False)

    def clean_code(self):
        code = "".join(self.cleaned_data["code"].lower().split())
        if code and (len(code) < 12 or set(code) - set("0123456789abcdef")):
            raise forms.ValidationError("Kode terdiri dari paling sedikit 12 angka dan huruf a sampai f.")
        return code

    def clean(self):
        found = super().clean()
        if not self.errors and not (found.get("code") or found.get("file")):
            raise forms.ValidationError("Tulis kodenya, atau pilih berkasnya.")
        return found


class PaperRecapForm(forms.Form):
    """Whole numbers; a box that stays empty is "belum didata" and not zero."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for recap in RECAPS:
            for column in recap.columns:
                self.fields[_name(recap.key, column.key)] = forms.IntegerField(
                    label=column.full_header, required=False, min_value=0, max_value=MOST
                )

    @property
    def groups(self):
        """(title of the recap, its boxes) in print order."""
        return [(recap.title, [self[_name(recap.key, column.key)] for column in recap.columns]) for recap in RECAPS]

    def values(self) -> dict[str, dict[str, int]]:
        """Form → column → number of what was filled in."""
        typed = {
            recap.key: {
                column.key: self.cleaned_data[_name(recap.key, column.key)]
                for column in recap.columns
                if self.cleaned_data[_name(recap.key, column.key)] is not None
            }
            for recap in RECAPS
        }
        return {form: columns for form, columns in typed.items() if columns}


def initial_of(values: dict[str, dict[str, int]]) -> dict[str, int]:
    """What was typed before, by box."""
    return {_name(form, column): number for form, columns in values.items() for column, number in columns.items()}


def _name(form: str, column: str) -> str:
    return f"{form}__{column}"
