"""Fields that several of these forms share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.posyandu.models import Posyandu

from ..models import Household
from ..queries import short_address
from ..rules import clean_number, number_fault

NEW = "baru"
FEW = 7  # from here on a list is shorter as a dropdown


class DayField(forms.DateField):
    """A day, picked or typed (10-11-2026)."""

    def __init__(self, **kwargs):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(
            widget=widget,
            error_messages={"required": _("Isi tanggalnya."), "invalid": _("Tulis tanggalnya seperti 10-11-2026.")},
            **kwargs,
        )


class NumberOfSixteen(forms.CharField):
    """A NIK or no_kk: spaces, dots and dashes are taken out, then it must be 16 digits."""

    def __init__(self, *, called="NIK", **kwargs):
        self.called = called
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-wide": True})
        super().__init__(required=False, label=called, widget=widget, **kwargs)

    def to_python(self, value):
        return clean_number(super().to_python(value))

    def validate(self, value):
        fault = number_fault(value, self.called)
        if fault:
            raise forms.ValidationError(fault)


class PhoneField(forms.CharField):
    """A phone number, with or without +62, spaces and dashes."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
        super().__init__(required=False, label=_("Nomor HP"), max_length=24, widget=widget, **kwargs)

    def clean(self, value):
        number = "".join(letter for letter in super().clean(value) if letter not in " .-()")
        digits = number.removeprefix("+")
        if number and not (digits.isascii() and digits.isdigit() and 8 <= len(digits) <= 15):
            raise forms.ValidationError(_("Tulis nomor HP dengan angka, misalnya 0812 3456 7890."))
        return number


def radios(choices, *, pair: bool = False, chips: bool = False, **kwargs) -> forms.ChoiceField:
    """Large choices; nothing is chosen beforehand."""
    look = "chips" if chips else "choices choices-pair" if pair else "choices"
    widget = forms.RadioSelect(attrs={"class": look})
    messages = {"required": _("Pilih salah satu."), "invalid_choice": _("Pilih lagi.")}
    return forms.ChoiceField(choices=choices, widget=widget, error_messages=messages, **kwargs)


def posyandu_field(posts: list[Posyandu]) -> forms.ChoiceField:
    """Which posyandu, of those the person who asks may write at."""
    choices = [(str(post.pk), post.name) for post in posts]
    if len(posts) < FEW:
        return radios(choices, label=_("Posyandu"))
    return forms.ChoiceField(choices=[("", "Pilih"), *choices], label=_("Posyandu"))


def household_field(households: list[Household]) -> forms.ChoiceField:
    """The households with a head called so, and a new one."""
    choices = [(str(household.pk), _household_line(household)) for household in households]
    return radios([*choices, (NEW, _("Bukan, ini keluarga baru"))], label=_("Apakah ini keluarganya?"), required=False)


def _household_line(household: Household) -> str:
    return " · ".join(part for part in (str(household), short_address(household), household.address) if part)


def drawn(form: forms.Form, name: str) -> forms.BoundField | None:
    """A field that is only sometimes there, for the template."""
    return form[name] if name in form.fields else None
