"""Taking away what is past its time, in small transactions, each kind with a note of how many. No frozen figure moves.

It can stop anywhere and go on the next day; a second run finds nothing.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import TruncMonth

from services.audit.actions import Verb, note
from services.audit.models import Entry
from services.fields import registry
from services.fields.spec import Kind as QuestionKind
from services.files.models import Attachment
from services.follow_ups.models import Referral
from services.home_visits.models import HomeVisit
from services.records.models import Record
from services.residents.models import Consent, Household, Merge, Residency, Resident, WatchedCondition
from services.tickets.models import Joiner, Ticket, Transition
from services.web.ids import uuid7

from ..keeping.periods import districts_here
from ..queries.outdated import GONE_NAME, KINDS, RETIRED, TICKET_TEXTS, Kind, find, holders, rows_of

BATCH = 500
TEXTS = frozenset(
    question.key
    for spec in registry.FORMS
    for question in spec.questions
    if question.kind in (QuestionKind.TEXT, QuestionKind.LONG_TEXT)
)


def apply_retention(*, today: date, write: bool, by=None, tell: Callable[[Kind, int], None]) -> int:
    """Tell how much of each kind is past its time on a day, and take it away when told to `write`; how much in all."""
    districts, total = districts_here(), 0
    for kind in KINDS:
        count = 0
        for found in find(kind, today, districts):
            count += _take_away(kind, found) if write else _count(found)
        if write and count:
            note(by=by, verb=Verb.DELETE, on=Entry, masa_simpan=kind.key, jumlah=count)
        tell(kind, count)
        total += count
    return total


def _count(found) -> int:
    return found.count() if isinstance(found, QuerySet) else len(found)


def _take_away(kind: Kind, found) -> int:
    if not isinstance(found, QuerySet):
        for path in found:
            path.unlink(missing_ok=True)
        return len(found)
    count = 0
    for ids in _batches(found):
        with transaction.atomic():
            _WAYS.get(kind.key, _delete)(found.model, ids)
        count += len(ids)
    return count


def _batches(found: QuerySet) -> Iterator[list]:
    """The keys, some hundred at a time; what one batch took away is not found by the next."""
    last: list = []
    while ids := list(found.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        if ids == last:
            raise RuntimeError(f"{found.model.__name__}: what was taken away is still there")
        yield ids
        last = ids


def _delete(model, ids: list) -> None:
    rows_of(model).filter(pk__in=ids).delete()


def _delete_answers(model, ids: list) -> None:
    """Records with what their history remembers of them, the deletion itself included."""
    _delete(Record, ids)
    Record.history.filter(id__in=ids).delete()


def _delete_photos(model, ids: list) -> None:
    for holder, column, may_be_empty in holders():
        rows = rows_of(holder).filter(**{f"{column}__in": ids})
        if may_be_empty:
            rows.update(**{column: None})
        else:
            rows.delete()
    names = list(rows_of(Attachment).filter(pk__in=ids).values_list("name", flat=True))
    _delete(Attachment, ids)
    transaction.on_commit(lambda: [(Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True) for name in names])


def _retire_codes(model, ids: list) -> None:
    """The slip in somebody's drawer leads nowhere any more."""
    rows = [Ticket(pk=pk, code=f"{RETIRED}{uuid7().hex[-12:]}") for pk in ids]
    rows_of(Ticket).bulk_update(rows, ["code"])


def _clear_tickets(model, ids: list) -> None:
    """Who, where and what go; number, kind, field, states and dates stay, so that counts stay."""
    empty = dict.fromkeys(TICKET_TEXTS, "")
    rows_of(Ticket).filter(pk__in=ids).update(**empty, latitude=None, longitude=None, resident=None, household=None)
    rows_of(Joiner).filter(ticket__in=ids).delete()
    rows_of(Transition).filter(ticket__in=ids).update(note="")


def _clear_people(model, ids: list) -> None:
    """Name, numbers, exact birth date, free texts and history go; what she was counted in stays, without her."""
    people = [*ids, *rows_of(Resident).filter(merged_into__in=ids).values_list("pk", flat=True)]
    lived = rows_of(Residency).filter(resident__in=people)
    homes = list(lived.filter(household__isnull=False).values_list("household", flat=True))
    rows_of(Resident).filter(pk__in=people).update(
        name=GONE_NAME, name_key="", nik="", nik_hash=None, nik_to_match=False, mother_name="", phone="",
        may_message=False, birth_date=TruncMonth("birth_date"),
    )  # fmt: skip
    lived.update(destination="", end_reason="", nik_claim=None)
    rows_of(HomeVisit).filter(resident__in=people).update(note="")
    rows_of(Referral).filter(resident__in=people).update(reason="", feedback="")
    for gone in (Consent, WatchedCondition):
        rows_of(gone).filter(resident__in=people).delete()
    rows_of(Merge).filter(kept__in=people).delete()
    Resident.history.filter(id__in=people).delete()
    _blank_texts(rows_of(Record).filter(resident__in=people))
    Record.history.filter(resident_id__in=people).delete()
    _clear_households(homes)


def _blank_texts(records: QuerySet) -> None:
    """Answers in free words, which may name anybody."""
    named = [record for record in records.only("pk", "answers") if TEXTS & record.answers.keys()]
    for record in named:
        record.answers = {key: value for key, value in record.answers.items() if key not in TEXTS}
    rows_of(Record).bulk_update(named, ["answers"], batch_size=BATCH)


def _clear_households(ids: list) -> None:
    """A household in which nobody is left by name."""
    known = rows_of(Residency).filter(household__in=ids).exclude(resident__name=GONE_NAME).values("household")
    empty = list(rows_of(Household).filter(pk__in=ids).exclude(pk__in=known).values_list("pk", flat=True))
    rows_of(Household).filter(pk__in=empty).update(
        head_name=GONE_NAME, no_kk="", no_kk_hash=None, kk_claim=None, no_kk_to_match=False, address="", phone=""
    )
    rows_of(HomeVisit).filter(household__in=empty).update(note="")
    Household.history.filter(id__in=empty).delete()
    _blank_texts(rows_of(Record).filter(household__in=empty))
    Record.history.filter(household_id__in=empty).delete()


def _clear_visits(model, ids: list) -> None:
    """Notes and names go with what their history remembers; what was agreed, and whether it was done, stays."""
    rows_of(model).filter(pk__in=ids).update(notes="")
    points = rows_of(model._meta.get_field("points").related_model).filter(visit__in=ids)
    points.model.history.filter(visit_id__in=ids).delete()
    points.update(responsible="", done_note="")


def _clear_remarks(model, ids: list) -> None:
    rows_of(model).filter(pk__in=ids).update(note="")
    model.history.filter(id__in=ids).delete()


def _close_accounts(model, ids: list) -> None:
    """Nobody logs in or is called any more; the name stays beside what she wrote."""
    rows_of(model).filter(pk__in=ids).update(phone=None, pin="", password=make_password(None), is_active=False)


_WAYS = {
    "jawaban_tertutup": _delete_answers,
    "foto": _delete_photos,
    "foto_lepas": _delete_photos,
    "kode_lacak": _retire_codes,
    "laporan_warga": _clear_tickets,
    "warga": _clear_people,
    "pembinaan": _clear_visits,
    "periksa_ulang": _clear_remarks,
    "akun": _close_accounts,
}
