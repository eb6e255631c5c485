"""The one list of service fields and their forms. Pure: no Django."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from services.fields.definitions import (
    kesehatan,
    kunjungan,
    pekerjaan_umum,
    pendidikan,
    perumahan_rakyat,
    sosial,
    trantibumlinmas,
)
from services.fields.spec import Bounds, FormSpec, Kind, Part, Question, Shape


@dataclass(frozen=True)
class ServiceField:
    """One of the six fields: its colour and icon are the same on every screen and paper."""

    key: str
    label: str
    short_label: str

    @property
    def icon(self) -> str:
        """The icon's name in static/icons, for `{% icon field.icon %}`."""
        return f"field-{self.key}"

    @property
    def colour(self) -> str:
        """The colour's name in the stylesheet: `var(--kesehatan)`."""
        return self.key


FIELDS = (
    ServiceField("pendidikan", "Pendidikan", "Pendidikan"),
    ServiceField("kesehatan", "Kesehatan", "Kesehatan"),
    ServiceField("pekerjaan_umum", "Pekerjaan Umum", "Pekerjaan umum"),
    ServiceField("perumahan_rakyat", "Perumahan Rakyat", "Perumahan"),
    ServiceField("trantibumlinmas", "Trantibumlinmas", "Trantibum"),
    ServiceField("sosial", "Sosial", "Sosial"),
)

FORMS: tuple[FormSpec, ...] = (
    *pendidikan.FORMS,
    *kesehatan.FORMS,
    *kunjungan.FORMS,
    *pekerjaan_umum.FORMS,
    *perumahan_rakyat.FORMS,
    *trantibumlinmas.FORMS,
    *sosial.FORMS,
)

_FIELDS = {service_field.key: service_field for service_field in FIELDS}
_FORMS = {spec.key: spec for spec in FORMS}


def field(key: str) -> ServiceField:
    """The service field of this key; KeyError if there is none."""
    return _FIELDS[key]


def can_be_switched(spec: FormSpec) -> bool:
    """Whether a district may leave this form out: health cards are always there, the other five fields are chosen."""
    return spec.field != "kesehatan"


def default_forms() -> frozenset[str]:
    """Keys of the forms in use where the district has decided nothing: few, so that five fields do not crowd health."""
    return frozenset(spec.key for spec in FORMS if spec.default_on)


def forms_on(enabled: frozenset[str]) -> tuple[FormSpec, ...]:
    """The forms in use where a district has switched these keys on, in print order."""
    return tuple(spec for spec in FORMS if not can_be_switched(spec) or spec.key in enabled)


def form(key: str) -> FormSpec:
    """The form of this key; KeyError if there is none."""
    return _FORMS[key]


def forms_for(*, field: str | None = None, shape: Shape | None = None, at: str = "") -> tuple[FormSpec, ...]:
    """The forms of a field, of a shape, of both, or all, in print order.

    Forms of one occasion ("kunjungan") are among them only when it is asked for by `at`.
    """
    return tuple(
        spec
        for spec in FORMS
        if (field is None or spec.field == field) and (shape is None or spec.shape is shape) and spec.where in ("", at)
    )


def forms_for_person(
    stages: Iterable[str],
    sex: str | None,
    *,
    conditions: Iterable[str] = (),
    age_months: int | None = None,
    sensitive: bool = False,
    at: str = "",
    enabled: frozenset[str] | None = None,
) -> tuple[FormSpec, ...]:
    """The forms a resident of these life stages is asked; sensitive ones, and those of an occasion, when wanted.

    `enabled` are the keys in use in the district (`services.fields.queries.forms_in_use`); without it, the default.
    """
    held, known = frozenset(stages), frozenset(conditions)
    used = default_forms() if enabled is None else enabled
    return tuple(
        spec
        for spec in forms_for(shape=Shape.PERSON, at=at)
        if (sensitive or not spec.sensitive)
        and (not can_be_switched(spec) or spec.key in used)
        and spec.audience.fits(held, sex, conditions=known, age_months=age_months)
    )


def forms_watching() -> tuple[FormSpec, ...]:
    """The forms whose first answer puts a condition under watch."""
    return tuple(spec for spec in FORMS if spec.watches)


def described() -> list[dict[str, object]]:
    """Every form as plain data, as `manage.py describe_fields --format json` prints it."""
    return [_described_form(spec) for spec in FORMS]


@cache
def version() -> str:
    """Twelve hex digits that change whenever any form changes; stored with each record."""
    text = json.dumps(described(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _described_form(spec: FormSpec) -> dict[str, object]:
    audience = spec.audience
    return {
        "field": spec.field,
        "key": spec.key,
        "title": spec.title,
        "shape": spec.shape.value,
        "audience": {
            "stages": list(audience.stages),
            "sex": audience.sex,
            "condition": audience.condition or None,
            "age_months": list(audience.age_months) if audience.age_months else None,
        }
        if spec.shape is Shape.PERSON
        else None,
        "sensitive": spec.sensitive,
        "questions": [_described_question(question) for question in spec.questions],
    }


def _described_question(question: Question) -> dict[str, object]:
    first = question.parts[0] if question.parts else None
    described: dict[str, object] = {
        "key": question.key,
        "label": question.label,
        "kind": question.kind.value,
        "unit": question.unit,
        "choices": [{"value": choice.value, "label": choice.label} for choice in question.offered],
        "hard": _pair(first.hard if first else question.hard),
        "soft": _pair(first.soft if first else question.soft),
    }
    if question.kind in (Kind.BLOOD_PRESSURE, Kind.PARTICIPANTS):
        described["parts"] = [_described_part(part) for part in question.parts]
    return described


def _described_part(part: Part) -> dict[str, object]:
    return {"key": part.key, "label": part.label, "hard": _pair(part.hard), "soft": _pair(part.soft)}


def _pair(bounds: Bounds | None) -> list[object] | None:
    return None if bounds is None else [float(end) if isinstance(end, float) else int(end) for end in bounds]
