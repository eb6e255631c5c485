"""Two entries were one person. Everything of the one goes to the other; the old id stays as an alias; it can be undone.

The apps above are not known here: every table with a column that points at a resident is found by its relation. A row
that cannot move, because the kept person has one like it (both were ticked at one open day), is set aside with all it
held where its month is open, and stays with the alias where it was sent.
"""

import json
from collections.abc import Iterator
from datetime import date

from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from services.areas import clock
from services.audit.actions import Verb, note
from services.posyandu.actions import MonthLocked, hold_month_open
from services.web.refusals import Refusal

from ..fields import claim_hash
from ..models import Merge, Residency, Resident

# These have rules of their own: residencies below, and aliases and merges which tell the story itself.
NOT_MOVED = {Residency, Resident, Merge}


@transaction.atomic
def merge_residents(*, kept: Resident, gone: Resident, by) -> Merge:
    """Make `gone` an alias of `kept`. Raises Refusal for one and the same, and for what is an alias already."""
    _check_pair(kept, gone)
    today = _hold_months(kept, gone)
    moved: dict = {"rows": {}, "set_aside": [], "stays": {}, "residencies": _join_residencies(kept, gone, today)}
    for model, column in relations():
        _move_rows(model, column, kept, gone, moved)
    moved["children"] = [str(child.pk) for child in gone.children.all()]
    gone.children.update(mother=kept)
    moved["filled"] = _fill_gaps(kept, gone)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    merge = Merge.objects.create(kept=kept, gone=gone, moved=moved, merged_by=by)
    note(by=by, verb=Verb.UPDATE, on=kept, place=_place(kept), changed=("merged",), gabung=str(gone.pk))
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, by) -> Merge:
    """Two people after all: what came from the other goes back. What was added since the merge stays with the kept one.

    Raises Refusal when it was undone already, or the kept entry was itself merged afterwards.
    """
    kept, gone = merge.kept, merge.gone
    if merge.undone_at is not None:
        raise Refusal("Penggabungan ini sudah dibatalkan.")
    if kept.merged_into_id is not None:
        raise Refusal("Batalkan dulu penggabungan yang lebih baru dari orang ini.")
    _hold_months(kept, gone)
    _take_back_filled(kept, merge.moved["filled"])
    _part_residencies(kept, gone, merge.moved["residencies"])
    for label, columns in merge.moved["rows"].items():
        model = next(model for model, _ in relations() if model._meta.label_lower == label)
        for column, ids in columns.items():
            all_rows(model).filter(pk__in=ids, **{column: kept}).update(**{column: gone})
    for row in serializers.deserialize("python", merge.moved["set_aside"]):
        row.save()
    kept.children.filter(pk__in=merge.moved.get("children", [])).update(mother=gone)
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    note(by=by, verb=Verb.UPDATE, on=kept, place=_place(kept), changed=("merged",), batal=str(gone.pk))
    return merge


def _check_pair(kept: Resident, gone: Resident) -> None:
    if kept.pk == gone.pk:
        raise Refusal("Pilih dua catatan yang berbeda.", status=422, field="other")
    if kept.merged_into_id or gone.merged_into_id:
        raise Refusal("Salah satu catatan ini sudah digabung. Buka lagi dari daftar warga.")


def all_rows(model):
    return model.objects.unscoped(reason="rows of two entries that were reached in scope and are one person")


def _residencies(resident: Resident):
    return all_rows(Residency).filter(resident=resident).select_related("posyandu")


def _place(resident: Resident) -> str:
    latest = _residencies(resident).order_by("from_date").last()
    return latest.posyandu.path if latest else ""


def _hold_months(*people: Resident) -> date:
    """Both entries' months of today must be open, as for every dated action."""
    today = clock.today()
    for person in people:
        for residency in _residencies(person).filter(to_date__isnull=True):
            today = clock.today(residency.posyandu.area_id)
            hold_month_open(posyandu_id=residency.posyandu_id, day=today)
    return today


def relations() -> Iterator[tuple[type[models.Model], str]]:
    """Every table and column that points at a resident, the hidden ones too, but not the tables of history."""
    for relation in Resident._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)):
            continue
        model = relation.related_model
        if model not in NOT_MOVED and not hasattr(model, "history_object"):
            yield model, relation.field.name


