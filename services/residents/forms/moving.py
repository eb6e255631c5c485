from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import NEW, DayField, drawn, household_field, radios

HOUSEHOLD, POSYANDU, AWAY = "keluarga", "posyandu", "keluar"


class MoveForm(forms.Form):
    """Where somebody moved: to another household here, to another posyandu, or away. What is asked follows from it."""

    kind = radios(
        (
            (HOUSEHOLD, _("Ke keluarga lain di posyandu ini")),
            (POSYANDU, _("Ke posyandu lain")),
            (AWAY, _("Ke luar daerah")),
        ),
        label=_("Pindah ke mana?"),
    )
    on = DayField(label=_("Tanggal pindah"))
    together = forms.BooleanField(label=_("Seluruh keluarganya ikut pindah"), required=False)
    head_name = forms.CharField(label=_("Nama kepala keluarga yang baru"), max_length=80, required=False)
    relation = forms.CharField(label=_("Hubungan dengan kepala keluarga"), max_length=20, required=False)
    place_name = forms.CharField(label=_("Nama desa/kelurahan atau posyandu tujuan"), max_length=80, required=False)
    destination = forms.CharField(label=_("Kota atau daerah tujuan"), max_length=120, required=False)
    reason = forms.CharField(label=_("Alasan pindah"), max_length=120, required=False)

    def __init__(self, *args, households=(), targets=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.households = {str(found.pk): found for found in households}
        self.targets = {str(post.pk): post for post in targets}
        if self.households:
            self.fields["household"] = household_field(list(households))
        if self.targets:
            choices = [(str(post.pk), f"{post} · {post.area.name}") for post in targets]
            self.fields["posyandu"] = radios(choices, label=_("Posyandu yang mana?"), required=False)

    def clean(self):
        cleaned = super().clean()
        ask = {HOUSEHOLD: self._ask_household, POSYANDU: self._ask_posyandu, AWAY: self._ask_destination}
        if cleaned.get("kind"):
            ask[cleaned["kind"]](cleaned)
        return cleaned

    def _ask_household(self, cleaned):
        if not cleaned.get("head_name"):
            self.add_error("head_name", _("Isi nama kepala keluarga yang baru."))

    def _ask_posyandu(self, cleaned):
        if not cleaned.get("place_name"):
            self.add_error("place_name", _("Isi nama desa/kelurahan atau posyandu tujuannya."))

    def _ask_destination(self, cleaned):
        if not cleaned.get("destination"):
            self.add_error("destination", _("Isi kota atau daerah tujuannya."))

    def household_choice(self):
        """The households found, where there are any."""
        return drawn(self, "household")

    def posyandu_choice(self):
        """The posyandu to choose from, where there are several."""
        return drawn(self, "posyandu")

    @property
    def household(self):
        """The household that is there already, or None for a new one."""
        return self.households.get(self.cleaned_data.get("household", NEW))

    @property
    def target(self):
        """The posyandu moved to; None while it is not chosen among several."""
        chosen = self.cleaned_data.get("posyandu") or (next(iter(self.targets)) if len(self.targets) == 1 else "")
        return self.targets.get(chosen)


BACK, WRONG = "kembali", "salah"


class ReturnForm(forms.Form):
    """Somebody who left is here: she came back, or her leaving was written down wrongly."""

    kind = radios(
        ((BACK, _("Kembali tinggal di sini")), (WRONG, _("Salah catat: ia tidak pernah pergi"))),
        label=_("Apa yang terjadi?"),
    )
    on = DayField(label=_("Kembali sejak"), required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == BACK and not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", _("Isi tanggalnya."))
        return cleaned

    @property
    def since(self):
        """The day she came back; None when her leaving was an error."""
        return self.cleaned_data["on"] if self.cleaned_data["kind"] == BACK else None


class DeathForm(forms.Form):
    on = DayField(label=_("Meninggal pada"))


class MergeForm(forms.Form):
    """Which of the entries found is the same person."""

    other = forms.CharField(widget=forms.HiddenInput)


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button is the answer."""
