import secrets
from datetime import date
from decimal import Decimal

from django.db import transaction

from services.areas import clock
from services.audit.actions import Verb, note
from services.files.actions import keep_photo
from services.posyandu.models import Posyandu
from services.web.refusals import Refusal

from ..models import Joiner, Photo, Serial, Ticket, Transition
from ..queries import kind_of, limits_at
from ..rules import POSYANDU, VILLAGE, new_code, opened, ticket_number

CONFIDENTIAL = "Laporan terbatas"
NO_SUCH_TYPE = "Pilih jenis laporan dari daftar."


@transaction.atomic
def open_ticket(
    *,
    posyandu: Posyandu,
    field: str,
    request_type: str,
    by,
    party: str = POSYANDU,
    photo=None,
    confidential: bool = False,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    **details,
) -> Ticket:
    """Take in a request, complaint or aspiration, with a number of the month on the district's own clock.

    `details` are columns of Ticket; of a confidential one `consent`, and `about_party` (Ticket.party) when the head or
    the ketua is a party. Raises Refusal (422) for an unknown type and BadImage for a photo; nothing is kept then.
    """
    district = posyandu.district_code
    kind = kind_of(district, field, request_type)
    if kind is None:
        raise Refusal(NO_SUCH_TYPE, status=422, field="request_type")
    today = clock.today(posyandu.area_id)
    started = opened(today, limits_at(district, today))
    ticket = Ticket(
        district_id=district,
        posyandu=posyandu,
        field=field,
        request_type=request_type,
        about=CONFIDENTIAL if confidential else kind.label,
        number=_private_number() if confidential else _next_number(district, field, today),
        code=None if confidential else new_code(secrets.choice),
        is_confidential=confidential,
        party=details.pop("about_party", ""),
        state="diajukan_desa" if party == VILLAGE else "didata",
        turn=party,
        moved_on=today,
        received_on=today,
        submitted_on=today if party == VILLAGE else None,
        clock_part=VILLAGE if party == VILLAGE else started.part,
        clock_since=today if party == VILLAGE else started.since,
        latitude=rounded(latitude),
        longitude=rounded(longitude),
        created_by=by,
        **details,
    )
    ticket.save(force_insert=True)
    Transition.objects.create(ticket=ticket, to_state=ticket.state, party=party, by=by, on=today)
    note(by=by, verb=Verb.CREATE, on=ticket, place=posyandu.path, confidential=confidential)
    if photo is not None:
        add_photo(ticket=ticket, upload=photo, by=by)
    return ticket


def rounded(degrees: Decimal | None) -> Decimal | None:
    """Five decimals of a degree are a metre; a phone sends fifteen."""
    return None if degrees is None else round(degrees, 5)


def _next_number(district: str, field: str, today: date) -> str:
    month = clock.month_of(today)
    Serial.objects.get_or_create(district_id=district, field=field, month=month)
    serial = Serial.objects.select_for_update().get(district_id=district, field=field, month=month)
    serial.last += 1
    serial.save(update_fields=["last"])
    return ticket_number(field, month, serial.last)


def _private_number() -> str:
    """Drawn, not counted: a gap in the series would show that there is a confidential ticket."""
    return f"SPM-R-{new_code(secrets.choice)}"


@transaction.atomic
def add_photo(*, ticket: Ticket, upload, by) -> Photo:
    """Add a photo to a ticket. Raises BadImage."""
    attachment = keep_photo(upload=upload, posyandu=ticket.posyandu, by=by, confidential=ticket.is_confidential)
    return Photo.objects.create(ticket=ticket, attachment=attachment)


@transaction.atomic
def join_ticket(*, ticket: Ticket, name: str, phone: str, by) -> Joiner:
    """A neighbour reports the same. Saying it twice is saying it once. Raises Refusal for a ticket that is over."""
    if ticket.is_final or ticket.is_confidential:
        raise Refusal("Laporan ini sudah ditutup. Catat laporan baru.")
    joiner, is_new = ticket.joiners.get_or_create(name=name.strip(), phone=phone, defaults={"added_by": by})
    if is_new:
        note(by=by, verb=Verb.CREATE, on=joiner, place=ticket.posyandu.path)
    return joiner


@transaction.atomic
def change_ticket(*, ticket: Ticket, by, **values) -> tuple[str, ...]:
    """Complete or correct what a ticket says; which columns changed. A closed one stays as it is."""
    mine = Ticket.objects.unscoped(reason="a ticket the caller reached in scope, locked for its change")
    current = mine.select_for_update(of=("self",)).get(pk=ticket.pk)
    if current.is_final:
        raise Refusal("Laporan ini sudah ditutup. Buka lagi dulu bila memang belum beres.")
    if "request_type" in values:
        kind = kind_of(current.district_id, current.field, values["request_type"])
        if kind is None:
            raise Refusal(NO_SUCH_TYPE, status=422, field="request_type")
        values["about"] = kind.label
    changed = tuple(name for name, value in values.items() if getattr(current, name) != value)
    for name in changed:
        setattr(current, name, values[name])
    if changed:
        current.save(update_fields=changed)
        _note_change(current, by, changed)
    return changed


def _note_change(ticket: Ticket, by, changed: tuple[str, ...]) -> None:
    confidential = ticket.is_confidential
    note(by=by, verb=Verb.UPDATE, on=ticket, place=ticket.posyandu.path, changed=changed, confidential=confidential)


@transaction.atomic
def mark_told(*, ticket: Ticket, by) -> None:
    """Whoever reported was told how it stands."""
    ticket.told_on = clock.today(ticket.posyandu.area_id)
    ticket.save(update_fields=["told_on"])
    _note_change(ticket, by, ("told_on",))


def note_opened(*, ticket: Ticket, by) -> None:
    """Each look at a confidential ticket is remembered."""
    if ticket.is_confidential:
        note(by=by, verb=Verb.VIEW, on=ticket, place=ticket.posyandu.path, confidential=True)


def note_taken(*, by, what: type, place: str, reason: str = "", **detail) -> None:
    """A list or slip with people in it was opened or taken away, and what for."""
    note(by=by, verb=Verb.DOWNLOAD, on=what, place=place, reason=reason, **detail)
