"""What a form says by itself is in the words of the screens."""

import pytest
from django import forms


@pytest.mark.parametrize(
    "field, typed, said",
    [
        (forms.CharField(), "", "Bagian ini belum diisi."),
        (forms.DateField(), "30/02/2026", "Tanggal ini belum cocok. Periksa hari, bulan, dan tahunnya."),
        (forms.TimeField(), "jam delapan", "Jam ini belum cocok. Periksa jam dan menitnya."),
        (forms.IntegerField(), "banyak", "Tulis angka bulat saja."),
        (forms.DecimalField(), "berat", "Tulis angka saja, misalnya 12,5."),
        (forms.ChoiceField(choices=[("ya", "Ya")]), "x", "Pilih dari yang ada di daftar."),
        (forms.MultipleChoiceField(choices=[("ya", "Ya")]), ["x"], "Pilih dari yang ada di daftar."),
    ],
)
def test_what_a_form_says_names_no_bidang_and_nothing_valid(field, typed, said):
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)
    assert refused.value.messages == [said]
