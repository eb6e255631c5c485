from collections.abc import Iterable, Sequence

from django import forms

from services.web.inputs import DateInput

from ..models import Ticket
from ..rules import Move

DECISIONS = (
    ("diproses_opd", "Tetapkan tanggal survei"),
    ("direncanakan", "Direncanakan"),
    ("selesai", "Selesai"),
    ("dikembalikan", "Kembalikan ke desa/kelurahan"),
    ("ditolak", "Tidak dapat dipenuhi"),
)


class AnswerFields(forms.Form):
    """What an answer may carry; which of it a move needs stands in the table of moves."""

    survey_on = forms.DateField(label="Tanggal survei", required=False, widget=DateInput())
    planned_year = forms.IntegerField(
        label="Tahun anggaran",
        required=False,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
    )
    planned_source = forms.CharField(
        label="Sumber dana", required=False, max_length=60, help_text="Misalnya APBD kota, APBDesa, CSR."
    )
    result = forms.CharField(
        label="Hasilnya", required=False, max_length=300, help_text="Kalimat ini disampaikan kepada warga."
    )
    note = forms.CharField(label="Keterangan", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


NEEDED = {
    "survey": ("survey_on",),
    "plan": ("planned_year", "planned_source"),
    "result": ("result",),
    "note": ("note",),
}


TOLD_WITH_REASON = ("ditolak", "menunggu_berkas")


class MoveForm(AnswerFields):
    """What one move needs, and where the ticket stood when the page was opened."""

    expected = forms.CharField(widget=forms.HiddenInput)
    offices = forms.ModelMultipleChoiceField(
        None, label="OPD yang dituju", required=False, widget=forms.CheckboxSelectMultiple
    )
    recipient = forms.ChoiceField(label="Siapa yang menerima?", required=False, widget=forms.RadioSelect)
    same_as = forms.CharField(
        label="Nomor laporan yang sama", required=False, max_length=24, help_text="Misalnya SPM-PU-202611-0042."
    )
    field_order = [
        "expected",
        "offices",
        "recipient",
        "survey_on",
        "planned_year",
        "planned_source",
        "result",
        "same_as",
        "note",
    ]

    def __init__(self, *args, move: Move, ticket: Ticket, offices, people: Sequence = (), **kwargs):
        super().__init__(*args, **kwargs)
        wanted = {"expected", "note", *(name for need in move.needs for name in NEEDED.get(need, ()))}
        if "offices" in move.needs:
            wanted.add("recipient" if ticket.is_confidential else "offices")
        if "other" in move.needs:
            wanted.add("same_as")
        for name in set(self.fields) - wanted:
            del self.fields[name]
        if "offices" in self.fields:
            self.fields["offices"].queryset = offices
        if "recipient" in self.fields:
            self.fields["recipient"].choices = [(str(row.pk), f"{row.user.name} · {row.office}") for row in people]
        self.fields["note"].label = "Alasan atau keterangan" if "note" in move.needs else "Catatan (boleh kosong)"
        self.fields["note"].required = "note" in move.needs
        if move.target in TOLD_WITH_REASON and not ticket.is_confidential:
            self.fields["note"].help_text = "Kalimat ini disampaikan kepada warga."

    def clean_same_as(self):
        return self.cleaned_data["same_as"].strip().upper()


class BulkAnswerForm(AnswerFields):
    """One answer of an office for several tickets."""

    target = forms.ChoiceField(label="Jawaban", choices=DECISIONS, widget=forms.RadioSelect)
    tickets = forms.MultipleChoiceField(label="Laporan", widget=forms.CheckboxSelectMultiple)
    field_order = ["tickets", "target"]

    def __init__(self, *args, choices: Iterable[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tickets"].choices = choices

    def pairs(self) -> dict[str, str]:
        """Ticket id → the state it stood in when the page was opened."""
        return dict(value.split(":") for value in self.cleaned_data["tickets"])


class OpenForm(forms.Form):
    """Only a button: where the ticket stood when the page was opened."""

    expected = forms.CharField(required=False, widget=forms.HiddenInput)


class AssignForm(forms.Form):
    person = forms.ChoiceField(label="Siapa yang menangani?", required=False, widget=forms.RadioSelect)

    def __init__(self, *args, people: Sequence, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [
            *((str(row.user_id), row.user.name) for row in people),
            ("", "Belum ditentukan"),
        ]
