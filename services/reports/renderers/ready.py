"""Imported by the process from which the printing processes are forked: all that a PDF needs is loaded once."""

import django

django.setup()

from . import html, pdf  # noqa: E402, F401
