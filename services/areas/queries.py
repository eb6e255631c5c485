"""Finding places by code, old codes included."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Q, QuerySet

from .models import Area, Boundary, CodeChange, DistrictSetting, Holiday, Office
from .resources import national_holidays
from .scope import Scope, area_filter, inside
from .settings import SETTINGS, Setting, Subject, value_text
from .settings.kinds import SUBJECTS

# A place can be renumbered again and again; a circle in the changes must not hang us.
MOST_CHANGES = 10
_DAYS_OFF, DAYS_OFF_KEPT = "days-off:", 300


def find_area(code: str) -> Area | None:
    """The place with this code today: the place itself, or what it became. A code never matches by its beginning.

    A place that was split has no single successor: then the old place itself is given, if it is still known.
    """
    area = None
    for _ in range(MOST_CHANGES):
        area = Area.objects.filter(pk=code).first()
        if area and area.is_active:
            return area
        became = successors(code)
        if len(became) != 1:
            return area
        code = became[0].pk
    return area


def successors(code: str) -> list[Area]:
    """What a place became by the latest change of its code: one after a renaming, several after a split."""
    changes = list(
        CodeChange.objects.filter(old_code=code).select_related("new_area").order_by("-changed_on", "new_area_id")
    )
    return [change.new_area for change in changes if change.changed_on == changes[0].changed_on]


def parents_of(codes: Iterable[str]) -> dict[str, Area]:
    """The places with these codes and all above them, in one query: code → Area."""
    wanted = set()
    for code in codes:
        groups = code.split(".")[:4]
        wanted |= {".".join(groups[:count]) for count in range(1, len(groups) + 1)}
    return Area.objects.in_bulk(wanted)


def letterhead_of(code: str) -> tuple[str, ...]:
    """The head of a letter from a place."""
    return letterhead({area.level: area for area in parents_of([code]).values()})


def letterhead(above: Mapping[str, Area]) -> tuple[str, ...]:
    """PEMERINTAH KOTA PEKALONGAN / KECAMATAN … / KELURAHAN …, of the places above by level."""
    titles = {level: area.title.upper() for level, area in above.items()}
    lines = [f"PEMERINTAH {titles[Area.Level.DISTRICT]}"] if Area.Level.DISTRICT in titles else []
    return (*lines, *(titles[level] for level in (Area.Level.SUBDISTRICT, Area.Level.VILLAGE) if level in titles))


def villages_within(areas: Iterable[str]) -> QuerySet[Area]:
    """The desa and kelurahan inside these codes, active ones only, by code."""
    return Area.objects.filter(area_filter("pk", areas), level=Area.Level.VILLAGE, is_active=True).order_by("pk")


@dataclass(frozen=True)
class SettingLine:
    """One setting of a district: the value in force, its row (None: the default), and what is to come."""

    setting: Setting
    value: str
    current: DistrictSetting | None
    upcoming: tuple[tuple[date, str, str], ...]  # from when, value, source


def districts_within(scope: Scope) -> QuerySet[Area]:
    """The kabupaten and kota that lie in the scope as a whole."""
    return Area.objects.filter(area_filter("pk", scope.areas), level=Area.Level.DISTRICT).order_by("pk")


@dataclass(frozen=True)
class SettingGroup:
    """The settings of a district about one subject."""

    subject: Subject
    lines: tuple[SettingLine, ...]


def settings_by_district(scope: Scope, today: date, words: str = "") -> list[tuple[Area, list[SettingGroup]]]:
    """The settings of every district in scope by subject, only those that say all of `words`; two queries."""
    rows = list(DistrictSetting.objects.within(scope).order_by("valid_from"))
    return [(district, _setting_groups(district, rows, today, words)) for district in districts_within(scope)]


def _setting_groups(district: Area, rows: list[DistrictSetting], today: date, words: str) -> list[SettingGroup]:
    found: dict[Subject, list[SettingLine]] = {subject: [] for subject in Subject}
    for key, setting in SETTINGS.items():
        line = _setting_line(setting, district, rows, today)
        said = f"{SUBJECTS[key].label} {setting.label} {line.value}".lower()
        if all(word in said for word in words.lower().split()):
            found[SUBJECTS[key]].append(line)
    return [SettingGroup(subject, tuple(lines)) for subject, lines in found.items() if lines]


def _setting_line(setting: Setting, district: Area, rows: list[DistrictSetting], today: date) -> SettingLine:
    own = [row for row in rows if row.area_id == district.pk and row.key == setting.key]
    past = [row for row in own if row.valid_from <= today]
    current = past[-1] if past else None
    value = value_text(setting, setting.check(current.value) if current else setting.default)
    coming = (row for row in own if row.valid_from > today)
    upcoming = tuple((row.valid_from, value_text(setting, row.value), row.source) for row in coming)
    return SettingLine(setting, value, current, upcoming)


def days_off(district: str) -> frozenset[date]:
    """Days on which offices of this kab/kota rest beside the weekend: the national list, then the district's word.

    Remembered for DAYS_OFF_KEPT seconds by each process; `forget_days_off` is for whoever changes them.
    """
    code = district[:5]
    kept = cache.get(_DAYS_OFF + code)
    if kept is None:
        kept = _days_off(code)
        cache.set(_DAYS_OFF + code, kept, DAYS_OFF_KEPT)
    return kept


def forget_days_off(districts: Iterable[str]) -> None:
    cache.delete_many([_DAYS_OFF + code[:5] for code in districts])


def _days_off(district: str) -> frozenset[date]:
    off = {day for day, row in national_holidays().items() if not row.estimated}
    rows = Holiday.objects.filter(Q(area=None) | Q(area=district)).values_list("area", "date", "is_working")
    for _, day, works in sorted(rows, key=lambda row: row[0] or ""):  # the district has the last word
        if works:
            off.discard(day)
        else:
            off.add(day)
    return frozenset(off)


def offices_of(district: str) -> QuerySet[Office]:
    """The offices of a kab/kota that answer requests, by name."""
    return Office.objects.filter(area=district[:5], is_active=True).order_by("name")


def boundaries_of(district: Area) -> int:
    """How many outlines of a kab/kota and the places in it are kept."""
    return Boundary.objects.filter(inside("area_id", district.pk)).count()
