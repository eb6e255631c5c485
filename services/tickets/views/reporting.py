"""The kader's way in: what, where, who; photos, papers, neighbours."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.fields import registry
from services.files.actions import note_opened
from services.files.views import photo_response
from services.records.models import Record
from services.residents.models import Household, Resident
from services.residents.queries import household_members, search
from services.web.rules import short_date_text
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import add_photo, change_ticket, join_ticket, open_ticket
from ..forms import EditForm, JoinForm, PapersForm, PhotoForm, ReporterForm, TicketForm
from ..models import Photo, Ticket
from ..queries import alike, kinds_of, papers_of, parties_of
from ..rules import POSYANDU, words_found
from .fetching import posts_of, ticket_or_404

PREFILLED = {"jenis": "request_type", "mau": "kind", "uraian": "description", "tempat": "place"}
LONGEST_DESCRIPTION = 1500


@requires(Permission.REPORT_TICKET)
def ticket_new(request):
    """First the field (six large choices), then what, where and who. A finding opens it prefilled."""
    field = request.GET.get("bidang", "")
    fields = [one for one in registry.FIELDS if request.scope.fields is None or one.key in request.scope.fields]
    chosen = next((one for one in fields if one.key == field), None)
    if chosen is None:
        return page(request, "tickets/ticket_new.html", {"fields": fields, "query": _rest_of(request)})
    posts = list(posts_of(request)[:200])
    if not posts:
        raise Http404
    household = _household(request)
    form = TicketForm(
        request.POST or None,
        request.FILES or None,
        kinds=kinds_of(posts[0].district_code, chosen.key),
        posts=[household.posyandu] if household else posts,
        posts_in_scope=posts_of(request),
        initial=_initial(request, household),
    )
    context = {"form": form, "chosen": chosen, "household": household}
    context["alike"] = alike(request.scope, posts, chosen.key, request.GET.get("jenis", ""))
    if request.method != "POST":
        return page(request, "tickets/ticket_new.html", context)

    def write():
        details = form.details()
        resident = _member(household, details["reporter_name"]) if household else None
        ticket = open_ticket(
            posyandu=form.post, field=chosen.key, household=household, resident=resident, by=request.user, **details
        )
        return _receipt(ticket, "Laporan warga dicatat")

    return respond(request, form, write, "tickets/ticket_new.html", context)


def _rest_of(request) -> str:
    """What a link prefilled stays with whoever chooses the field."""
    rest = request.GET.copy()
    rest.pop("bidang", None)
    return rest.urlencode()


def _household(request) -> Household | None:
    wanted = request.GET.get("household", "")
    if not wanted:
        return None
    homes = Household.objects.within(request.scope).select_related("posyandu")
    return get_object_or_404(homes, pk=_as_id(wanted))


def _member(household: Household, name: str) -> Resident | None:
    """Who of the house reports, when the name is hers alone: sex and NIK come from the register then."""
    living = household_members(household, clock.today(household.posyandu.area_id))
    same = [row.resident for row in living if row.resident.name.casefold() == name.strip().casefold()]
    return same[0] if len(same) == 1 else None


def _as_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _initial(request, household: Household | None) -> dict:
    initial = {column: request.GET[name] for name, column in PREFILLED.items() if name in request.GET}
    if "isian" in request.GET:
        initial.setdefault("description", _words_of(request))
    if household:
        initial.setdefault("reporter_name", household.head_name)
        where = (("", household.dusun), ("RT ", household.rt), ("RW ", household.rw))
        initial.setdefault("place", ", ".join(word + part for word, part in where if part))
    return initial


def _words_of(request) -> str:
    """What the record of an activity or thing says that it found."""
    record = get_object_or_404(Record.objects.within(request.scope), pk=_as_id(request.GET["isian"]))
    return words_found(record.form, record.answers)[:LONGEST_DESCRIPTION]


def _receipt(ticket: Ticket, message: str) -> Receipt:
    return Receipt(reverse("tickets:ticket_detail", args=[ticket.pk]), message, number=ticket.number)


@requires(Permission.COMPLETE_TICKET)
def ticket_edit(request, ticket_id):
    """The posyandu or the desa completes what the ticket says; an office answers it, and changes no word of it."""
    ticket = ticket_or_404(request, ticket_id)
    form = EditForm(
        request.POST or None,
        instance=ticket,
        kinds=kinds_of(ticket.district_id, ticket.field),
        knows_name=_knows_name(ticket, request),
    )
    context = {"ticket": ticket}
    if request.method != "POST":
        return page(request, "tickets/ticket_edit.html", {**context, "form": form})

    def write():
        change_ticket(ticket=ticket, by=request.user, **form.cleaned_data)
        return _receipt(ticket, "Laporan dilengkapi")

    return respond(request, form, write, "tickets/ticket_edit.html", context)


def _knows_name(ticket: Ticket, request) -> bool:
    return not ticket.name_withheld or POSYANDU in parties_of(ticket, request.access)


MOST_PEOPLE = 20


@requires(Permission.REPORT_TICKET)
def reporter_edit(request, ticket_id):
    """Who of the register reported: sex, address and NIK come from there, so nobody asks for them twice."""
    ticket = ticket_or_404(request, ticket_id)
    if ticket.is_confidential:
        raise Http404
    text = request.GET.get("cari", ticket.reporter_name)[:60]
    found = search(request.scope, text, clock.today(ticket.posyandu.area_id)) if text.strip() else []
    people = {str(one.pk): one for one in (*found[:MOST_PEOPLE], *([ticket.resident] if ticket.resident else []))}
    choices = [(key, f"{one.name}, lahir {short_date_text(one.birth_date)}") for key, one in people.items()]
    form = ReporterForm(request.POST or None, people=choices, initial={"resident": str(ticket.resident_id or "")})
    context = {"ticket": ticket, "text": text, "found": len(people)}
    if request.method != "POST":
        return page(request, "tickets/reporter_edit.html", {**context, "form": form})

    def write():
        resident = people.get(form.cleaned_data["resident"])
        name = {"reporter_name": resident.name} if resident and not ticket.reporter_name else {}
        change_ticket(ticket=ticket, by=request.user, resident=resident, **name)
        return _receipt(ticket, "Pelapor dicatat")

    return respond(request, form, write, "tickets/reporter_edit.html", context)


@requires(Permission.WORK_TICKET)
def papers_edit(request, ticket_id):
    ticket = ticket_or_404(request, ticket_id)
    papers = papers_of(ticket)
    form = PapersForm(request.POST or None, papers=papers, initial={"papers": ticket.papers_ready})
    context = {"ticket": ticket}
    if request.method != "POST":
        return page(request, "tickets/papers_edit.html", {**context, "form": form})

    def write():
        change_ticket(ticket=ticket, by=request.user, papers_ready=form.cleaned_data["papers"])
        return _receipt(ticket, "Berkas dicatat")

    return respond(request, form, write, "tickets/papers_edit.html", context)


@requires(Permission.REPORT_TICKET)
def ticket_join(request, ticket_id):
    """A neighbour reports the same; of a confidential ticket nobody hears."""
    ticket = ticket_or_404(request, ticket_id)
    if ticket.is_confidential:
        raise Http404
    form = JoinForm(request.POST or None)
    context = {"ticket": ticket}
    if request.method != "POST":
        return page(request, "tickets/ticket_join.html", {**context, "form": form})

    def write():
        join_ticket(ticket=ticket, by=request.user, **form.cleaned_data)
        return _receipt(ticket, "Tetangga ikut melapor")

    return respond(request, form, write, "tickets/ticket_join.html", context)


@requires(Permission.WORK_TICKET)
def photo_new(request, ticket_id):
    ticket = ticket_or_404(request, ticket_id)
    form = PhotoForm(request.POST or None, request.FILES or None)
    context = {"ticket": ticket}
    if request.method != "POST":
        return page(request, "tickets/photo_new.html", {**context, "form": form})

    def write():
        add_photo(ticket=ticket, upload=form.cleaned_data["photo"], by=request.user)
        return _receipt(ticket, "Foto tersimpan")

    return respond(request, form, write, "tickets/photo_new.html", context)


@requires(Permission.WORK_TICKET)
def photo_detail(request, ticket_id, photo_id):
    """The photo itself, for whoever works on its ticket."""
    ticket = ticket_or_404(request, ticket_id)
    photos = Photo.objects.within(request.scope).select_related("attachment__posyandu")
    photo = get_object_or_404(photos, pk=photo_id, ticket=ticket)
    note_opened(attachment=photo.attachment, by=request.user, confidential=ticket.is_confidential)
    return photo_response(photo.attachment)
