from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Consent, Pregnancy, WatchedCondition
from .fields import DayField, radios


class PregnancyForm(forms.Form):
    registered_on = DayField(label=_("Diketahui hamil pada"))
    lmp_on = DayField(label=_("Hari pertama haid terakhir"), required=False, help_text=_("Boleh dikosongkan."))
    is_estimate = forms.BooleanField(label=_("Tanggal haid itu perkiraan"), required=False)
    number = forms.IntegerField(label=_("Hamil anak ke"), required=False, min_value=1, max_value=20)


class PregnancyEndForm(forms.Form):
    """How a pregnancy ended. A loss is not asked about further."""

    outcome = radios(
        (
            (Pregnancy.Outcome.BIRTH, _("Melahirkan")),
            (Pregnancy.Outcome.LOSS, _("Kehilangan kandungan")),
            (Pregnancy.Outcome.OTHER, _("Lainnya")),
        ),
        label=_("Bagaimana kehamilannya berakhir?"),
    )
    ended_on = DayField(label=_("Tanggal"))


class ConditionForm(forms.Form):
    kind = radios(WatchedCondition.Kind.choices, label=_("Keadaan yang dipantau"))
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
