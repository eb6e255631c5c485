from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.module_loading import import_string

from services.web.rules import phone_text

from .backends import normal_phone
from .models import Role
from .rules import PIN_LONGEST, TABLES, weak_pin

WRONG_LOGIN = "Nama atau kata sandi belum cocok. Coba lagi, atau hubungi ketua posyandu."
WRONG_PIN = "PIN belum cocok. Coba lagi, atau hubungi ketua posyandu."


def _secret(label, autocomplete, **attributes):
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, **attributes})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=128)


def _pin(label):
    numbers = {"inputmode": "numeric", "maxlength": PIN_LONGEST}
    return forms.CharField(
        label=label,
        max_length=PIN_LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", **numbers}),
    )


class PhoneField(forms.CharField):
    """A phone number in any spelling; its value is +62…."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})

    def prepare_value(self, value):
        """What was kept is shown as she would write it."""
        return phone_text(super().prepare_value(value) or "")

    def clean(self, value):
        text = super().clean(value)
        phone = normal_phone(text)
        if text and not phone:
            raise forms.ValidationError("Tulis nomor HP seperti 0812 3456 7890.")
        return phone


class LoginForm(forms.Form):
    username = forms.CharField(
        label="Nama pengguna atau nomor HP",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = _secret("Kata sandi", "current-password")


class PinLoginForm(forms.Form):
    """Only the PIN: who is asked stands in the address."""

    pin = _pin("PIN")


class NamedPinForm(PinLoginForm):
    """Name and PIN on one screen, for a form that waits to be saved."""

    person = forms.ChoiceField(label="Siapa yang menyimpan?", widget=forms.RadioSelect)
    field_order = ["person", "pin"]

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(person.pk), person.user.name) for person in people]


class OwnPasswordForm(forms.Form):
    """A person's own new password. The old one is asked unless she has just logged in with a given one."""

    old_password = _secret("Kata sandi sekarang", "current-password")
    new_password = _secret("Kata sandi baru", "new-password")
    new_password_again = _secret("Kata sandi baru sekali lagi", "new-password")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["new_password"].help_text = "Paling sedikit 8 huruf atau angka. Jangan nama atau nomor HP sendiri."
        if user.must_change_password:
            del self.fields["old_password"]

    def clean_new_password(self):
        password = self.cleaned_data["new_password"]
        validate_password(password, self.user)
        if self.user.check_password(password):
            raise forms.ValidationError("Ini kata sandi yang lama. Buat yang lain.")
        return password

    def clean(self):
        data = super().clean()
        if "new_password" in data and data["new_password"] != data.get("new_password_again"):
            self.add_error("new_password_again", "Belum sama dengan kata sandi baru di atas.")
        return data


class OwnPinForm(forms.Form):
    password = _secret("Kata sandi Anda", "current-password")
    pin = _pin("PIN baru")
    pin_again = _pin("PIN baru sekali lagi")

    def clean_pin(self):
        reason = weak_pin(self.cleaned_data["pin"])
        if reason:
            raise forms.ValidationError(reason)
        return self.cleaned_data["pin"]

    def clean(self):
        data = super().clean()
        if "pin" in data and data["pin"] != data.get("pin_again"):
            self.add_error("pin_again", "Belum sama dengan PIN baru di atas.")
        return data


class PlaceField(forms.ModelChoiceField):
    """A place out of those in scope; with only one there is nothing to ask."""

    def label_from_instance(self, place):
        return f"{place} · {place.area.title}" if hasattr(place, "serial") else str(getattr(place, "title", place))


def field_labels() -> dict[str, str]:
    """The fields of service a kader can be bound to: key → label; '' is all of them."""
    return {"": "Semua bidang", **{field.key: field.label for field in import_string(settings.SERVICE_FIELDS)}}


class UserForm(forms.Form):
    """Who somebody is."""

    name = forms.CharField(label="Nama", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = PhoneField(label="Nomor HP", required=False, help_text="Boleh kosong. Bisa dipakai untuk masuk.")


class KaderEditForm(UserForm):
    """A kader, and her field where one kader serves one field."""

    field = forms.ChoiceField(label="Bidang", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = field_labels().items()


class KaderForm(KaderEditForm):
    """A new kader; the post is asked only of whoever leads several."""

    posyandu = PlaceField(label="Posyandu", queryset=None)
    field_order = ["posyandu", "name", "phone", "field"]

    def __init__(self, *args, posts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["posyandu"].queryset = posts
        found = list(posts[:2])
        self.only = found[0] if len(found) == 1 else None
        if self.only:
            del self.fields["posyandu"]

    @property
    def post(self):
        return self.only or self.cleaned_data["posyandu"]


class RoleForm(forms.Form):
    """One role and its place, for a person who logs in already."""

    title = forms.CharField(
        label="Jabatan", max_length=80, required=False, help_text="Boleh kosong, misalnya Lurah Kandang Panjang."
    )
    place = PlaceField(label="Tempat tugas", queryset=None)

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places


class PersonForm(RoleForm, UserForm):
    """A new person with her first role."""

    field_order = ["name", "phone", "title", "place"]


class PhoneForm(forms.Form):
    """The phone in hand is trusted for one post."""

    posyandu = PlaceField(label="Untuk posyandu", queryset=None)
    label = forms.CharField(label="Nama HP", max_length=60, help_text="Misalnya HP meja 1 atau HP Bu Nur.")

    def __init__(self, *args, posts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["posyandu"].queryset = posts
        if len(found := list(posts[:2])) == 1:
            self.fields["posyandu"].initial = found[0]
            self.fields["posyandu"].empty_label = None


class TableForm(forms.Form):
    meja = forms.TypedChoiceField(
        label="Saya di meja …",
        coerce=int,
        empty_value=None,
        required=False,
        choices=[*((number, f"{number}. {name}") for number, name in TABLES), ("", "Semua meja")],
        widget=forms.RadioSelect,
    )


def role_choices() -> list[tuple[str, str]]:
    """Roles an admin can give, as they are called."""
    return list(Role.choices)
