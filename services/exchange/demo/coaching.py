"""What the Tim Pembina did: visits with action points, a coordination meeting, a plan, and targets of the kab/kota.

The apps of these rows lie above or beside this one, so they are reached by name, as the database does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from django.apps import apps

from services.accounts.models import User
from services.areas.clock import previous_month
from services.areas.models import Office

from .chance import Chance, moment_of
from .plans import KENCANA_UNGU
from .world import Post

DISTRICT = KENCANA_UNGU.district
TARGETS = {
    "laporan": 100,
    "tepat_waktu": 90,
    "hari_buka": 100,
    "d_per_s": 80,
    "n_per_d": 70,
    "stunting": 14,
    "kunjungan": 60,
    "kader": 80,
    "hadir_bumil": 90,
    "hadir_balita": 85,
    "hadir_lansia": 70,
}
"""Indicator of the dashboards → percent; of stunting a share not to be exceeded."""
SOURCE = "Contoh: rencana kerja Tim Pembina"


def add_coaching(
    posts: list[Post], offices: Mapping[str, list[Office]], officers: Mapping[str, User], seed: int
) -> Counter[str]:
    """Write all of it; how many rows of each model."""
    chance, today = Chance(f"{seed}:coaching"), posts[0].today
    rows = [*_targets(chance, today)]
    pilot = next(post for post in posts if post.plan.has_stories)
    others = [post for post in posts if post is not pilot and post.plan.district == DISTRICT]
    rows += _visit(
        chance, pilot, officers["kelurahan"], today - timedelta(days=38), ready=8, points=(
            ("Pita LiLA dan Buku KIA dilengkapi", "Pustu", 20, "Sudah diterima 10 Buku KIA"),
            ("Jadwal ronda dipasang di balai", "Ketua RW", 30, ""),
        ),
    )  # fmt: skip
    for number, post in enumerate(others[:2]):
        since = today - timedelta(days=17 + 6 * number)
        points = (("Kader baru dilatih mengisi kartu", "Ketua posyandu", 45, ""),)
        rows += _visit(chance, post, officers["kota"], since, ready=5, points=points)
    rows += _meeting(chance, offices[DISTRICT], officers["kota"], today)
    for row in rows:
        row.save(force_insert=True)
    return Counter(type(row).__name__ for row in rows)


def _model(label: str):
    return apps.get_model(label)


def _targets(chance: Chance, today: date):
    for year in (today.year - 1, today.year):
        for key, percent in TARGETS.items():
            yield _model("dashboard.Target")(
                id=chance.row_id(moment_of(date(year, 1, 5))),
                area_id=DISTRICT,
                year=year,
                indicator=key,
                percent=percent if year == today.year or key == "stunting" else percent - 5,
                source=SOURCE,
            )


READY = ("sk", "jadwal", "lima_langkah", "tempat", "pencatatan", "kunjungan", "laporan_warga", "enam_bidang")
OBSTACLES = (["alat"], ["kader_kurang", "sinyal"], ["sasaran"])


def _visit(chance: Chance, post: Post, by: User, on: date, *, ready: int, points):
    """A visit with what was agreed: what, who, within how many days, and the result where it is done."""
    visit = _model("coaching.CoachingVisit")(
        id=chance.row_id(moment_of(on)),
        posyandu=post.row,
        date=on,
        ready=list(READY[:ready]),
        obstacles=chance.choice(OBSTACLES),
        notes="Contoh catatan: kader siap, ruang tunggu perlu ditata.",
        visited_by=by,
        created_at=moment_of(on, 14),
    )
    yield visit
    for text, who, days, result in points:
        yield _model("coaching.ActionPoint")(
            id=chance.row_id(moment_of(on, 10)),
            visit=visit,
            text=text,
            responsible=who,
            due_on=on + timedelta(days=days),
            done_on=on + timedelta(days=days - 6) if result else None,
            done_note=result,
        )


def _meeting(chance: Chance, offices: list[Office], by: User, today: date):
    """The city's coordination meeting on the month before the last, and next year's plan."""
    month = previous_month(previous_month(today.replace(day=1)))
    on = previous_month(today.replace(day=1)).replace(day=20)
    meeting = _model("coaching.Meeting")(
        id=chance.row_id(moment_of(on)),
        area_id=DISTRICT,
        date=on,
        place="Ruang rapat contoh",
        agenda="Rapat koordinasi Tim Pembina Posyandu",
        month=month,
        called_by=by,
    )
    yield meeting
    decided = (
        ("Sumur umum yang rusak disurvei bersama kelurahan", offices[0], 30, 9),
        ("Alat ukur yang rusak diganti", offices[2], 60, None),
    )
    for text, office, days, done in decided:
        yield _model("coaching.Decision")(
            id=chance.row_id(moment_of(on, 11)),
            meeting=meeting,
            text=text,
            office=office,
            due_on=on + timedelta(days=days),
            done_on=on + timedelta(days=done) if done else None,
        )
    for field, text, funding in (
        ("kesehatan", "Alat antropometri untuk posyandu gelombang 2", "APBD kota"),
        ("perumahan_rakyat", "Perbaikan rumah tidak layak huni", "Baznas"),
    ):
        yield _model("coaching.PlanItem")(
            id=chance.row_id(moment_of(on, 12)),
            area_id=DISTRICT,
            year=today.year + 1,
            field=field,
            text=text,
            funding=funding,
            added_by=by,
        )
