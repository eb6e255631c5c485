from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions import NewBaby
from ..models import Birth, Pregnancy, Resident
from .fields import DayField, radios

BABIES_AT_MOST = 4
BABY_FIELDS = ("condition", "sex", "name", "weight_g", "length_cm", "died_on")


class BirthCancelForm(forms.Form):
    """Why a birth was written down by mistake."""

    reason = forms.CharField(label=_("Mengapa dibatalkan?"), max_length=200)


class BirthForm(forms.Form):
    """A birth, of one baby or of twins: where, by whom, how, and each baby."""

    born_on = DayField(label=_("Tanggal lahir"))
    place = radios(Pregnancy.Place.choices, label=_("Tempat bersalin"), required=False)
    helper = radios(Pregnancy.Officer.choices, label=_("Penolong"), required=False)
    way = radios(Pregnancy.Way.choices, label=_("Cara bersalin"), required=False)

    def __init__(self, *args, babies: int = 1, **kwargs):
        super().__init__(*args, **kwargs)
        self.count = babies
        for number in range(1, babies + 1):
            whose = f"Bayi {number}: " if babies > 1 else "Bayi: "
            self.fields |= {f"{name}_{number}": field for name, field in _baby_fields(whose).items()}

    def clean(self):
        cleaned = super().clean()
        for number in range(1, self.count + 1):
            condition = cleaned.get(f"condition_{number}")
            if condition in {Birth.Condition.ALIVE, Birth.Condition.DIED} and not cleaned.get(f"sex_{number}"):
                self.add_error(f"sex_{number}", _("Pilih salah satu."))
            if condition == Birth.Condition.DIED and not cleaned.get(f"died_on_{number}"):
                self.add_error(f"died_on_{number}", _("Isi tanggal meninggalnya."))
        return cleaned

    @property
    def babies(self) -> list[NewBaby]:
        """The babies as the action takes them."""
        return [self._baby(number) for number in range(1, self.count + 1)]

    def _baby(self, number: int) -> NewBaby:
        told = {name: self.cleaned_data[f"{name}_{number}"] for name in BABY_FIELDS}
        length = told.pop("length_cm")
        died_on = told.pop("died_on") if told["condition"] == Birth.Condition.DIED else None
        told.pop("died_on", None)
        return NewBaby(**told, died_on=died_on, length_mm=None if length is None else round(length * 10))


def _baby_fields(whose: str) -> dict[str, forms.Field]:
    weight = forms.IntegerField(label=f"{whose}berat lahir", required=False, min_value=300, max_value=7000)
    length = forms.DecimalField(
        label=f"{whose}panjang lahir", required=False, min_value=20, max_value=70, max_digits=4, decimal_places=1,
        localize=True,
    )  # fmt: skip
    weight.unit, length.unit = "gram", "cm"
    return {
        "condition": radios(Birth.Condition.choices, label=f"{whose}keadaannya"),
        "sex": radios(Resident.Sex.choices, label=f"{whose}jenis kelamin", pair=True, required=False),
        "name": forms.CharField(label=f"{whose}nama", max_length=80, required=False, help_text=_("Boleh menyusul.")),
        "weight_g": weight,
        "length_cm": length,
        "died_on": DayField(
            label=f"{whose}meninggal pada", required=False, help_text=_("Hanya bila lahir hidup lalu meninggal.")
        ),
    }


class ContactForm(forms.Form):
    """A contact as the Buku KIA tells it."""

    on = DayField(label=_("Tanggal"))
    place = radios(Pregnancy.Place.choices, label=_("Tempat"), required=False)
    officer = radios(Pregnancy.Officer.choices, label=_("Petugas"), required=False)
    remove = forms.BooleanField(label=_("Ternyata belum, hapus catatan ini"), required=False)

    def __init__(self, *args, is_new: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if is_new:
            del self.fields["remove"]

    @property
    def is_removed(self) -> bool:
        return self.cleaned_data.get("remove", False)

    @property
    def details(self) -> dict:
        """What `save_contact` gets."""
        return {name: self.cleaned_data[name] for name in ("on", "place", "officer")}
