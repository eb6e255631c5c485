from django import forms

from services.web.inputs import DateInput

from .models import HomeVisit
from .rules import DANGER_SIGNS, EDUCATION


class VisitForm(forms.Form):
    """Danger signs first, then met or not, then what was done and what comes next."""

    date = forms.DateField(label="Tanggal kunjungan", widget=DateInput())
    danger_signs = forms.MultipleChoiceField(
        label="Tanda bahaya",
        choices=tuple(DANGER_SIGNS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Lihat ini dulu. Kosongkan bila tidak ada.",
    )
    resident = forms.ChoiceField(label="Siapa yang dikunjungi", widget=forms.RadioSelect, required=False)
    reason = forms.ChoiceField(label="Alasan kunjungan", choices=HomeVisit.Reason.choices, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label="Bertemu?", choices=HomeVisit.Outcome.choices, widget=forms.RadioSelect)
    companions = forms.ModelMultipleChoiceField(
        None, label="Pergi bersama kader", widget=forms.CheckboxSelectMultiple, required=False
    )
    with_health_worker = forms.BooleanField(label="Bersama bidan/perawat", required=False)
    education = forms.MultipleChoiceField(
        label="Penyuluhan", choices=tuple(EDUCATION.items()), widget=forms.CheckboxSelectMultiple, required=False
    )
    next_step = forms.ChoiceField(
        label="Langkah berikutnya", choices=HomeVisit.Next.choices, widget=forms.RadioSelect, required=False
    )
    next_date = forms.DateField(label="Dikunjungi lagi tanggal", widget=DateInput(), required=False)
    note = forms.CharField(label="Catatan", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, members, kader, **kwargs):
        super().__init__(*args, **kwargs)
        people = [(str(member.id), f"{member.name}, {member.age}") for member in members]
        self.fields["resident"].choices = [*people, ("", "Seluruh keluarga")]
        self.fields["companions"].queryset = kader

    def clean(self):
        data = super().clean()
        if data.get("next_step") == HomeVisit.Next.VISIT_AGAIN and not data.get("next_date"):
            self.add_error("next_date", "Isi tanggal kunjungan berikutnya.")
        return data
