from django import forms

from services.posyandu.forms import NumberTextField
from services.web.inputs import DateInput

from .models import Referral

VERBAL = (
    (Referral.State.RECEIVED, "Sudah diterima di tempat rujukan"),
    (Referral.State.TREATED, "Sedang ditangani"),
    (Referral.State.DONE, "Selesai"),
    (Referral.State.NO_SHOW, "Tidak datang"),
)


class ReferralForm(forms.Form):
    """To which health facility, why and how urgently."""

    facility = forms.ModelChoiceField(
        None, label="Dirujuk ke", widget=forms.RadioSelect, required=False, empty_label=None
    )
    place = forms.CharField(label="Tempat lain", max_length=100, required=False, help_text="Misalnya nama rumah sakit.")
    reason = forms.CharField(label="Alasan", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    urgency = forms.ChoiceField(label="Kesegeraan", choices=Referral.Urgency.choices, widget=forms.RadioSelect)

    def __init__(self, *args, facilities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = facilities

    def clean(self):
        data = super().clean()
        if not data.get("facility") and not data.get("place"):
            self.add_error("facility", "Pilih tempatnya, atau tulis tempat lain.")
        return data


class FeedbackForm(forms.Form):
    """What became of a referral."""

    state = forms.ChoiceField(label="Kabarnya", choices=VERBAL, widget=forms.RadioSelect)
    feedback = forms.CharField(label="Catatan", max_length=300, required=False)


class BatchForm(forms.Form):
    """Several referrals answered at once."""

    referral = forms.ModelMultipleChoiceField(
        None, label="Yang dijawab", error_messages={"required": "Centang dulu orangnya."}
    )
    state = forms.ChoiceField(label="Jawaban untuk yang dicentang", choices=VERBAL, widget=forms.RadioSelect)
    feedback = forms.CharField(label="Catatan", max_length=300, required=False)

    def __init__(self, *args, referrals, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["referral"].queryset = referrals


class ConfirmForm(forms.Form):
    """The bidan's batch: for each finding nothing yet, settled on the spot, or sent out."""

    facility = forms.ModelChoiceField(
        None, label="Yang dirujuk, ke", widget=forms.RadioSelect, required=False, empty_label=None
    )

    def __init__(self, *args, findings, facilities, **kwargs):
        super().__init__(*args, **kwargs)
        self.findings = {finding.key: finding for finding in findings}
        self.fields["facility"].queryset = facilities
        for key, finding in self.findings.items():
            self.fields[key] = forms.ChoiceField(
                label=f"{finding.resident.name} · {finding.words}",
                choices=[("di_tempat", "Ditangani di tempat"), ("dirujuk", "Dirujuk"), ("", "Nanti")],
                widget=forms.RadioSelect(attrs={"class": "chips"}),
                required=False,
            )
        self.order_fields([*self.findings, "facility"])

    def decided(self) -> list[tuple]:
        """(finding, decision) of those decided."""
        return [(self.findings[key], self.cleaned_data[key]) for key in self.findings if self.cleaned_data.get(key)]

    def clean(self):
        data = super().clean()
        if not any(data.get(key) for key in self.findings):
            self.add_error(None, "Pilih paling sedikit satu orang: ditangani di tempat, atau dirujuk.")
        if "dirujuk" in [data.get(key) for key in self.findings] and not data.get("facility"):
            self.add_error("facility", "Pilih ke mana yang dirujuk.")
        return data


class HandOverForm(forms.Form):
    """From one kader to another."""

    giver = forms.ChoiceField(label="Dari", widget=forms.RadioSelect, required=False)
    taker = forms.ChoiceField(label="Kepada", widget=forms.RadioSelect)
    rt = NumberTextField(label="Hanya RT", help_text="Kosongkan untuk semua.")

    def __init__(self, *args, kader, **kwargs):
        super().__init__(*args, **kwargs)
        people = [(str(person.pk), person.name) for person in kader]
        self.fields["giver"].choices = [*people, ("", "Yang belum ditugasi")]
        self.fields["taker"].choices = people

    def clean(self):
        data = super().clean()
        if data.get("giver") and data.get("giver") == data.get("taker"):
            self.add_error("taker", "Pilih kader yang lain.")
        return data


class AssignForm(forms.Form):
    """Who takes one need."""

    taker = forms.ChoiceField(label="Petugas", widget=forms.RadioSelect, required=False)

    def __init__(self, *args, kader, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["taker"].choices = [*[(str(person.pk), person.name) for person in kader], ("", "Siapa saja")]


class HandedForm(forms.Form):
    """What the desa or kelurahan found."""

    result = forms.ChoiceField(
        label="Hasil",
        choices=[
            ("selesai", "Sudah ditemui dan ditangani"),
            ("pindah", "Sudah pindah"),
            ("kembali", "Dikembalikan ke posyandu"),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="Catatan", max_length=160, required=False)


class TriggerForm(forms.Form):
    """A rule's new value, from a day on. `seen` is the value whose effect was shown."""

    valid_from = forms.DateField(label="Berlaku mulai", widget=DateInput())
    source = forms.CharField(label="Dasar", max_length=200, help_text="Surat atau keputusan.")

    def __init__(self, *args, setting, current, **kwargs):
        super().__init__(*args, **kwargs)
        self.setting = setting
        if isinstance(setting.default, bool):
            choices = [("ya", "Ya"), ("tidak", "Tidak")]
            initial = "ya" if current else "tidak"
            field = forms.ChoiceField(label=setting.label, choices=choices, widget=forms.RadioSelect, initial=initial)
        else:
            field = forms.CharField(
                label=setting.label, initial=current, widget=forms.TextInput(attrs={"inputmode": "numeric"})
            )
        self.fields["value"] = field
        self.order_fields(["value"])

    def clean_value(self):
        typed = self.cleaned_data["value"]
        try:
            return self.setting.check(typed == "ya" if isinstance(self.setting.default, bool) else typed)
        except (TypeError, ValueError) as error:
            said = str(error)
            raise forms.ValidationError(said if said.startswith("Isi") else "Isi dengan angka bulat.") from error
