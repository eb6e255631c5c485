"""Who holds which post at a posyandu, by which decree; how far its registration is; the Tim Pembina of each village.

How far a posyandu is follows its wave: the pilots are complete, the last ones still have vacancies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.accounts.models import User
from services.areas.models import Area
from services.fields.registry import FIELDS
from services.posyandu.models import BoardMember, CoachingTeam, DossierStep, RegistrationDossier

from .chance import Chance, moment_of
from .names import name_of
from .rows import made, write
from .world import Post

Seat, State = BoardMember.Post, RegistrationDossier.State
KADER = 8
TERM_YEARS = 5
TEAM_SHARE = 0.8
"""Of all desa and kelurahan, those whose Tim Pembina has its decree (22 of 27 in the city, `sizing.csv`)."""


@dataclass(frozen=True)
class Progress:
    """How complete a posyandu of a wave is: shares of seats held and of people trained, and its dossier."""

    held: float
    trained: float
    dossier: str = ""


WAVES = {
    "percontohan": Progress(1, 1, State.SUBMITTED),
    "gelombang_1": Progress(1, 0.7, State.SUBMITTED),
    "gelombang_2": Progress(0.85, 0.4, State.DRAFT),
    "gelombang_3": Progress(0.6, 0.1),
}


def add_institution(posts: Iterable[Post], officers: dict[str, User], seed: int) -> Counter[str]:
    """Boards, dossiers and the decrees of the Tim Pembina; how many rows of each model."""
    members: list[BoardMember] = []
    dossiers: list[RegistrationDossier] = []
    villages: dict[str, Post] = {}
    for post in posts:
        chance = Chance(f"{seed}:board:{post.plan.area}:{post.plan.name}")
        members += _board(post, chance)
        dossiers += _dossier(post)
        villages.setdefault(post.plan.area, post)
    write(BoardMember, members)
    RegistrationDossier.objects.bulk_create(dossiers, batch_size=500)
    DossierStep.objects.bulk_create(_step(dossier, officers["admin"]) for dossier in dossiers)
    teams = list(_teams(villages, seed))
    write(CoachingTeam, teams)
    return Counter(BoardMember=len(members), RegistrationDossier=len(dossiers), CoachingTeam=len(teams))


def _board(post: Post, chance: Chance) -> Iterator[BoardMember]:
    """The ketua and the kader with accounts first, then the seats that are held by others."""
    progress = WAVES[post.plan.wave]
    yield _member(post, chance, Seat.KETUA, user=post.ketua)
    for seat in (Seat.SEKRETARIS, Seat.BENDAHARA):
        if chance.likely(progress.held):
            yield _member(post, chance, seat)
    for field in FIELDS:
        if chance.likely(progress.held):
            yield _member(post, chance, Seat.HEAD_OF_FIELD, field=field.key)
    for user in post.kader:
        yield _member(post, chance, Seat.KADER, user=user)
    for _ in range(KADER - len(post.kader)):
        if chance.likely(progress.held):
            yield _member(post, chance, Seat.KADER)


def _member(post: Post, chance: Chance, seat: str, *, user: User | None = None, field: str = "") -> BoardMember:
    since = _decided_on(post)
    is_trained = chance.likely(WAVES[post.plan.wave].trained)
    return made(
        BoardMember,
        id=chance.row_id(moment_of(since)),
        posyandu_id=post.row.pk,
        post=seat,
        field=field,
        name=user.name if user else f"Ibu {name_of(chance, 'P', chance.randint(1968, 1998))}",
        user_id=user.pk if user else None,
        decree_number=_decree(post),
        decree_date=since,
        from_date=since,
        term_until=since.replace(year=since.year + TERM_YEARS),
        trained_on=since + timedelta(days=chance.choice((21, 21, 49))) if is_trained else None,
    )


def _decided_on(post: Post) -> date:
    """The day of the decree: in the month before "mulai pakai"."""
    return (post.plan.live_from(post.today) - timedelta(days=1)).replace(day=12)


def _decree(post: Post) -> str:
    return f"400.10.2/{int(post.plan.rw or 1):03}/CONTOH/{_decided_on(post).year}"


def _dossier(post: Post) -> Iterator[RegistrationDossier]:
    state = State.REGISTERED if post.plan.registered else WAVES[post.plan.wave].dossier
    if state:
        yield RegistrationDossier(
            posyandu=post.row,
            state=state,
            team_decree=_team_decree(_decided_on(post)),
            board_decree=_decree(post),
            matrix_made_on=_decided_on(post) if state != State.DRAFT else None,
            changed_on=_decided_on(post) + timedelta(days=40),
        )


def _step(dossier: RegistrationDossier, author: User) -> DossierStep:
    return DossierStep(dossier=dossier, state=dossier.state, on=dossier.changed_on, author=author)


def _teams(villages: dict[str, Post], seed: int) -> Iterator[CoachingTeam]:
    """Most Tim Pembina have their decree; that of the pilots' villages always."""
    names = dict(Area.objects.filter(pk__in=villages).values_list("pk", "name"))
    for code, post in sorted(villages.items()):
        chance, on = Chance(f"{seed}:team:{code}"), _decided_on(post) - timedelta(days=60)
        if post.plan.wave != "percontohan" and not chance.likely(TEAM_SHARE):
            continue
        yield made(
            CoachingTeam,
            id=chance.row_id(moment_of(on)),
            area_id=code,
            decree_number=_team_decree(on),
            decree_date=on,
            chair=f"Ibu Contoh Ketua Tim Pembina {names[code]}"[:80],
            secretary=f"Bapak Contoh Sekretaris {names[code]}"[:80],
            term_until=on.replace(year=on.year + TERM_YEARS, day=1),
        )


def _team_decree(on: date) -> str:
    return f"400.10.2/TP/CONTOH/{on.year}"
