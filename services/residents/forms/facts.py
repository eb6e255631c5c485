from django import forms
from django.utils.translation import gettext_lazy as _

from services.clinical.pregnancy import lmp_from_weeks

from ..models import Consent, Pregnancy, WatchedCondition
from .fields import DayField, radios


class PregnancyForm(forms.Form):
    """When she was found pregnant, and since when: the last menstruation, or about how many weeks."""

    registered_on = DayField(label=_("Diketahui hamil pada"))
    lmp_on = DayField(label=_("Hari pertama haid terakhir"), required=False, help_text=_("Boleh dikosongkan."))
    is_estimate = forms.BooleanField(label=_("Tanggal haid itu perkiraan"), required=False)
    weeks = forms.IntegerField(
        label=_("Atau perkiraan usia kehamilan"),
        required=False,
        min_value=1,
        max_value=43,
        help_text=_("Pada tanggal diketahui hamil, bila tanggal haid tidak diingat."),
    )
    number = forms.IntegerField(label=_("Hamil anak ke"), required=False, min_value=1, max_value=20)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["weeks"].unit = _("minggu")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("weeks") and cleaned.get("lmp_on"):
            self.add_error("weeks", _("Isi salah satu: tanggal haid terakhir, atau perkiraan minggunya."))
        return cleaned

    @property
    def details(self) -> dict:
        """What `add_pregnancy` gets: weeks become an estimated date of the last menstruation."""
        data = dict(self.cleaned_data)
        weeks = data.pop("weeks")
        if weeks:
            data |= {"lmp_on": lmp_from_weeks(weeks, data["registered_on"]), "is_estimate": True}
        return data


class PregnancyEndForm(forms.Form):
    """How a pregnancy ended. A loss is not asked about further."""

    outcome = radios(
        (
            (Pregnancy.Outcome.BIRTH, _("Melahirkan, bayinya sudah tercatat atau tinggal di tempat lain")),
            (Pregnancy.Outcome.LOSS, _("Kehilangan kandungan")),
            (Pregnancy.Outcome.OTHER, _("Lainnya")),
        ),
        label=_("Bagaimana kehamilannya berakhir?"),
    )
    ended_on = DayField(label=_("Tanggal"))


class ConditionForm(forms.Form):
    kind = radios(WatchedCondition.Kind.offered(), label=_("Keadaan yang dipantau"))
    from_date = DayField(label=_("Dipantau sejak"))


class ConditionEndForm(forms.Form):
    to_date = DayField(label=_("Tidak dipantau lagi sejak"))


class ConsentForm(forms.Form):
    consent_by = radios(Consent.Relation.choices, label=_("Yang memberi izin"))


class NikForm(forms.Form):
    reason = forms.CharField(
        label=_("Untuk apa NIK ini dibuka?"),
        max_length=200,
        min_length=5,
        help_text=_("Alasan ini dicatat bersama nama Ibu/Bapak."),
        error_messages={
            "required": _("Tulis dulu alasannya."),
            "min_length": _("Tulis alasannya sedikit lebih jelas."),
        },
    )
