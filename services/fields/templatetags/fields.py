"""The six service fields in templates: always the same icon, colour and word."""

from django import template

from services.fields.registry import field
from services.web.templatetags.web import field_mark

register = template.Library()


@register.simple_tag
def spm_field(key: str, *, whole: bool = False) -> str:
    """The mark of a field by its key, with its short name (or its whole one)."""
    found = field(key)
    return field_mark(key, found.label if whole else found.short_label)
