"""Inputs that the phone's own date and time pickers fill."""

from django import forms


class DateInput(forms.DateInput):
    """A day, as the browser's own picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day, as the browser's own picker."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")