def _move_rows(model, column: str, kept: Resident, gone: Resident, moved: dict) -> None:
    rows = all_rows(model)
    label = model._meta.label_lower
    for row in rows.filter(**{column: gone}):
        try:
            with transaction.atomic():
                rows.filter(pk=row.pk).update(**{column: kept})
        except IntegrityError:
            _set_aside(row, moved)
        else:
            moved["rows"].setdefault(label, {}).setdefault(column, []).append(str(row.pk))


def _set_aside(row, moved: dict) -> None:
    """The kept person has a row like this. Take it out and keep all it held; in a month that was sent, leave it."""
    try:
        _hold_month_of(row)
    except MonthLocked:
        may_go = False
    else:
        may_go = not _has_children(row)
    if may_go:
        moved["set_aside"] += _as_plain(row)
        row.delete()
    else:
        moved["stays"].setdefault(row._meta.label_lower, []).append(str(row.pk))


def _hold_month_of(row) -> None:
    encounter = getattr(row, "encounter", None)
    if encounter is not None:
        hold_month_open(posyandu_id=encounter.posyandu_id, day=encounter.date)


def _has_children(row) -> bool:
    relations = [relation for relation in row._meta.related_objects if relation.one_to_many]
    return any(getattr(row, relation.get_accessor_name()).exists() for relation in relations)


def _as_plain(row) -> list[dict]:
    """The row as JSON can hold it and `deserialize` reads it back."""
    return json.loads(serializers.serialize("json", [row]))


def _join_residencies(kept: Resident, gone: Resident, today: date) -> dict:
    """What the other lived through becomes the kept one's where it does not overlap; her second open home ends today.

    At the post where both were registered, the kept residency reaches back to the earlier start.
    """
    done: dict = {"given": [], "ended": [], "stretched": {}}
    own = list(_residencies(kept).filter(kind=Residency.Kind.RESIDENT))
    for row in _residencies(gone):
        if row.kind == Residency.Kind.GUEST or not any(_overlap(row, mine) for mine in own):
            row.resident = kept
            row.save(update_fields=["resident"])
            done["given"].append(str(row.pk))
        elif row.to_date is None:
            _stretch(row, own, done)
            row.to_date, row.ended = max(today, row.from_date), Residency.Ended.MERGED
            row.save(update_fields=["to_date", "ended"])
            done["ended"].append(str(row.pk))
    return done


def _overlap(first: Residency, second: Residency) -> bool:
    if first.to_date is None and second.to_date is None:
        return True
    begins_before = second.to_date is None or first.from_date < second.to_date
    return begins_before and (first.to_date is None or second.from_date < first.to_date)


def _stretch(row: Residency, own: list[Residency], done: dict) -> None:
    same = [mine for mine in own if mine.to_date is None and mine.posyandu_id == row.posyandu_id]
    for mine in same:
        if row.from_date < mine.from_date:
            done["stretched"][str(mine.pk)] = mine.from_date.isoformat()
            mine.from_date = row.from_date
            mine.save(update_fields=["from_date"])


def _part_residencies(kept: Resident, gone: Resident, done: dict) -> None:
    _residencies(kept).filter(pk__in=done["given"]).update(resident=gone)
    _residencies(gone).filter(pk__in=done["ended"]).update(to_date=None, ended="")
    for pk, from_date in done["stretched"].items():
        _residencies(kept).filter(pk=pk).update(from_date=date.fromisoformat(from_date))


FILLED = ("mother_name", "phone", "birth_weight_g", "birth_length_mm")


def _fill_gaps(kept: Resident, gone: Resident) -> list[str]:
    """What only the other entry knew, its NIK among it; the other keeps its own copy, so it can be taken back."""
    filled = [name for name in FILLED if not getattr(kept, name) and getattr(gone, name)]
    for name in filled:
        setattr(kept, name, getattr(gone, name))
    if gone.nik and not kept.nik:
        kept.nik = gone.nik
        filled.append("nik")
        _claim_again(kept)
    if filled:
        kept.save(update_fields=[*filled, "nik_hash"] if "nik" in filled else filled)
    return filled


def _take_back_filled(kept: Resident, filled: list[str]) -> None:
    for name in filled:
        setattr(kept, name, None if name.startswith("birth_") else "")
    if "nik" in filled:
        _claim_again(kept)
    if filled:
        kept.save(update_fields=[*filled, "nik_hash"] if "nik" in filled else filled)


def _claim_again(kept: Resident) -> None:
    for row in _residencies(kept).filter(to_date__isnull=True, kind=Residency.Kind.RESIDENT):
        row.nik_claim = claim_hash(kept.nik, row.posyandu.area_id)
        row.save(update_fields=["nik_claim"])
