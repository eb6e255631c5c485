"""Writes to the list of places and to what districts decide."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from .models import Area, Boundary, CodeChange, DistrictSetting
from .rules import AreaRow, BadList, Outline, check_code, check_rows, is_only_a_part, vanished
from .scope import inside
from .settings import Setting, forget

BATCH = 5000


@dataclass(frozen=True)
class AreaCounts:
    """What an import did to the list of places. `missing`: not in a list that is only a part, so left as they were."""

    new: int
    changed: int
    same: int
    inactive: int
    old_codes: int = 0
    missing: int = 0


@transaction.atomic
def import_areas(
    *,
    rows: Iterable[AreaRow],
    by,
    on: date,
    whole: bool = False,
    fewer: bool = False,
    old_codes: Iterable[tuple[str, str]] = (),
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> AreaCounts:
    """Bring the list of places up to `rows`. All of it or nothing; a second run changes nothing.

    `whole`: the rows are all of Indonesia, so what is missing is gone; otherwise they speak only for the
    kabupaten/kota they open up. `old_codes` are (old, new) pairs beside those of the rows. A list that lacks many
    is only a part (or cut off), and nothing is gone, unless `fewer` says that it is. Raises BadList.
    """
    rows = list(rows)
    known = {area.pk: area for area in Area.objects.all()}
    check_rows(rows, known)
    rows.sort(key=lambda row: (row.code.count("."), row.code))
    new = [_area(row) for row in rows if row.code not in known]
    changed = [_area(row, known[row.code]) for row in rows if row.code in known and _differs(row, known[row.code])]
    gone = {code for code in vanished((row.code for row in rows), known, whole=whole) if known[code].is_active}
    missing = len(gone) if not fewer and is_only_a_part(gone=len(gone), kept=len(rows)) else 0
    if missing:
        gone = set()
    _write(new + changed, progress)
    for code in sorted(gone):
        known[code].is_active = False
    Area.objects.bulk_update([known[code] for code in sorted(gone)], ["is_active"], batch_size=BATCH)
    pairs = [(old, row.code) for row in rows for old in row.old_codes] + list(old_codes)
    remembered = remember_codes(pairs=pairs, by=by, on=on) if pairs else 0
    return AreaCounts(len(new), len(changed), len(rows) - len(new) - len(changed), len(gone), remembered, missing)


@transaction.atomic
def remember_codes(*, pairs: Iterable[tuple[str, str]], by, on: date, reason: str = "") -> int:
    """Remember that places got new codes since `on`; how many were not known yet. Raises BadList."""
    pairs = list(dict.fromkeys(pairs))
    there = set(Area.objects.filter(pk__in=[new for _, new in pairs]).values_list("pk", flat=True))
    for old, new in pairs:
        if new not in there or old == new:
            raise BadList(f"Perubahan kode {old}={new}: kode baru {new} tidak ada di daftar wilayah.")
        check_code(old)
    before = CodeChange.objects.count()
    changes = [CodeChange(old_code=old, new_area_id=new, changed_on=on, reason=reason) for old, new in pairs]
    CodeChange.objects.bulk_create(changes, ignore_conflicts=True, batch_size=BATCH)
    return CodeChange.objects.count() - before


@transaction.atomic
def set_district_setting(*, area: Area, setting: Setting, value, valid_from: date, source: str, by) -> DistrictSetting:
    """The district's own value of a setting from a day on; a value for the very same day is replaced.

    Who did it when stands in the row's history. Raises ValueError for a value the setting does not take.
    """
    row = area.settings.select_for_update().filter(key=setting.key, valid_from=valid_from).first()
    new = row is None
    row = row or DistrictSetting(area=area, key=setting.key, valid_from=valid_from)
    row.value, row.source = setting.check(value), source
    row._history_user = by if getattr(by, "pk", None) else None
    row.save(**({"force_insert": True} if new else {"update_fields": ["value", "source"]}))
    forget()
    return row


def _area(row: AreaRow, before: Area | None = None) -> Area:
    postcode = row.postcode or (before.postcode if before else "")
    return Area(
        code=row.code, name=row.name, level=row.level, kind=row.kind, parent_id=row.parent or None, postcode=postcode
    )


def _differs(row: AreaRow, area: Area) -> bool:
    same = (row.name, row.level, row.kind, row.parent or None) == (area.name, area.level, area.kind, area.parent_id)
    return not same or not area.is_active or bool(row.postcode and row.postcode != area.postcode)


def _write(areas: list[Area], progress: Callable[[int, int], None]) -> None:
    for start in range(0, len(areas), BATCH):
        Area.objects.bulk_create(
            areas[start : start + BATCH],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "level", "kind", "parent", "postcode", "is_active"],
        )
        progress(min(start + BATCH, len(areas)), len(areas))


@transaction.atomic
def import_boundaries(*, district: Area, outlines: Sequence[Outline], source: str, by) -> int:
    """Take over the outlines of a kab/kota and the places in it; how many. Raises BadList for places outside it.

    Who did it when stands in the row (an outline holds nothing about people).
    """
    wanted = [outline.code for outline in outlines]
    known = set(Area.objects.filter(pk__in=wanted).filter(inside("pk", district.pk)).values_list("pk", flat=True))
    strange = [code for code in wanted if code not in known]
    if strange:
        raise BadList(f"Kode {strange[0]} tidak ada di {district.title}. Periksa apakah berkasnya untuk daerah ini.")
    now = timezone.now()
    rows = [
        Boundary(
            area_id=each.code,
            rings=[list(map(list, ring)) for ring in each.rings],
            source=source,
            imported_by=by,
            imported_at=now,
        )
        for each in outlines
    ]
    Boundary.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["area"],
        update_fields=["rings", "source", "imported_by", "imported_at"],
        batch_size=BATCH,
    )
    return len(rows)
