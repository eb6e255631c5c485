"""A month of a kabupaten or kota level by level, every figure of it: what goes to the province as a workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.areas.models import Area

from ..figures import DEFINITIONS, Figure, as_told, disguised, disguised_parts
from ..figures.summing import Frozen, summed_figures
from .bundles import SUBDISTRICT_LENGTH, VILLAGE_LENGTH, Contents, Member
from .frozen import frozen_figures

AT_A_TIME = 60  # reports whose figures are in memory together
# level → letters of its codes; posts have their whole path
LEVELS = {"kabkota": 5, "kecamatan": SUBDISTRICT_LENGTH, "kelurahan": VILLAGE_LENGTH, "posyandu": 24}


@dataclass(frozen=True)
class LevelRow:
    """A place of a level with its figures; `counted` is how many reports are in them."""

    code: str
    name: str
    above: str
    counted: int
    figures: Mapping[str, Figure]


def level_rows(contents: Contents) -> dict[str, list[LevelRow]]:
    """Level → rows. Sensitive counts of one to four are hidden, and whatever would show them by subtraction."""
    frozen, counted = _frozen_of(contents.members)
    names = _names(contents.members)
    whole = disguised(_figures(frozen["kabkota"].get(contents.place.code, Frozen()), "kabkota"))
    shown = {"kabkota": {contents.place.code: whole}}
    for level, above in (("kecamatan", "kabkota"), ("kelurahan", "kecamatan"), ("posyandu", "kelurahan")):
        shown[level] = dict(_shown_parts(level, frozen[level], shown[above], LEVELS[above]))
    return {
        level: [
            LevelRow(code, names.get(code, ""), names.get(_parent(code, level), ""), counted[level][code], figures)
            for code, figures in rows.items()
        ]
        for level, rows in shown.items()
        if level != "kabkota"
    }


def _parent(code: str, level: str) -> str:
    order = list(LEVELS)
    return code[: LEVELS[order[order.index(level) - 1]]]


def _figures(frozen: Frozen, level: str) -> dict[str, Figure]:
    return as_told(summed_figures(DEFINITIONS, frozen, owes=False), above=level in {"kabkota", "kecamatan"})


def _shown_parts(
    level: str, frozen: Mapping[str, Frozen], above: Mapping[str, Mapping[str, Figure]], letters: int
) -> Iterator[tuple[str, dict[str, Figure]]]:
    for parent, whole in above.items():
        parts = {code: _figures(each, level) for code, each in frozen.items() if code[:letters] == parent}
        yield from disguised_parts(whole, parts).items()


def _frozen_of(members: Sequence[Member]) -> tuple[dict[str, dict[str, Frozen]], dict[str, dict[str, int]]]:
    """Level → code → what was frozen there, and level → code → reports."""
    frozen: dict[str, dict[str, Frozen]] = {level: {} for level in LEVELS}
    counted: dict[str, dict[str, int]] = {level: {} for level in LEVELS}
    paths = {member.report_id: member.path for member in members}
    for path in paths.values():
        for level, letters in LEVELS.items():
            code = path[:letters]
            counted[level][code] = counted[level].get(code, 0) + 1
            frozen[level].setdefault(code, Frozen())
    for report, key, state, value, beside in _rows_of(list(paths)):
        for level, letters in LEVELS.items():
            frozen[level][paths[report][:letters]].add_row(key, state, value, beside)
    return frozen, counted


def _rows_of(report_ids: Sequence[UUID]) -> Iterator[tuple]:
    for start in range(0, len(report_ids), AT_A_TIME):
        rows = frozen_figures(report_ids[start : start + AT_A_TIME])
        yield from rows.values_list("report_id", "key", "state", "value", "denominator")


def _names(members: Sequence[Member]) -> dict[str, str]:
    codes = {member.path[:letters] for member in members for letters in (5, SUBDISTRICT_LENGTH, VILLAGE_LENGTH)}
    return {
        **dict(Area.objects.filter(pk__in=codes).values_list("pk", "name")),
        **{member.path: member.name for member in members},
    }
