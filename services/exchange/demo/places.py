"""Where it happens: areas, health facilities, the posyandu themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from services.areas.actions import import_areas
from services.areas.models import Area, Office
from services.areas.resources import packaged_rows
from services.posyandu.actions import add_posyandu
from services.posyandu.models import Facility, Posyandu

from .chance import Chance, moment_of
from .plans import PostPlan


def load_areas(plans: Iterable[PostPlan], today: date) -> None:
    """The districts of the demo, from the packaged list, unless `import_areas` has loaded them already."""
    districts = {plan.district for plan in plans}
    known = set(Area.objects.filter(code__in={plan.area for plan in plans}).values_list("code", flat=True))
    if known >= {plan.area for plan in plans}:
        return
    provinces = {district[:2] for district in districts}
    rows = [row for row in packaged_rows() if row.code in provinces or row.code[:5] in districts]
    import_areas(rows=rows, by=None, on=today)


def add_facilities(plans: Iterable[PostPlan], chance: Chance, today: date) -> dict[str, Facility]:
    """A puskesmas for each kecamatan, a pustu for each desa/kelurahan, with numbers that nobody answers: code → row."""
    codes = {plan.subdistrict for plan in plans} | {plan.area for plan in plans}
    names = dict(Area.objects.filter(code__in=codes).values_list("code", "name"))
    rows, since = {}, moment_of(today.replace(day=1))
    for number, (code, name) in enumerate(sorted(names.items()), start=1):
        kind = Facility.Kind.PUSTU if len(code) > 8 else Facility.Kind.PUSKESMAS
        rows[code] = Facility(
            id=chance.row_id(since),
            kind=kind,
            name=f"{kind.label} Contoh {name}",
            phone=f"{'0291' if code.startswith('33.20') else '0285'}-000-{number:03}",
            area_id=code[:5],
        )
    Facility.objects.bulk_create(rows.values())
    return rows


OFFICES = (
    ("Dinas Contoh Pekerjaan Umum dan Perumahan", ["pekerjaan_umum", "perumahan_rakyat"], "pupr"),
    ("Dinas Contoh Pendidikan", ["pendidikan"], "pendidikan"),
    ("Dinas Contoh Kesehatan", ["kesehatan"], "kesehatan"),
    ("Dinas Contoh Sosial dan Perlindungan Anak", ["sosial"], "sosial"),
    ("Satuan Contoh Polisi Pamong Praja", ["trantibumlinmas"], "satpolpp"),
)


def add_offices(plans: Iterable[PostPlan], chance: Chance, today: date) -> dict[str, list[Office]]:
    """The OPD of each district by its code, all six fields among them; no mail to their addresses arrives anywhere."""
    since, made = moment_of(today.replace(day=1)), {}
    for district in sorted({plan.district for plan in plans}):
        rows = [
            Office(
                id=chance.row_id(since),
                area_id=district,
                name=name,
                fields=fields,
                protects="sosial" in fields,
                email=f"{box}.{district}@contoh.invalid",
            )
            for name, fields, box in OFFICES
        ]
        made[district] = Office.objects.bulk_create(rows)
    return made


def add_post(plan: PostPlan, facility: Facility, chance: Chance, today: date) -> Posyandu:
    """One posyandu in the register."""
    live_from = plan.live_from(today)
    return add_posyandu(
        area=Area.objects.get(pk=plan.area),
        name=plan.name,
        by=None,
        on=live_from,
        id=chance.row_id(moment_of(live_from, 7)),
        dusun=plan.dusun[0] if plan.dusun else "",
        rw=plan.rw,
        address=f"Balai {'Dusun ' + plan.dusun[0] if plan.dusun else 'RW ' + plan.rw}",
        facility=facility,
        registration_number=f"{plan.area}.001" if plan.registered else None,
        live_from=live_from,
        wave=plan.wave,
    )
