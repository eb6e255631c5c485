from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from services.posyandu.forms import NumberTextField

from ..models import Consent, Residency, Resident
from ..rules import OLDEST_YEARS, born_about, born_in
from .fields import NEW, DayField, NumberOfSixteen, PhoneField, drawn, household_field, posyandu_field, radios


class BirthForm(forms.Form):
    """A birth date, or its year, or about how old: one of the three."""

    birth_date = DayField(label=_("Tanggal lahir"), required=False)
    birth_year = forms.IntegerField(label=_("Tahun lahir saja"), required=False)
    age_years = forms.IntegerField(label=_("Perkiraan umur"), required=False, min_value=0, max_value=OLDEST_YEARS)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["age_years"].unit = _("tahun")

    def clean_birth_year(self):
        year = self.cleaned_data["birth_year"]
        if year is not None and not self.today.year - OLDEST_YEARS <= year <= self.today.year:
            raise forms.ValidationError(_("Tulis tahunnya dengan empat angka, misalnya 1958."))
        return year

    def clean(self):
        cleaned = super().clean()
        given = [name for name in ("birth_date", "birth_year", "age_years") if cleaned.get(name) is not None]
        tried = [name for name in ("birth_date", "birth_year", "age_years") if name in self.errors]
        if not given and not tried:
            self.add_error("birth_date", _("Isi tanggal lahir. Kalau tidak tahu, isi tahunnya atau perkiraan umurnya."))
        return cleaned

    @property
    def birth(self) -> dict:
        """The stored birth date and how sure it is."""
        data, precision = self.cleaned_data, Resident.BirthPrecision
        if data["birth_date"]:
            return {"birth_date": data["birth_date"], "birth_precision": precision.DAY}
        if data["birth_year"] is not None:
            return {"birth_date": born_in(data["birth_year"], self.today), "birth_precision": precision.YEAR}
        return {"birth_date": born_about(data["age_years"], self.today), "birth_precision": precision.AGE}


class ResidentForm(BirthForm):
    """What is known of a person. The NIK is never shown: left empty it stays as it is."""

    name = forms.CharField(label=_("Nama"), max_length=80, error_messages={"required": _("Isi namanya.")})
    sex = radios(Resident.Sex.choices, label=_("Jenis kelamin"), pair=True)
    mother_name = forms.CharField(label=_("Nama ibu"), max_length=80, required=False)
    nik = NumberOfSixteen(help_text=_("16 angka. Boleh dikosongkan."))
    remove_nik = forms.BooleanField(label=_("Hapus NIK yang tersimpan"), required=False)
    phone = PhoneField()
    may_message = forms.BooleanField(label=_("Boleh dihubungi lewat WhatsApp"), required=False)
    relation = forms.CharField(label=_("Hubungan dengan kepala keluarga"), max_length=20, required=False)
    birth_weight_g = forms.IntegerField(label=_("Berat lahir"), required=False, min_value=300, max_value=7000)
    birth_length_mm = forms.IntegerField(label=_("Panjang lahir"), required=False, min_value=200, max_value=700)

    field_order = ("name", "sex", "birth_date", "birth_year", "age_years", "mother_name", "nik", "remove_nik", "phone")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["birth_weight_g"].unit = "gram"
        self.fields["birth_length_mm"].unit = "mm"

    @staticmethod
    def initial_of(resident: Resident, relation: str) -> dict:
        """What the form shows of a person when it is opened."""
        shown = {name: getattr(resident, name) for name in KEPT}
        if resident.birth_precision == Resident.BirthPrecision.DAY:
            shown["birth_date"] = resident.birth_date
        else:
            shown["birth_year"] = resident.birth_date.year
        return {**shown, "relation": relation}

    def changes(self, resident: Resident) -> dict:
        """What `change_resident` gets: an unknown birth date that was left as shown keeps its stored day."""
        data = self.cleaned_data
        birth = self.birth
        untouched = {"birth_date", "birth_year", "age_years"}.isdisjoint(self.changed_data)
        if untouched:
            birth = {"birth_date": resident.birth_date, "birth_precision": resident.birth_precision}
        nik = "" if data["remove_nik"] else data["nik"] or None
        return {**{name: data[name] for name in KEPT}, **birth, "nik": nik, "relation": data["relation"]}


