from collections.abc import Mapping
from decimal import Decimal

from django import forms

from .rules import WITH_TARGET


class TargetForm(forms.Form):
    """The targets of one year, all on one page; an empty one means that none is set."""

    source = forms.CharField(
        label="Dasar", max_length=200, help_text="Surat atau keputusan, misalnya RKPD 2026 atau SK Ketua TP Posyandu."
    )

    def __init__(self, *args, current: Mapping[str, Decimal], source: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].initial = source
        for indicator in WITH_TARGET:
            self.fields[indicator.key] = forms.DecimalField(
                label=f"{indicator.label} (persen{', paling banyak' if indicator.low_is_good else ''})",
                min_value=0,
                max_value=100,
                max_digits=4,
                decimal_places=1,
                required=False,
                localize=True,
                initial=current.get(indicator.key),
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )

    @property
    def targets(self) -> dict[str, Decimal | None]:
        return {indicator.key: self.cleaned_data[indicator.key] for indicator in WITH_TARGET}
