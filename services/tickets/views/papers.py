"""Papers: the citizen's slip, the register of a field, and lists for those who plan."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.fields import registry
from services.posyandu.models import Posyandu
from services.posyandu.rules import month_from
from services.records.models import Record
from services.web.refusals import Refusal
from services.web.rules import number_text, short_date_text

from ..actions import note_taken
from ..models import Ticket
from ..queries import (
    aspiration_table,
    aspirations,
    finding_table,
    form_table,
    found,
    participants_tables,
    places_of,
    planning_scope,
    register_table,
    register_tickets,
)
from ..resources import Document, slip_pdf, table_pdf, table_xlsx
from ..rules import FINDINGS, STATE_LABELS, code_text, finding
from .fetching import place_of, posts_of, ticket_or_404

# Rows on a page, which says how many there are in all; and in a workbook, which holds them all.
SHOWN = 500
MOST_ROWS = 50_000


@requires(Permission.REPORT_TICKET)
def ticket_slip_download(request, ticket_id):
    """A6, to be folded and kept; there is none of a confidential ticket."""
    ticket = ticket_or_404(request, ticket_id)
    if ticket.is_confidential:
        raise Refusal("Laporan terbatas tidak dicetak, supaya pelapor aman.")
    note_taken(by=request.user, what=Ticket, place=ticket.posyandu.path, nomor=ticket.number)
    address = request.build_absolute_uri(reverse("tickets:ticket_track", args=[ticket.code]))
    facts = [
        ("Tentang", f"{registry.field(ticket.field).short_label}: {ticket.about}"),
        ("Jenis", ticket.get_kind_display()),
        ("Diterima", short_date_text(ticket.received_on)),
        ("Di", str(ticket.posyandu)),
        ("Keadaan", STATE_LABELS[ticket.state]),
    ]
    name = f"tanda-terima-{ticket.number.lower()}.pdf"
    return _download(
        slip_pdf(number=ticket.number, facts=facts, code=code_text(ticket.code), address=address, filename=name)
    )


@requires(Permission.REPORT_TICKET)
def register_list(request):
    """Format Pencatatan of a month: each field as PDF and XLSX."""
    posts = list(posts_of(request)[:200])
    post = next((one for one in posts if str(one.pk) == request.GET.get("posyandu")), posts[0] if posts else None)
    if post is None:
        raise Http404
    current = clock.month_of(clock.today(post.area_id))
    month = min(month_from(request.GET.get("bulan", "")) or current, current)
    fields = [one for one in registry.FIELDS if request.scope.fields is None or one.key in request.scope.fields]
    context = {"posts": posts, "post": post, "month": month, "fields": fields}
    context |= {"before": clock.previous_month(month), "after": clock.next_month(month) if month < current else None}
    return render(request, "tickets/register_list.html", context)


@requires(Permission.REPORT_TICKET)
def register_download(request, posyandu_id, field):
    """Format Pencatatan SPM of a field for a month, filled; the rest of its ten rows is for the pen."""
    posts = Posyandu.objects.within(request.scope).select_related("area__parent__parent")
    post = get_object_or_404(posts, pk=posyandu_id)
    if field not in {one.key for one in registry.FIELDS}:
        raise Http404
    today = clock.today(post.area_id)
    month = month_from(request.GET.get("bulan", "")) or clock.month_of(today)
    tickets = register_tickets(request.scope, field, month, clock.last_day(month)).filter(posyandu=post)
    if request.GET.get("formulir") == "kosong":
        return _download(table_pdf(form_table(post, field, ()), f"formulir-laporan-{field}-kosong-{post.path}.pdf"))
    names = request.access.scope(Permission.SEE_NAMES)
    named = participants_tables(post, field, month, names) if names else ()
    table = register_table(post, field, month, tickets, also=named)
    people = sum(len(one.rows) for one in named)
    note_taken(by=request.user, what=Ticket, place=post.path, bidang=field, bulan=f"{month:%Y-%m}", peserta=people)
    name = f"format-pencatatan-{field}-{month:%Y-%m}-{post.path}"
    if request.GET.get("formulir"):
        rows = tickets.select_related("created_by").prefetch_related("photos")
        table, name = form_table(post, field, rows, month), f"formulir-laporan-{field}-{month:%Y-%m}-{post.path}"
    return _download(_as_asked(request, table, name))


def _as_asked(request, table, name: str) -> Document:
    if request.GET.get("bentuk") == "xlsx":
        return table_xlsx(table, f"{name}.xlsx")
    return table_pdf(table, f"{name}.pdf")


@requires(Permission.SEE_FINDINGS)
def finding_list(request):
    """What forms found, by desa and posyandu: first what is looked for and what for, then the list."""
    chosen, purpose = finding(request.GET.get("temuan", "")), request.GET.get("tujuan", "").strip()
    scope = planning_scope(request.scope)
    offered = [one for one in FINDINGS if scope.fields is None or one.field in scope.fields]
    table, total = None, 0
    if chosen in offered and purpose:
        code = place_of(request)
        note_taken(by=request.user, what=Record, place=code, reason=purpose, temuan=chosen.key)
        today = clock.today(code)
        records = found(chosen, scope, today, request.GET.get("tempat", ""))
        total = records.count()
        table = finding_table(chosen, records[:SHOWN], purpose, today, total=total)
    context = {"offered": offered, "chosen": chosen, "purpose": purpose, "table": table, "total": total}
    context["places"] = places_of(request.scope, request.GET.get("tempat", ""))
    return render(request, "tickets/finding_list.html", context)


@requires(Permission.SEE_FINDINGS)
def finding_list_download(request):
    chosen, purpose = finding(request.GET.get("temuan", "")), request.GET.get("tujuan", "").strip()
    scope = planning_scope(request.scope)
    if chosen is None or (scope.fields is not None and chosen.field not in scope.fields):
        raise Http404
    if not purpose:
        raise Refusal("Tulis dulu untuk apa daftar ini dipakai.", status=422)
    code = place_of(request)
    note_taken(by=request.user, what=Record, place=code, reason=purpose, temuan=chosen.key)
    records = found(chosen, scope, clock.today(code), request.GET.get("tempat", ""))
    total = _not_too_many(records.count())
    table = finding_table(chosen, records, purpose, clock.today(code), total=total)
    return _download(table_xlsx(table, f"temuan-{chosen.key}.xlsx"))


@requires(Permission.SEE_FINDINGS)
def aspiration_list(request):
    """What people wish for, for Musrenbang."""
    year = _year(request)
    wishes = aspirations(request.scope, year)
    total = wishes.count()
    table = aspiration_table(wishes[:SHOWN], year, "", total=total)
    context = {"table": table, "total": total, "year": year, "before": year - 1}
    return render(request, "tickets/aspiration_list.html", context)


@requires(Permission.SEE_FINDINGS)
def aspiration_list_download(request):
    year = _year(request)
    wishes = aspirations(request.scope, year)
    table = aspiration_table(wishes, year, "", total=_not_too_many(wishes.count()))
    note_taken(by=request.user, what=Ticket, place=place_of(request), reason="Musrenbang", tahun=year)
    return _download(table_xlsx(table, f"aspirasi-{year}.xlsx"))


def _not_too_many(total: int) -> int:
    """A list is never cut in silence: one that is too long for a workbook is asked for in parts."""
    if total > MOST_ROWS:
        many = f"{number_text(total)} baris, lebih dari {number_text(MOST_ROWS)}"
        raise Refusal(f"Daftar ini {many}. Pilih satu tempat dulu, lalu unduh tiap tempat.", status=422)
    return total


def _year(request) -> int:
    typed = request.GET.get("tahun", "")
    return int(typed) if typed.isdigit() and 2020 <= int(typed) <= 2100 else clock.today(place_of(request)).year


def _download(document: Document) -> HttpResponse:
    response = HttpResponse(document.content, content_type=document.content_type)
    response["Content-Disposition"] = f'attachment; filename="{document.filename}"'
    response["Cache-Control"] = "no-store"
    return response
