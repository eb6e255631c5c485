"""What a row of a list would change in a registered posyandu, by the columns of one import-export resource."""

from copy import copy
from dataclasses import dataclass

from import_export import resources
from import_export.fields import Field

from services.posyandu.models import Facility, Posyandu
from services.posyandu.rules import facility_name, name_of, place_key

from .rows import PostRow


@dataclass(frozen=True)
class Difference:
    """One column in which the list and the register differ."""

    label: str
    registered: str
    listed: str


class PosyanduResource(resources.ModelResource):
    """The columns of a list of posyandu, as text, with the headings of our own file."""

    path = Field("path", "kode_posyandu", readonly=True)
    name = Field("name", "nama_posyandu")
    area = Field("area_id", "kode_kelurahan", readonly=True)
    dusun = Field("dusun", "dusun")
    rw = Field("rw", "rw")
    rt = Field("rt", "rt")
    address = Field("address", "alamat")
    facility = Field("facility__name", "puskesmas", readonly=True)
    registration_number = Field("registration_number", "nomor_registrasi")

    class Meta:
        model = Posyandu
        fields = ("path", "name", "area", "dusun", "rw", "rt", "address", "facility", "registration_number")
        import_id_fields = ("path",)

    def get_queryset(self):
        return super().get_queryset().none()  # rows come from whoever asks, in her scope


def differences(post: Posyandu, row: PostRow) -> tuple[Difference, ...]:
    """Columns that the list gives and the register holds otherwise. What the list leaves empty differs in nothing."""
    resource = PosyanduResource()
    pairs = zip(
        resource.get_export_headers(),
        resource.export_resource(post),
        resource.export_resource(_listed(post, row)),
        strict=True,
    )
    return tuple(
        Difference(label, before or "", after or "")
        for label, before, after in pairs
        if (before or "") != (after or "")
    )


def _listed(post: Posyandu, row: PostRow) -> Posyandu:
    """The registered post with what the row says laid over it; not saved."""
    listed = copy(post)
    listed._state = copy(post._state)
    listed._state.fields_cache = dict(post._state.fields_cache)
    if name_of(row.name) != name_of(post.name):  # "Melati 2" is no other name than "Melati II"
        listed.name = row.name
    for name in ("dusun", "rw", "rt", "address"):
        setattr(listed, name, getattr(row, name) or getattr(post, name))
    listed.registration_number = row.registration or post.registration_number
    if place_key(row.facility) not in ("", place_key(facility_name(post.facility.name if post.facility else ""))):
        listed.facility = Facility(name=row.facility)
    return listed
