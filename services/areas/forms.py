import json
from datetime import date

from django import forms
from django.conf import settings

from services.web.inputs import DateInput

from .rules import BadList, read_outlines
from .settings import Setting, value_text


class SettingForm(forms.Form):
    """A district's own value of one setting, from a day on, and on whose word."""

    def __init__(self, *args, setting: Setting, current, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.setting = setting
        self.fields["value"] = _value_field(setting, current)
        self.fields["valid_from"] = forms.DateField(label="Berlaku mulai", widget=DateInput(), initial=today)
        self.fields["source"] = forms.CharField(
            label="Dasar", max_length=200, help_text="Surat atau keputusan, misalnya SE Dinkes 440/12 tahun 2026."
        )

    def clean_value(self):
        value = self.cleaned_data["value"]
        try:
            return self.setting.check(value == "ya" if isinstance(self.setting.default, bool) else value)
        except (TypeError, ValueError) as error:
            raise forms.ValidationError(str(error) or "Isian ini belum cocok.") from error


def _value_field(setting: Setting, current) -> forms.Field:
    if isinstance(setting.default, bool):
        choices = [("ya", "Ya"), ("tidak", "Tidak")]
        initial = "ya" if current else "tidak"
        return forms.ChoiceField(label=setting.label, choices=choices, initial=initial, widget=forms.RadioSelect)
    if isinstance(setting.default, tuple):
        return forms.MultipleChoiceField(
            label=setting.label,
            choices=setting.choices,
            initial=list(current),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    if setting.choices:
        return forms.ChoiceField(
            label=setting.label, choices=setting.choices, initial=current, widget=forms.RadioSelect
        )
    if isinstance(setting.default, int):
        return forms.IntegerField(label=setting.label, initial=current)
    return forms.CharField(label=setting.label, initial=value_text(setting, current))


class BoundaryForm(forms.Form):
    """A GeoJSON file with the outlines of a kab/kota's places, and where it is from."""

    file = forms.FileField(
        label="Berkas GeoJSON",
        help_text="Setiap wilayah punya kode Kemendagri (kolom code atau kode). Paling besar 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
        error_messages={"empty": "Berkas ini kosong."},
    )
    source = forms.CharField(label="Sumber", max_length=200, help_text="Misalnya: BIG, RBI 1:25.000, tahun 2024.")

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError("Berkas ini lebih besar dari 10 MB.")
        try:
            self.outlines = read_outlines(json.loads(file.read()))
        except BadList as problem:
            raise forms.ValidationError(str(problem)) from problem
        except (ValueError, RecursionError) as problem:
            raise forms.ValidationError("Berkas ini bukan GeoJSON yang dapat dibaca.") from problem
        finally:
            file.seek(0)
        return file
