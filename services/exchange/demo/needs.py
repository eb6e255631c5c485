"""Why somebody was to be visited, when that began, and how it ended: the needs behind the visits of past months.

What is still open today, the rules of `services.follow_ups` decide when all is written.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from services.areas.settings import VISIT_DAYS
from services.follow_ups.models import Need, NeedEvent
from services.follow_ups.rules import KINDS, RULE_VERSION
from services.records.models import Encounter
from services.residents.rules import stages

from .chance import moment_of
from .rows import made
from .world import House, Person, Post

What = NeedEvent.What
ENDED_AS = {
    "ABSEN_BERULANG": "hadir",
    "LANSIA": "hadir",
    "DUA_T": "berat_naik",
    "STUNTING": "pertumbuhan_baik",
    "BUMIL_RISTI": "selesai_hamil",
    "PTM": "sudah_kontrol",
    "NIFAS_BBL": "nifas_selesai",
}
WORDS = {
    "ABSEN_BERULANG": "berkali-kali tidak hadir",
    "LANSIA": "lansia, berkali-kali tidak hadir",
    "DUA_T": "BB tidak naik 2 bulan",
    "STUNTING": "pendek menurut umur",
    "BUMIL_RISTI": "LiLA di bawah batas",
    "PTM": "tekanan darah tinggi",
    "NIFAS_BBL": "kunjungan nifas",
    "RUTIN": "kunjungan setahun sekali",
}


def open_need(post: Post, house: House, person: Person | None, kind: str, on: date) -> Need:
    """The open need of this person (or house) and kind, begun now if there is none."""
    about = (person.row.pk if person else house.row.pk, kind)
    if about not in post.needs:
        post.needs[about] = _begin(post, house, person, kind, on)
    return post.needs[about]


def _begin(post: Post, house: House, person: Person | None, kind: str, on: date) -> Need:
    need = made(
        Need,
        id=post.chance.row_id(moment_of(on, 6)),
        posyandu_id=post.row.pk,
        household_id=house.row.pk,
        resident_id=person.row.pk if person else None,
        kind=kind,
        field=KINDS[kind].field,
        priority=KINDS[kind].priority,
        words=WORDS[kind],
        stage=stages(person.row.birth_date, on, person.spans)[0] if person else "",
        since=on - timedelta(days=1),
        opened_on=on,
        due_on=on + timedelta(days=VISIT_DAYS[kind].default),
        rule_version=RULE_VERSION,
    )
    post.rows.add(need)
    _remember(post, need, What.OPENED, on, need.words)
    return need


def visited(post: Post, about: UUID, kind: str, encounter: Encounter, *, met: bool, again: date | None, by) -> None:
    """What a visit does to the need it was made for; nothing where there is none."""
    need = post.needs.get((about, kind))
    if need is None:
        return
    day = encounter.date
    _remember(post, need, What.MET if met else What.NOT_MET, day, "", encounter=encounter, by=by)
    need.planned_on, need.attempts = again, 0 if met else need.attempts + 1
    if met and again is None and kind != "NIFAS_BBL":
        end_need(post, about, kind, day, "dikunjungi")


def end_need(post: Post, about: UUID, kind: str, on: date, closed_as: str) -> None:
    """It is dealt with, or no longer so."""
    need = post.needs.pop((about, kind))
    need.state, need.closed_on, need.closed_as = Need.State.CLOSED, on, closed_as
    need.planned_on = None
    _remember(post, need, What.CLOSED, on, closed_as)


def end_the_rest(post: Post, still: set[tuple[UUID, str]], on: date) -> None:
    """Whoever came again, or gained again, needs no visit; a promised one is still made."""
    for (about, kind), need in list(post.needs.items()):
        if (about, kind) not in still and need.planned_on is None and kind in ENDED_AS and kind != "NIFAS_BBL":
            end_need(post, about, kind, on, ENDED_AS[kind])


def _remember(
    post: Post, need: Need, what: str, on: date, note: str, *, encounter: Encounter | None = None, by=None
) -> None:
    post.rows.add(
        made(
            NeedEvent,
            need_id=need.pk,
            what=what,
            on=on,
            days=max(0, (on - need.opened_on).days),
            note=note,
            encounter_id=encounter.pk if encounter else None,
            author_id=by.pk if by else None,
            at=moment_of(on, 17),
        )
    )
