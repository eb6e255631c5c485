"""What concerns a place or a group: education on open days, night patrols, wells."""

from __future__ import annotations

from datetime import date, timedelta

from services.fields import registry
from services.open_days.models import OpenDay
from services.records.models import Asset, Encounter

from .chance import moment_of
from .records import encounter_of, record_of
from .rows import made
from .world import Post

SPEAKERS = ("Bidan desa", "Kader", "Penyuluh KB", "Petugas kelurahan", "Babinsa")
WELLS = 3
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
