"""The roll-out board: how ready each posyandu of a place is, from decree to its first final month."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q

from services.areas.models import Area
from services.areas.scope import Scope, area_filter, inside
from services.fields.registry import FIELDS
from services.posyandu.models import BoardMember, CoachingTeam, Period, Posyandu, RegistrationDossier
from services.posyandu.rules import Board, board_of

STEPS = (
    "SK pengurus",
    "6 ketua bidang",
    "Berkas registrasi",
    "Nomor registrasi",
    "Semua dilatih",
    "Mulai pakai",
    "Bulan pertama final",
)
DOSSIER_LABELS = dict(RegistrationDossier.State.choices)


@dataclass(frozen=True)
class Ready:
    """One posyandu on its way; `done` of the seven steps are done."""

    post: Posyandu
    board: Board
    dossier: str
    first_final: date | None

    @property
    def steps(self) -> tuple[bool, ...]:
        return (
            self.board.has_decree,
            self.board.heads == len(FIELDS),
            self.dossier in (RegistrationDossier.State.SUBMITTED, RegistrationDossier.State.REGISTERED),
            bool(self.post.registration_number),
            self.board.trained > 0 and self.board.trained == self.board.members,
            self.post.live_from is not None,
            self.first_final is not None,
        )

    @property
    def done(self) -> int:
        return sum(self.steps)

    @property
    def missing(self) -> tuple[str, ...]:
        """The steps that are still to be taken, in words."""
        return tuple(words for words, done in zip(STEPS, self.steps, strict=True) if not done)

    @property
    def dossier_label(self) -> str:
        return DOSSIER_LABELS.get(self.dossier, "belum dibuat")


@dataclass(frozen=True)
class Rollout:
    """All posts of a place, the least ready first, with how many have each step done and what is vacant."""

    rows: tuple[Ready, ...]
    step_counts: tuple[int, ...]
    vacant: tuple[tuple[str, int], ...]
    teams: tuple[tuple[Area, CoachingTeam | None], ...]

    @property
    def teams_formed(self) -> int:
        return sum(team is not None for _, team in self.teams)


def rollout_of(scope: Scope, code: str = "") -> Rollout:
    """The board of a scope, or of one place in it: five queries."""
    posts = Posyandu.objects.within(scope).exclude(state=Posyandu.State.MERGED).select_related("area")
    if code:
        posts = posts.filter(inside("path", code))
    posts = list(posts.order_by("path"))
    boards = _boards(scope)
    dossiers = dict(RegistrationDossier.objects.within(scope).values_list("posyandu", "state"))
    final = Period.objects.within(scope).filter(state=Period.State.FINAL).order_by().values_list("posyandu")
    firsts: Mapping = dict(final.annotate(first=Min("month")))
    labels = {field.key: field.label for field in FIELDS}
    rows = [
        Ready(post, board_of(boards.get(post.pk, ()), labels), dossiers.get(post.pk, ""), firsts.get(post.pk))
        for post in posts
    ]
    vacant = Counter(post for row in rows for post in row.board.vacant)
    return Rollout(
        rows=tuple(sorted(rows, key=lambda row: (row.done, row.post.name, row.post.path))),
        step_counts=tuple(sum(column) for column in zip(*(row.steps for row in rows), strict=True)) or (0,) * 7,
        vacant=tuple(vacant.most_common()),
        teams=_teams(scope, code),
    )


def _boards(scope: Scope) -> dict:
    rows = BoardMember.objects.within(scope).filter(ended_on=None)
    found: dict = {}
    for row in rows.values("posyandu", "post", "field", "decree_number", "trained_on"):
        found.setdefault(row["posyandu"], []).append(row)
    return found


def _teams(scope: Scope, code: str) -> tuple[tuple[Area, CoachingTeam | None], ...]:
    """Every desa and kelurahan of the place with the newest decree of its Tim Pembina, those without one first."""
    here = Q(pk__in=[]) if not (code or scope.areas) else area_filter("pk", [code] if code else scope.areas)
    villages = Area.objects.filter(here, level=Area.Level.VILLAGE, is_active=True).order_by("name")
    teams = {team.area_id: team for team in CoachingTeam.objects.within(scope).order_by("decree_date")}
    return tuple(sorted(((area, teams.get(area.pk)) for area in villages), key=lambda pair: pair[1] is not None))
