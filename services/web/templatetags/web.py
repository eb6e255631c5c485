"""What every template may use: icons, the marks of the service fields, numbers and dates in Indonesian."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from services.web import rules

register = template.Library()
ICONS = Path(__file__).resolve().parents[3] / "static" / "icons"


@cache
def _drawing(name: str) -> SafeString:
    """What stands between the outer tags of static/icons/<name>.svg. Raises KeyError for a name that is not there."""
    path = ICONS / f"{name}.svg"
    if path.parent != ICONS or not path.is_file():
        raise KeyError(f"Tidak ada ikon {name!r} di static/icons.")
    source = path.read_text(encoding="utf-8")
    return mark_safe(source[source.index(">") + 1 : source.rindex("</svg>")])  # noqa: S308 - our own files


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of our own set, drawn in the colour of the text. With a label it is read aloud, without one it is not."""
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" {} width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{}</svg>',
        said,
        _drawing(name),
    )


@register.simple_tag
def field_mark(key: str, label: str) -> SafeString:
    """The one colour, icon and word of a service field: `{% field_mark field.key field.label %}`."""
    return format_html('<span class="mark mark-{}">{}{}</span>', key, icon(f"field-{key}"), label)


@register.filter
def angka(value, decimals=None):
    """1.234,5; None or nothing is "–", 0 is "0"; a text stays as it is."""
    number = _number(value)
    return conditional_escape(value) if isinstance(number, str) else rules.number_text(number, decimals)


@register.filter
def persen(value, decimals=1):
    """A percentage as "88,9%"; None is "–"."""
    number = _number(value)
    return conditional_escape(value) if isinstance(number, str) else rules.percent_text(number, decimals)


@register.filter
def nomor(value):
    """A phone number as people write it, 0812-3456-7890; a link to call or to WhatsApp keeps the number itself."""
    return rules.phone_text(value or "")


@register.filter
def tanggal(value):
    """Selasa, 10 November 2026."""
    return rules.date_text(_local(value))


@register.filter
def tanggal_singkat(value):
    """10 Nov 2026."""
    return rules.short_date_text(_local(value))


@register.filter
def bulan(value):
    """Oktober 2026, for a date, a moment or "2026-10"."""
    if isinstance(value, str) and len(value) == 7:
        value = date.fromisoformat(f"{value}-01")
    return rules.month_text(_local(value))


@register.filter
def lalu(value):
    """How long ago, in words."""
    return rules.ago_text(_local(value), timezone.localtime())


def _number(value):
    """A number, None for nothing, or the text itself where it is not a number."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            return Decimal(value)
        except InvalidOperation:
            return value
    return value


def _local(value):
    """A moment in the time zone in force; a plain date as it is; anything empty is None."""
    if not value:
        return None
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