KEPT = ("name", "sex", "mother_name", "phone", "may_message", "birth_weight_g", "birth_length_mm")


class NewResidentForm(BirthForm):
    """One short form for somebody new: who, of which household, and who agreed."""

    name = forms.CharField(label=_("Nama"), max_length=80, error_messages={"required": _("Isi namanya.")})
    sex = radios(Resident.Sex.choices, label=_("Jenis kelamin"), pair=True)
    mother_name = forms.CharField(label=_("Nama ibu"), max_length=80, required=False, help_text=_("Untuk anak."))
    head_name = forms.CharField(label=_("Nama kepala keluarga"), max_length=80, required=False)
    rt = NumberTextField(label=_("RT"))
    rw = NumberTextField(label=_("RW"))
    dusun = forms.CharField(label=_("Dusun"), max_length=60, required=False)
    nik = NumberOfSixteen(help_text=_("16 angka. Boleh dikosongkan."))
    phone = PhoneField(help_text=_("Boleh dikosongkan."))
    began = radios(
        (
            (Residency.Began.REGISTERED, _("Sudah lama tinggal di sini")),
            (Residency.Began.MOVED_IN, _("Baru pindah ke sini")),
            (Residency.Began.BIRTH, _("Bayi baru lahir di sini")),
        ),
        label=_("Sejak kapan di sini?"),
        required=False,
    )
    since = DayField(
        label=_("Tinggal di sini sejak"),
        required=False,
        help_text=_("Kosong: hari ini; bagi bayi baru lahir, hari lahirnya."),
    )
    consent_by = radios(Consent.Relation.choices, label=_("Yang setuju datanya dicatat"), required=False, chips=True)
    is_other_person = forms.BooleanField(label=_("Ini orang lain, tetap simpan"), required=False)

    def __init__(self, *args, posts, households=(), household=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.duplicates = []
        self.posts, self.fixed = {str(post.pk): post for post in posts}, household
        self.households = {str(found.pk): found for found in households}
        if household is not None:
            for name in ("head_name", "rt", "rw", "dusun"):
                del self.fields[name]
        elif self.households:
            self.fields["household"] = household_field(list(households))
        if household is None and len(posts) > 1:
            self.fields["posyandu"] = posyandu_field(list(posts))

    def clean(self):
        cleaned = super().clean()
        if self.fixed is None and "head_name" not in self.errors and not cleaned.get("head_name"):
            self.add_error("head_name", _("Isi nama kepala keluarganya."))
        return cleaned

    def household_choice(self):
        """The households found, where there are any."""
        return drawn(self, "household")

    def posyandu_choice(self):
        """The posyandu to choose from, where there are several."""
        return drawn(self, "posyandu")

    @property
    def chosen_household(self):
        """The household that is there already, or None for a new one."""
        return self.fixed or self.households.get(self.cleaned_data.get("household", NEW))

    @property
    def posyandu(self):
        """Where she is registered: her household's post, the one chosen, or the only one."""
        if self.chosen_household is not None:
            return self.chosen_household.posyandu
        return (
            self.posts[self.cleaned_data["posyandu"]] if "posyandu" in self.fields else next(iter(self.posts.values()))
        )

    @property
    def residence(self) -> tuple[str, date]:
        """How living here began, and when."""
        began = self.cleaned_data["began"] or Residency.Began.REGISTERED
        usual = self.birth["birth_date"] if began == Residency.Began.BIRTH else self.today
        return began, self.cleaned_data["since"] or usual
