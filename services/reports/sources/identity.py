"""Who and what stands in letterhead, identity and signature blocks: places and officials, never residents."""

from collections.abc import Sequence
from datetime import date

from services.accounts.models import Assignment, Role
from services.areas.models import Area
from services.areas.queries import parents_of
from services.areas.scope import Scope
from services.open_days.models import Schedule
from services.posyandu.models import Posyandu
from services.reports.figures import Place, Signature
from services.web.rules import DAYS

ORDINALS = {1: "pertama", 2: "kedua", 3: "ketiga", 4: "keempat", 5: "kelima"}
# Who signs for a level: the office as printed.
HEADS = {
    "desa": "Kepala Desa",
    "desa_adat": "Kepala Desa Adat",
    "kelurahan": "Lurah",
    "kecamatan": "Camat",
    "kabupaten": "Bupati",
    "kota": "Wali Kota",
}


def places_above(code: str) -> dict[str, Area]:
    """The areas of a code and above it by level: 'desa', 'kecamatan', 'kabkota', 'provinsi'."""
    return {area.level: area for area in parents_of([code]).values()}


def letterhead(above: dict[str, Area]) -> tuple[str, ...]:
    """PEMERINTAH KOTA PEKALONGAN / KECAMATAN … / KELURAHAN …"""
    lines = [f"PEMERINTAH {_title(above['kabkota'])}"] if "kabkota" in above else []
    return (*lines, *(_title(above[level]) for level in ("kecamatan", "desa") if level in above))


def _title(area: Area) -> str:
    return area.title.upper()


def identity_of_posyandu(post: Posyandu, above: dict[str, Area], on: date) -> tuple[tuple[str, str], ...]:
    """The lines of the identity table; what is not known is "–"."""
    team = list(_team(post, on))
    heads = [name for role, name in team if role == Role.KETUA]
    place = " / ".join(
        text
        for text in (post.dusun and f"Dusun {post.dusun}", post.rw and f"RW {post.rw}", post.rt and f"RT {post.rt}")
        if text
    )
    return (
        ("Nama posyandu", post.name),
        ("Nomor registrasi", post.registration_number or "dalam proses"),
        ("Alamat", post.address or "–"),
        ("Dusun/RW/RT", place or "–"),
        *((label, above[level].name) for label, level in _LEVELS if level in above),
        ("Ketua posyandu", ", ".join(heads) or "–"),
        ("Jumlah kader", f"{len({name for _, name in team})} orang"),
        ("Hari buka", _schedule(post, on)),
        ("Pustu/Puskesmas", str(post.facility) if post.facility_id else "–"),
    )


_LEVELS = (("Desa/kelurahan", "desa"), ("Kecamatan", "kecamatan"), ("Kabupaten/kota", "kabkota"))


def _team(post: Posyandu, on: date):
    rows = post.assignments.filter(
        Assignment.on_day(on), role__in=(Role.KADER, Role.KETUA, Role.SEKRETARIS), user__is_active=True
    )
    return rows.order_by("user__name").values_list("role", "user__name")


def _schedule(post: Posyandu, on: date) -> str:
    mine = Schedule.objects.within(Scope(None, frozenset([post.pk]))).filter(from_date__lte=on).order_by("-from_date")
    plan = mine.first()
    if plan is None:
        return "–"
    nth = ORDINALS.get(plan.nth, str(plan.nth))
    return f"{DAYS[plan.weekday]} {nth} tiap bulan, mulai {plan.starts_at:%H.%M}"


def identity_of_area(place: Place, above: dict[str, Area], counted: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The lines of a recap's identity table."""
    known = [(label, above[level]) for label, level in _LEVELS if level in above]
    return (
        ("Wilayah", place.title),
        ("Kode", place.code),
        *((label, area.name) for label, area in known if area.pk != place.code),
        ("Posyandu", counted[0]),
        ("Kelengkapan", counted[1]),
    )


def identity_of_facility(place: Place, above: dict[str, Area], counted: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The same for the posts that a puskesmas serves."""
    known = tuple((label, above[level].name) for label, level in _LEVELS if level in above)
    return ("Puskesmas", place.title), *known, ("Posyandu", counted[0]), ("Kelengkapan", counted[1])


def signatures(place: Place, above: dict[str, Area], on: date, ketua: str) -> tuple[Signature, ...]:
    """Left "Mengetahui" the head of the desa or kelurahan; right the ketua. An area's recap is signed by its head."""
    if place.level == "puskesmas":
        return (Signature((f"Kepala {place.title}",), with_nip=True),)
    holder = above.get("desa") if place.is_posyandu else above.get(_level(place))
    kind = holder.kind if holder else ""
    head = Signature(
        ("Mengetahui,", f"{HEADS.get(kind, 'Kepala wilayah')} {holder.name if holder else ''}".strip()),
        _holder(holder, on) if holder else "",
        with_nip=kind in {"kelurahan", "kecamatan"},
    )
    maker = (
        Signature(("Ketua Posyandu",), "" if ketua == "–" else ketua)
        if place.is_posyandu
        else Signature(("Ketua Tim Pembina Posyandu",))
    )
    return head, maker


def _level(place: Place) -> str:
    return {"kecamatan": "kecamatan", "kabupaten": "kabkota", "kota": "kabkota"}.get(place.level, "desa")


def _holder(area: Area, on: date) -> str:
    rows = area.assignments.filter(Assignment.on_day(on), role=Role.LURAH, user__is_active=True)
    return rows.order_by("-from_date").values_list("user__name", flat=True).first() or ""
