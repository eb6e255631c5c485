"""Which forms a district has in use: a dated setting of its own."""

from datetime import date
from http import HTTPStatus

from services.areas.settings import Setting, value_of
from services.web.refusals import Refusal

from . import registry
from .spec import FormSpec, Shape


def _known(value) -> tuple[str, ...]:
    """Stored keys that (still) are forms, in print order."""
    if not isinstance(value, list | tuple):
        raise ValueError("Pilih formulir dari daftar.")
    return tuple(spec.key for spec in registry.FORMS if spec.key in value)


_SWITCHED = tuple(spec for spec in registry.FORMS if registry.can_be_switched(spec))
FORMS_IN_USE = Setting(
    "formulir_dipakai",
    "Formulir lima bidang yang dipakai",
    tuple(spec.key for spec in _SWITCHED if spec.default_on),
    "sedikit dulu, supaya kesehatan tidak terganggu (domain 3.1)",
    _known,
    tuple((spec.key, f"{registry.field(spec.field).short_label}: {spec.title}") for spec in _SWITCHED),
)


def forms_in_use(area_code: str, on: date) -> frozenset[str]:
    """Keys of all forms that the district of this place uses on this day."""
    enabled = frozenset(value_of(FORMS_IN_USE, area_code, on))
    return frozenset(spec.key for spec in registry.forms_on(enabled))


class FormNotUsed(Refusal):
    """The district does not use this form on that day: it is asked of nobody, also not by its address."""

    status = HTTPStatus.FORBIDDEN

    def __init__(self, spec: FormSpec):
        super().__init__(
            f"Formulir “{spec.title}” tidak dipakai di kabupaten/kota ini pada tanggal itu. "
            "Isian yang sudah ada tetap tersimpan. Admin kab/kota dapat memakainya lewat Pengaturan daerah."
        )


def must_be_used(spec: FormSpec, area_code: str, on: date) -> None:
    """Raise FormNotUsed for a form that the district of this place has left out on this day."""
    if registry.can_be_switched(spec) and spec.key not in forms_in_use(area_code, on):
        raise FormNotUsed(spec)


def forms_used(
    area_code: str, on: date, *, shape: Shape, field: str | None = None, fields: frozenset[str] | None = None
) -> tuple[FormSpec, ...]:
    """The open (not sensitive) forms of a shape in use that day, in the fields a reader may fill (None: all six)."""
    used = forms_in_use(area_code, on)
    return tuple(
        spec
        for spec in registry.forms_for(field=field, shape=shape)
        if spec.key in used and not spec.sensitive and (fields is None or spec.field in fields)
    )
