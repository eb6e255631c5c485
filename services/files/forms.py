"""The field that takes a photo."""

from django import forms


class PhotoField(forms.FileField):
    """A photo from the camera or the gallery; what it really is, is judged by its content."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
    default_error_messages = {"empty": "Berkas ini kosong. Kirim lagi fotonya."}
