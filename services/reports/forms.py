"""The form of a recap that is typed from paper: a box for each column of each recap."""

from django import forms

from .figures.recaps import RECAPS

MOST = 99_999


class PaperRecapForm(forms.Form):
    """Whole numbers; a box that stays empty is "belum didata" and not zero."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for recap in RECAPS:
            for column in recap.columns:
                self.fields[_name(recap.key, column.key)] = forms.IntegerField(
                    label=column.full_header, required=False, min_value=0, max_value=MOST
                )

    @property
    def groups(self):
        """(title of the recap, its boxes) in print order."""
        return [(recap.title, [self[_name(recap.key, column.key)] for column in recap.columns]) for recap in RECAPS]

    def values(self) -> dict[str, dict[str, int]]:
        """Form → column → number of what was filled in."""
        typed = {
            recap.key: {
                column.key: self.cleaned_data[_name(recap.key, column.key)]
                for column in recap.columns
                if self.cleaned_data[_name(recap.key, column.key)] is not None
            }
            for recap in RECAPS
        }
        return {form: columns for form, columns in typed.items() if columns}


def initial_of(values: dict[str, dict[str, int]]) -> dict[str, int]:
    """What was typed before, by box."""
    return {_name(form, column): number for form, columns in values.items() for column, number in columns.items()}


def _name(form: str, column: str) -> str:
    return f"{form}__{column}"
