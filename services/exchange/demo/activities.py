"""What concerns a place or a group: education on open days, night patrols, wells, and who came to KIE by name."""

from __future__ import annotations

from datetime import date, timedelta

from services.areas.actions import set_district_setting
from services.areas.models import Area
from services.clinical.ages import completed_months
from services.fields import registry
from services.fields.queries import FORMS_IN_USE
from services.fields.spec import NONE_OF_THESE
from services.open_days.models import OpenDay
from services.records.models import Asset, Encounter, Participant
from services.records.rules import Came, follow_names, known_groups
from services.residents.rules import stages

from .chance import moment_of
from .names import name_of
from .records import encounter_of, record_of
from .rows import made
from .world import Person, Post

SPEAKERS = ("Bidan desa", "Kader", "Penyuluh KB", "Petugas kelurahan", "Babinsa")
WELLS = 3
KIE = "kie_gender"
NAMED, VISITORS = 7, 2
GROWN_UP_MONTHS = 15 * 12
FINDINGS = (["tidak_ada"], ["tidak_ada"], ["tidak_ada"], ["lampu_mati"], ["keributan"])


def teach(post: Post, day: OpenDay, turn: int) -> None:
    """Education in health and in one more field, another each month."""
    fields = [field.key for field in registry.FIELDS if field.key != "kesehatan"]
    for field in ("kesehatan", fields[turn % len(fields)]):
        spec, chance = registry.form(f"penyuluhan_{field}"), post.chance
        topics = spec.question("topik").choices
        topic = chance.choice(topics)
        answers = {
            "topik": [topic.value],
            "lokasi": day.place,
            "metode": chance.choice(("ceramah", "ceramah", "praktik")),
            "narasumber": chance.choice(SPEAKERS),
            "peserta": {"l": chance.randint(1, 8), "p": chance.randint(9, 34)},
        }
        by = post.kader_on_duty()
        record_of(post, day.encounter, spec, answers, by, moment_of(day.date, 10, 30), activity=topic.label)


def patrol(post: Post, month: date, until: date) -> None:
    """One night patrol on a Saturday of the month."""
    chance = post.chance
    day = month + timedelta(days=(5 - month.weekday()) % 7 + 7 * chance.randint(0, 3))
    if day > until:
        return
    by = post.kader_on_duty()
    encounter = encounter_of(post, Encounter.Kind.OTHER, day, by)
    found = chance.choice(FINDINGS)
    answers = {
        "waktu_mulai": chance.choice(("21:00", "22:00", "23:30")),
        "area_patroli": f"RT {post.plan.rts[0]} sampai RT {post.plan.rts[-1]}",
        "metode_patroli": chance.choice(("jalan_kaki", "jalan_kaki", "poskamling")),
        "jumlah_petugas": chance.randint(4, 9),
        "tujuan_patroli": "Keamanan lingkungan",
        "temuan_patroli": found,
    }
    if found == ["lampu_mati"]:
        answers["uraian_temuan"] = "Lampu jalan mati di dekat jembatan, pukul 23.00."
        answers["tindakan_patroli"] = "Dilaporkan kepada ketua RT."
    spec = registry.form("patroli")
    record_of(post, encounter, spec, answers, by, moment_of(day, 23, 45), activity="Patroli malam Minggu")


def dig_wells(post: Post, day: date) -> list[Asset]:
    """The public wells of the place, known since "mulai pakai"."""
    wells = []
    for number in range(1, WELLS + 1):
        rt = post.plan.rts[number % len(post.plan.rts)]
        row = made(
            Asset,
            id=post.chance.row_id(moment_of(day, 7, number)),
            posyandu_id=post.row.pk,
            form="sumur",
            name=f"Sumur umum {number}",
            dusun=post.plan.dusun[number % len(post.plan.dusun)] if post.plan.dusun else "",
            rw=post.plan.rw,
            rt=rt,
            location_note=f"Dekat musala RT {rt}",
            from_date=day,
        )
        post.rows.add(row)
        wells.append(row)
    return wells


