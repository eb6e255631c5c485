from collections.abc import Iterable, Sequence

from django import forms

from services.files.forms import PhotoField
from services.posyandu.models import Posyandu

from ..models import Ticket
from ..rules import RequestKind

PHONE = r"^\+?[\d ().-]{8,16}$"
FEW = 7


def phone_field(label: str) -> forms.RegexField:
    return forms.RegexField(
        PHONE,
        label=label,
        required=False,
        max_length=16,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages={"invalid": "Tulis nomor HP seperti 0812 3456 7890."},
    )


class TicketForm(forms.Form):
    """What, where with a photo, who. The rest may be completed later, also by the desa."""

    posyandu = forms.ModelChoiceField(None, label="Posyandu", empty_label=None)
    kind = forms.ChoiceField(label="Warga ingin apa?", widget=forms.RadioSelect)
    request_type = forms.ChoiceField(label="Tentang apa?", widget=forms.RadioSelect)
    place = forms.CharField(
        label="Di mana?",
        max_length=160,
        required=False,
        help_text="Misalnya RT 02, dekat musala. Pengaduan perlu tempat.",
    )
    photo = PhotoField(label="Foto", required=False, help_text="Pengaduan perlu foto. Boleh menyusul.")
    description = forms.CharField(
        label="Ceritanya",
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reporter_name = forms.CharField(
        label="Siapa yang melapor?",
        max_length=80,
        required=False,
        help_text="Kosongkan bila tidak mau disebut namanya.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reporter_phone = phone_field("Nomor HP pelapor")
    name_withheld = forms.BooleanField(label="Pelapor minta namanya dirahasiakan dari desa dan OPD", required=False)
    latitude = forms.DecimalField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    longitude = forms.DecimalField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)

    def __init__(self, *args, kinds: Sequence[RequestKind], posts: Sequence[Posyandu], posts_in_scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.only = posts[0] if len(posts) == 1 else None
        self.fields["posyandu"].queryset = posts_in_scope
        if self.only:
            del self.fields["posyandu"]
        self.fields["kind"].choices = [
            (Ticket.Kind.REQUEST, "Meminta sesuatu (permohonan)"),
            (Ticket.Kind.COMPLAINT, "Mengadukan sesuatu (pengaduan)"),
            (Ticket.Kind.ASPIRATION, "Mengusulkan sesuatu (aspirasi)"),
        ]
        self.fields["request_type"].choices = [(kind.key, kind.label) for kind in kinds]

    @property
    def post(self) -> Posyandu:
        return self.only or self.cleaned_data["posyandu"]

    def details(self) -> dict:
        """What was filled in, but for the post."""
        return {name: value for name, value in self.cleaned_data.items() if name != "posyandu"}


class ConfidentialForm(forms.Form):
    """A confidential complaint: consent first, who is a party to it, and as little else as is needed."""

    posyandu = forms.ModelChoiceField(None, label="Posyandu", empty_label=None)
    consent = forms.ChoiceField(
        label="Izin korban",
        choices=Ticket.Consent.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Tanyakan dulu kepada korban. Tanpa izinnya laporan ini tidak dicatat."},
    )
    about_party = forms.ChoiceField(
        label="Apakah ada yang terlibat?",
        choices=[(value or "bukan", label) for value, label in Ticket.Party.choices],
        widget=forms.RadioSelect,
        help_text="Bila lurah/kepala desa atau ketua posyandu terlibat, laporan ini tidak melewati mereka.",
    )
    field = forms.ChoiceField(
        label="Bidang",
        choices=[("sosial", "Kekerasan atau perlindungan (sosial)"), ("trantibumlinmas", "Ketertiban dan keamanan")],
        widget=forms.RadioSelect,
    )
    description = forms.CharField(
        label="Apa yang terjadi?", max_length=1500, widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"})
    )
    reporter_name = forms.CharField(
        label="Siapa korbannya?",
        max_length=80,
        required=False,
        help_text="Boleh kosong.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reporter_phone = phone_field("Nomor HP yang aman dihubungi")

    def __init__(self, *args, posts: Sequence[Posyandu], posts_in_scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.only = posts[0] if len(posts) == 1 else None
        self.fields["posyandu"].queryset = posts_in_scope
        if self.only:
            del self.fields["posyandu"]

    @property
    def post(self) -> Posyandu:
        return self.only or self.cleaned_data["posyandu"]

    def details(self) -> dict:
        found = {name: value for name, value in self.cleaned_data.items() if name != "posyandu"}
        return {**found, "about_party": "" if found["about_party"] == "bukan" else found["about_party"]}


class EditForm(forms.ModelForm):
    """What the desa, or the kader later, completes."""

    request_type = forms.ChoiceField(label="Tentang apa?", widget=forms.RadioSelect)
    reporter_phone = phone_field("Nomor HP pelapor")

    class Meta:
        model = Ticket
        fields = (
            "kind", "request_type", "extent", "urgency", "channel", "place", "description", "recommendation",
            "reporter_name", "reporter_phone", "reporter_sex", "reporter_address", "name_withheld",
            "letter_number", "lapor_number",
        )  # fmt: skip
        widgets = {
            "kind": forms.RadioSelect,
            "extent": forms.RadioSelect,
            "urgency": forms.RadioSelect,
            "channel": forms.RadioSelect,
            "reporter_sex": forms.RadioSelect,
            "description": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {"lapor_number": "Bila laporan ini juga ada di SP4N-LAPOR!."}

    def __init__(self, *args, kinds: Sequence[RequestKind], knows_name: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["request_type"].choices = [(kind.key, kind.label) for kind in kinds]
        self.fields["channel"].choices = [*Ticket.Channel.choices, ("", "Belum dicatat")]
        self.fields["reporter_sex"].choices = [*Ticket.Sex.choices, ("", "Belum dicatat")]
        if not knows_name:
            for name in ("reporter_name", "reporter_phone", "reporter_sex", "reporter_address", "name_withheld"):
                del self.fields[name]


class ReporterForm(forms.Form):
    """Who of the register reported; nobody is an answer too."""

    resident = forms.ChoiceField(label="Siapa yang melapor?", widget=forms.RadioSelect, required=False)

    def __init__(self, *args, people: Iterable[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["resident"].choices = [*people, ("", "Tidak ada di data warga")]


class PapersForm(forms.Form):
    """Which of the papers are there."""

    papers = forms.MultipleChoiceField(
        label="Berkas yang sudah ada", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, papers: Iterable[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["papers"].choices = [(paper, paper) for paper in papers]


class JoinForm(forms.Form):
    name = forms.CharField(label="Nama", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = phone_field("Nomor HP")


class PhotoForm(forms.Form):
    photo = PhotoField(label="Foto")
