"""Who and what stands in letterhead, identity and signature blocks: places and officials, never residents."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from services.accounts.models import Assignment, Role
from services.areas.models import Area
from services.areas.queries import parents_of
from services.areas.scope import Scope
from services.fields.registry import FIELDS
from services.posyandu.models import Posyandu
from services.reports.figures import Place, Report, Signature
from services.web.rules import DAYS

from ..models import Signatory
from ..rules import HEADS, WITH_NIP, office_words

ORDINALS = {1: "pertama", 2: "kedua", 3: "ketiga", 4: "keempat", 5: "kelima"}


def places_above(code: str) -> dict[str, Area]:
    """The areas of a code and above it by level: 'desa', 'kecamatan', 'kabkota', 'provinsi'."""
    return {area.level: area for area in parents_of([code]).values()}


def identity_of_posyandu(post: Posyandu, above: dict[str, Area], on: date) -> tuple[tuple[str, str], ...]:
    """The lines of the identity table; what is not known is "–"."""
    team = list(_team(post, on))
    heads = [name for role, name, _ in team if role == Role.KETUA]
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
        ("Jumlah kader", f"{len({name for _, name, _ in team})} orang"),
        ("Kader menurut bidang", _by_field(team)),
        ("Hari buka", _schedule(post, on)),
        ("Pustu/Puskesmas", str(post.facility) if post.facility_id else "–"),
    )


_LEVELS = (("Desa/kelurahan", "desa"), ("Kecamatan", "kecamatan"), ("Kabupaten/kota", "kabkota"))


def _team(post: Posyandu, on: date):
    rows = post.assignments.filter(
        Assignment.on_day(on), role__in=(Role.KADER, Role.KETUA, Role.SEKRETARIS), user__is_active=True
    )
    return rows.order_by("user__name").values_list("role", "user__name", "field")


def _by_field(team: Sequence[tuple[str, str, str]]) -> str:
    """Kesehatan 3 orang; semua bidang 2 orang."""
    numbers = Counter(field for _, field in {(name, field) for _, name, field in team})
    named = [(each.label, numbers[each.key]) for each in FIELDS] + [("semua bidang", numbers[""])]
    return "; ".join(f"{label} {number} orang" for label, number in named if number) or "–"


def _schedule(post: Posyandu, on: date) -> str:
    plan = post.schedules.filter(from_date__lte=on).order_by("-from_date").first()
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
    """Left "Mengetahui" the head of the desa or kelurahan, right the ketua; in between the ketua Tim Pembina.

    An area's recap is signed by its head and its Tim Pembina, a puskesmas' by its head. `on` is the day it is made;
    without a name there are dots.
    """
    if place.level == "puskesmas":
        heads = Signatory.objects.within(Scope(None, areas=(above["kabkota"].pk,))).filter(facility=place.code)
        holder = signatory_on(heads, on)
        return (_signature((), f"Kepala {place.title.partition(' ')[0]}", place.name, holder, with_nip=True),)
    area = above.get("desa") if place.is_posyandu else above.get(_level(place))
    head = _head(area, on) if area else Signature(("Mengetahui,", "Kepala wilayah"))
    chair = chair_of(area, on) if area else ""
    team = Signature(("Ketua Tim Pembina Posyandu", area.title if area else ""), chair)
    if not place.is_posyandu:
        return head, team
    maker = Signature(("Ketua Posyandu",), "" if ketua == "–" else ketua)
    return (head, team, maker) if chair else (head, maker)


def signatures_again(report: Report, on: date) -> tuple[Signature, ...]:
    """The signature blocks of a frozen report as of another day; its ketua stays as she was."""
    ketua = dict(report.identity).get("Ketua posyandu", "")
    return signatures(report.place, places_above(".".join(report.place.code.split(".")[:4])), on, ketua)


def _level(place: Place) -> str:
    return {"kecamatan": "kecamatan", "kabupaten": "kabkota", "kota": "kabkota"}.get(place.level, "desa")


def _head(area: Area, on: date) -> Signature:
    holder = signatory_on(area.signatories.all(), on)
    return _signature(("Mengetahui,",), HEADS.get(area.kind, ""), area.name, holder, with_nip=area.kind in WITH_NIP)


def _signature(
    above: tuple[str, ...], office: str, name: str, holder: Signatory | None, *, with_nip: bool
) -> Signature:
    if holder is None:
        return Signature((*above, office_words(office, name)), with_nip=with_nip)
    words = office_words(holder.office, name)
    return Signature((*above, words), holder.name, with_nip or bool(holder.nip), holder.nip)


def signatory_on(rows: QuerySet[Signatory], on: date) -> Signatory | None:
    """Who of those who ever signed for a place does on a day."""
    return rows.filter(Signatory.on_day(on)).order_by("-from_date").first()


def chair_of(area: Area, on: date) -> str:
    """Who chairs the Tim Pembina of an area on a day, by its latest decree."""
    rows = area.coaching_teams.filter(Q(term_until=None) | Q(term_until__gte=on), decree_date__lte=on)
    return rows.order_by("-decree_date").values_list("chair", flat=True).first() or ""