def look_at_wells(post: Post, encounter: Encounter, wells: list[Asset]) -> None:
    """How the wells are; the last one is broken."""
    spec, chance = registry.form("sumur"), post.chance
    for well in wells:
        broken = well is wells[-1]
        answers: dict[str, object] = {
            "pemilik": f"Umum RT {well.rt}",
            "kondisi_sumur": "rusak_berat" if broken else chance.choice(("baik", "baik", "rusak_ringan")),
            "risiko_sanitasi": "tinggi" if broken else chance.choice(("rendah", "sedang")),
            "kk_pemakai_sumur": chance.randint(4, 22),
        }
        if broken:
            answers["tindakan_rehabilitasi"] = "Bibir sumur pecah dan lantai bocor, perlu diperbaiki."
        by = post.kader_on_duty()
        record_of(post, encounter, spec, answers, by, moment_of(encounter.date, 9, 40), asset_id=well.pk)


def use_kie(district: str, since: date) -> None:
    """A district of the demo uses the form that names who came."""
    forms = (*FORMS_IN_USE.default, KIE)
    area = Area.objects.get(pk=district)
    set_district_setting(area=area, setting=FORMS_IN_USE, value=forms, valid_from=since, source="demo", by=None)


def inform(post: Post) -> None:
    """KIE on gender and inclusion yesterday: who came by name, two of them from elsewhere, and a few unnamed."""
    spec, chance, day, by = registry.form(KIE), post.chance, post.today - timedelta(days=1), post.kader_on_duty()
    place = f"Balai RW {post.plan.rw}" if post.plan.rw else "Balai desa"
    grown = [one for one in post.people if one.lives_here(day) and _months(one, day) >= GROWN_UP_MONTHS]
    rows = [_resident(post, one, day) for one in chance.sample(grown, min(NAMED, len(grown)))]
    rows += [_visitor(post, day) for _ in range(VISITORS)]
    sexes = {one.row.pk: one.row.sex for one in grown}
    came = [Came(row.sex or sexes[row.resident_id], tuple(row.groups)) for row in rows]
    answers = follow_names(spec, {"lokasi": place, "narasumber": "Penyuluh KB"}, (), came)
    answers["peserta"]["p"] += 3
    encounter = encounter_of(post, Encounter.Kind.OTHER, day, by)
    record = record_of(post, encounter, spec, answers, by, moment_of(day, 15), activity=spec.title)
    for number, row in enumerate(rows):
        row.record_id, row.added_by_id, row.added_at = record.pk, by.pk, moment_of(day, 15, number + 1)
        post.rows.add(row)


def _months(person: Person, day: date) -> int:
    return completed_months(person.row.birth_date, day)


def _resident(post: Post, person: Person, day: date) -> Participant:
    """Most have a phone in their file; what else is known of her, the kader asked."""
    if post.chance.likely(0.8):
        person.row.phone = _phone(post)
    groups = known_groups(registry.form(KIE), stages(person.row.birth_date, day)) or _asked(post)
    return made(Participant, id=post.chance.row_id(moment_of(day, 15)), resident_id=person.row.pk, groups=list(groups))


def _visitor(post: Post, day: date) -> Participant:
    sex, row_id = post.chance.choice("LP"), post.chance.row_id(moment_of(day, 15))
    name = name_of(post.chance, sex, day.year - post.chance.randint(20, 50))
    return made(Participant, id=row_id, name=name, sex=sex, phone=_phone(post), groups=list(_asked(post)))


def _asked(post: Post) -> tuple[str, ...]:
    return post.chance.choice(((NONE_OF_THESE,), (NONE_OF_THESE,), ("miskin",), ("disabilitas",)))


def _phone(post: Post) -> str:
    return f"+62285000{post.chance.randint(1000, 9999)}"
