from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from services.areas.access import Permission, requires
from services.records.actions import unmark_present
from services.residents.models import Resident
from services.web.submissions import Receipt
from services.web.views import page, respond

from .. import actions, queries
from ..forms import GuestForm
from .days import day_url, the_day


@requires(Permission.RECORD)
def day_detail(request, day_id):
    day = the_day(request, day_id)
    tab, text = request.GET.get("tab", "semua"), request.GET.get("cari", "")[:60]
    roster = queries.roster(day, request.scope, tab=tab, text=text, page=request.GET.get("page", 1))
    others = queries.find_in_area(day, request.scope, text) if text and not roster.rows else []
    context = {"day": day, "roster": roster, "others": others, "tab": roster.tab}
    context["counts"], context["tabs"] = roster.counts, _tabs(roster.counts)
    context["may_close"] = request.access.may(Permission.CLOSE_DAY)
    context["tap"] = f"{reverse('open_days:attendance_edit', args=[day.pk])}?{request.GET.urlencode()}".rstrip("?")
    context["told"] = queries.results_told(day, request.scope, request.GET.get("sesudah", ""))
    part = "#list" if request.htmx else ""
    return render(request, f"open_days/day_detail.html{part}", context)


def _tabs(counts: queries.Counts) -> list[tuple[str, str, int]]:
    labels = {"semua": "Semua", "belum": "Belum", "hadir": "Dilayani", "selesai": "Selesai"}
    return [(key, labels[key], counts.of(key)) for key in queries.TABS]


@require_POST
@requires(Permission.RECORD)
def attendance_edit(request, day_id):
    """One tap: this person came (or, with `batal`, did not). No key: it is idempotent by day and resident."""
    day = the_day(request, day_id)
    undo = "batal" in request.POST
    resident = _resident(request, request.POST.get("batal" if undo else "hadir", ""))
    if undo:
        unmark_present(encounter=day.encounter, resident_id=resident.pk, by=request.user)
    else:
        actions.tick(open_day=day, resident=resident, by=request.user)
    if not request.htmx:
        return redirect(f"{day_url(day)}?{request.GET.urlencode()}")
    row, counts = queries.one_row(day, resident.pk, request.scope)
    context = {"day": day, "row": row, "counts": counts, "tabs": _tabs(counts)}
    context |= {"tab": request.GET.get("tab", "semua"), "tap": request.get_full_path()}
    return render(request, "open_days/day_detail.html#row", context)


@requires(Permission.RECORD)
def guest_new(request, day_id):
    day = the_day(request, day_id)
    form = GuestForm(request.POST or None, today=day.date)
    if request.method == "POST":
        return respond(request, form, lambda: _guest(day, form, request), "open_days/guest_new.html", {"day": day})
    return page(request, "open_days/guest_new.html", {"day": day, "form": form})


def _guest(day, form: GuestForm, request) -> Receipt:
    guest = actions.serve_guest(open_day=day, by=request.user, **form.facts)
    return Receipt(day_url(day), f"{guest.name} ditandai hadir")


@require_POST
@requires(Permission.RECORD)
def person_invite(request, day_id, resident_id):
    day = the_day(request, day_id)
    actions.invite(open_day=day, resident=_resident(request, resident_id), by=request.user)
    return redirect(day_url(day))


def _resident(request, resident_id) -> Resident:
    try:
        return get_object_or_404(Resident.objects.within(request.scope), pk=resident_id)
    except ValidationError as error:  # a tampered id is nobody's
        raise Http404 from error
