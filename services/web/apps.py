from django import forms
from django.apps import AppConfig

# Django's own words where they say "bidang" (a service field here) or "valid", which nobody at a posyandu says.
MESSAGES = (
    (forms.Field, "required", "Bagian ini belum diisi."),
    (forms.DateField, "invalid", "Tanggal ini belum cocok. Periksa hari, bulan, dan tahunnya."),
    (forms.TimeField, "invalid", "Jam ini belum cocok. Periksa jam dan menitnya."),
    (forms.IntegerField, "invalid", "Tulis angka bulat saja."),
    (forms.DecimalField, "invalid", "Tulis angka saja, misalnya 12,5."),
    (forms.ChoiceField, "invalid_choice", "Pilih dari yang ada di daftar."),
    (forms.MultipleChoiceField, "invalid_choice", "Pilih dari yang ada di daftar."),
    (forms.ModelChoiceField, "invalid_choice", "Pilih dari yang ada di daftar."),
    (forms.ModelMultipleChoiceField, "invalid_choice", "Pilih dari yang ada di daftar."),
)


class WebConfig(AppConfig):
    name = "services.web"
    label = "web"

    def ready(self):
        """Say what is missing in our words; before any form is made."""
        for field, code, words in MESSAGES:
            field.default_error_messages = {**field.default_error_messages, code: words}
