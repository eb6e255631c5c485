from django import forms
from django.utils.translation import gettext_lazy as _

from services.posyandu.forms import NumberTextField

from .fields import NumberOfSixteen, PhoneField, posyandu_field


class HouseholdForm(forms.Form):
    """A household and where it lives. The no_kk is never shown: left empty it stays as it is."""

    head_name = forms.CharField(
        label=_("Nama kepala keluarga"), max_length=80, error_messages={"required": _("Isi nama kepala keluarganya.")}
    )
    address = forms.CharField(label=_("Alamat"), max_length=160, required=False)
    rt = NumberTextField(label=_("RT"))
    rw = NumberTextField(label=_("RW"))
    dusun = forms.CharField(label=_("Dusun"), max_length=60, required=False)
    no_kk = NumberOfSixteen(called="Nomor KK", help_text=_("16 angka. Boleh dikosongkan."))
    remove_no_kk = forms.BooleanField(label=_("Hapus nomor KK yang tersimpan"), required=False)
    phone = PhoneField(help_text=_("Boleh dikosongkan."))

    def __init__(self, *args, posts=(), has_number=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_number:
            del self.fields["remove_no_kk"]
        self.posts = {str(post.pk): post for post in posts}
        if len(posts) > 1:
            self.fields["posyandu"] = posyandu_field(list(posts))

    @property
    def posyandu(self):
        """Whose household it becomes."""
        return (
            self.posts[self.cleaned_data["posyandu"]] if "posyandu" in self.fields else next(iter(self.posts.values()))
        )

    @property
    def number(self) -> str | None:
        """The no_kk as `change_household` takes it: None leaves what is stored."""
        return "" if self.cleaned_data.get("remove_no_kk") else self.cleaned_data["no_kk"] or None

    @property
    def details(self) -> dict:
        """The columns of the household, without its number."""
        return {name: self.cleaned_data[name] for name in ("head_name", "address", "rt", "rw", "dusun", "phone")}
