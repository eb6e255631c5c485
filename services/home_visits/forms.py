from django import forms

from services.follow_ups.rules import KINDS
from services.web.inputs import DateInput

from .models import HomeVisit
from .rules import DANGER_SIGNS, EDUCATION, QUESTIONS, REPORTED_TO

ASKED = "tanya_"
FOLDED = ("education", "date", "with_health_worker", "companions", "note")
GONE = "Ia sudah tidak tinggal di rumah ini: pindah, meninggal, atau catatannya digabung. Pilih orang lain."


CHIPS = {"class": "chips"}
PAIR = {"class": "choices choices-pair"}


def _choices(count: int) -> forms.RadioSelect:
    """Two answers stand abreast, more of them below each other."""
    return forms.RadioSelect(attrs=PAIR if count == 2 else None)


class ReasonForm(forms.Form):
    """The one to three questions of a reason, and what comes next."""

    next_step = forms.ChoiceField(
        label="Langkah berikutnya", choices=HomeVisit.Next.choices, widget=forms.RadioSelect, required=False
    )
    next_date = forms.DateField(label="Dikunjungi lagi tanggal", widget=DateInput(), required=False)
    note = forms.CharField(label="Catatan", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, kind: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        for asked in QUESTIONS.get(kind, ()):
            self.fields[ASKED + asked.key] = forms.ChoiceField(
                label=asked.label, choices=asked.choices, widget=_choices(len(asked.choices)), required=False
            )

    def clean(self):
        data = super().clean()
        if data.get("next_step") == HomeVisit.Next.VISIT_AGAIN and not data.get("next_date"):
            self.add_error("next_date", "Isi tanggal kunjungan berikutnya.")
        return data

    def answers(self) -> dict[str, str]:
        """The answered questions of the reason: key → value."""
        return {
            name.removeprefix(ASKED): value
            for name, value in self.cleaned_data.items()
            if name.startswith(ASKED) and value
        }

    def rest(self) -> dict:
        """What was filled besides the questions."""
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith(ASKED)}


class ContinueForm(ReasonForm):
    """Another need at the same visit."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        asked = [name for name in self.fields if name.startswith(ASKED)]
        self.order_fields([*asked, "next_step", "next_date"])
        del self.fields["note"]


class VisitForm(ReasonForm):
    """Danger signs first, then met or not, then the questions of the reason, then what comes next."""

    danger_signs = forms.MultipleChoiceField(
        label="Tanda bahaya",
        choices=tuple(DANGER_SIGNS.items()),
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
        required=False,
        help_text="Lihat ini dulu. Kosongkan bila tidak ada.",
    )
    reason = forms.ChoiceField(label="Alasan kunjungan", choices=HomeVisit.Reason.choices, widget=forms.RadioSelect)
    resident = forms.ChoiceField(
        label="Siapa yang dikunjungi",
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": GONE},
    )
    outcome = forms.ChoiceField(label="Bertemu?", choices=HomeVisit.Outcome.choices, widget=forms.RadioSelect)
    education = forms.MultipleChoiceField(
        label="Penyuluhan",
        choices=tuple(EDUCATION.items()),
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
        required=False,
    )
    date = forms.DateField(label="Tanggal kunjungan", widget=DateInput())
    with_health_worker = forms.BooleanField(label="Bersama bidan/perawat", required=False)
    companions = forms.ModelMultipleChoiceField(
        None, label="Pergi bersama kader", widget=forms.CheckboxSelectMultiple, required=False
    )
    second = forms.BooleanField(label="Kunjungan lain pada hari yang sama", required=False)

    def __init__(self, *args, members, kader, need=None, kind: str = "", sees_sensitive: bool = False, **kwargs):
        super().__init__(*args, kind=need.kind if need else kind, **kwargs)
        if not sees_sensitive:  # a reason she may not read is not hers to choose: what it closes would tell her
            open_ones = [choice for choice in HomeVisit.Reason.choices if not KINDS[choice[0]].is_sensitive]
            self.fields["reason"].choices = open_ones
        people = [(str(member.id), f"{member.name}, {member.age}") for member in members]
        self.fields["resident"].choices = [*people, ("", "Seluruh keluarga")]
        self.fields["companions"].queryset = kader
        self._arrange()
        if need is not None:
            del self.fields["reason"]

    def _arrange(self):
        asked = [name for name in self.fields if name.startswith(ASKED)]
        first = ["danger_signs", "reason", "resident", "outcome", *asked, "next_step", "next_date"]
        self.order_fields([*first, "education", "date", "with_health_worker", "companions", "note", "second"])
        if not self.data.get("second"):
            del self.fields["second"]

    @property
    def asked_first(self) -> list:
        """The fields of every visit, in order."""
        return [self[name] for name in self.fields if name not in FOLDED]

    @property
    def folded(self) -> list:
        """The fields most visits leave as they are: taught, another day, who came along, a note."""
        return [self[name] for name in self.fields if name in FOLDED]

    @property
    def opens(self) -> bool:
        """Whether a folded field needs eyes."""
        return any(field.errors for field in self.folded)

    def ask_second(self) -> None:
        """Show the tick for a second visit on one day."""
        self.fields["second"] = forms.BooleanField(label="Kunjungan lain pada hari yang sama", required=False)
        self.order_fields(["second"])


class DangerForm(forms.Form):
    """To whom a danger sign was told, and when."""

    to = forms.ChoiceField(label="Dilaporkan ke", choices=tuple(REPORTED_TO.items()), widget=forms.RadioSelect)
    on = forms.DateField(label="Dilaporkan pada", widget=DateInput())
