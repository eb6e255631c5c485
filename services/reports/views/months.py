"""The page "Bulan ini": of a posyandu what is missing and where its month stands, of an area its posts."""

from django.shortcuts import render

from services.areas import clock
from services.areas.access import Permission, requires
from services.areas.scope import Scope
from services.posyandu.models import Correction, Posyandu
from services.web.rules import month_text, short_date_text
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import save_narrative
from ..forms import NarrativeForm
from ..models import MonthNarrative
from ..monthly import month_figures
from ..queries.checks import checks_of, disagreements, words_of
from ..queries.months import by_area, held_by, month_row, month_rows_of, moves_at
from ..queries.rows import shown_row
from ..queries.scans import papers_of
from ..rules import ABOVE, OPEN, State, message_to_act
from ..sources.narrative import narrative_at, narrative_of
from .fetching import begun, month_url, post_and_month

MOST_ROWS = 40
MONTHS_OFFERED = 6
LENGTHS = {2: 3, 3: 4}  # parts of an area's code → parts of the code one level below


@requires(Permission.FOLLOW_MONTH)
def month_list(request):
    """The months of my places; whoever has one posyandu sees its month at once."""
    first = request.scope.areas[0] if request.scope.areas else ""
    closed = clock.previous_month(clock.month_of(clock.today(first)))
    month = begun(request.GET["bulan"], clock.today(first)) if request.GET.get("bulan") else None
    if not request.scope.areas and len(request.scope.posyandu) == 1:
        post = Posyandu.objects.within(request.scope).select_related("area").get()
        return _month_page(request, post, month or _waiting_month(post, request.access, closed))
    return _list_page(request, month or closed)


def _waiting_month(post, access, closed):
    """The last full month until it was sent, then the one that runs."""
    row = month_row(post, access, closed)
    return closed if row.is_live and row.state in OPEN else clock.next_month(closed)


def _list_page(request, month):
    part = request.GET.get("wilayah", "")
    checks = words_of(checks_of(request.scope, month)) if request.access.may(Permission.SEE_NAMES) else {}
    rows = month_rows_of(request.scope, request.access, month, oddities=checks, part=part)
    live = [row for row in rows if row.is_live]
    lines = [] if part or len(rows) <= MOST_ROWS else by_area(rows, _length(request.scope))
    context = {
        "month": month,
        "months": clock.months_back(clock.month_of(clock.today()), MONTHS_OFFERED)[::-1],
        "rows": [] if lines else rows,
        "lines": lines,
        "part": part,
        "bundled": part or next(iter(request.scope.areas), ""),
        "live": len(live),
        "sent": sum(row.state not in OPEN for row in live),
        "final": sum(row.state == State.FINAL for row in live),
        "mine": sum(row.is_mine for row in live),
        "ready": sum(row.is_ready for row in live),
        "provisional": any(row.state in OPEN or row.state != State.FINAL for row in live),
    }
    return page(request, "reports/month_list.html", context)


def _length(scope):
    return LENGTHS.get(min((len(code.split(".")) for code in scope.areas), default=3), 4)


@requires(Permission.FOLLOW_MONTH)
def month_detail(request, posyandu, month):
    """One posyandu's month: what is missing, the narrative, what happened to it, what to do next."""
    return _month_page(request, *post_and_month(request, posyandu, month))


def _month_page(request, post, month):
    names = request.access.scope(Permission.SEE_NAMES)
    sees_names = names is not None and post.pk in names.posyandu
    row = month_row(post, request.access, month)
    moves = moves_at(row.period, request.scope) if row.period else []
    corrections = (
        list(row.period.corrections.select_related("proposed_by", "decided_by").order_by("-proposed_at"))
        if moves
        else []
    )
    told = moves[0] if moves else None
    context = {
        "row": row,
        "post": post,
        "month": month,
        "checks": month_checks(post, month, row) if sees_names else [],
        "sees_names": sees_names,
        "may_mend": request.access.may(Permission.RECORD),
        "may_tell": request.access.may(Permission.SUBMIT_MONTH),
        "narrative": narrative_of(post, month),
        "moves": moves,
        "note": told if told and row.state == State.RETURNED else None,
        "noted_row": shown_row(told.row, names) if told and sees_names else None,
        "corrections": corrections,
        "proposed": [each for each in corrections if each.state == Correction.State.PROPOSED],
        "papers": papers_of(post.pk, month, request.scope),
        "message": _message(post, row, told),
        "is_sent": row.state not in OPEN,
        "holds": row.holder in ABOVE and _may_return(request, post, row),
        "previous": clock.previous_month(month),
        "following": clock.next_month(month) if month < clock.month_of(clock.today(post.area_id)) else None,
        "is_over": clock.last_day(month) < clock.today(post.area_id),
    }
    response = render(request, "reports/month_detail.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _may_return(request, post, row):
    return row.holder in held_by(request.access)(post.pk)


def month_checks(post, month, row):
    """What is missing or odd at one posyandu, and totals that disagree while its month is open."""
    found = checks_of(Scope(None, frozenset([post.pk])), month).get(post.pk, [])
    if row.state in OPEN:
        found = [*found, *disagreements(month_figures(post.path, month, scope=None))]
    return found


def _message(post, row, told):
    if row.state == State.DRAFT or row.state == State.FINAL:
        return ""
    note = told.note if told and row.state == State.RETURNED else ""
    due = short_date_text(row.due)
    return message_to_act(row.holder, str(post), month_text(row.month), due, note)


@requires(Permission.SUBMIT_MONTH)
def narrative_edit(request, posyandu, month):
    """Obstacles, plan, proposals and equipment of a month that is open."""
    post, month = post_and_month(request, posyandu, month)
    found = narrative_at(post, month) or MonthNarrative()
    form = NarrativeForm(request.POST or None, instance=found)

    def save():
        save_narrative(posyandu=post, month=month, by=request.user, **form.cleaned_data)
        return Receipt(location=month_url("month_detail", post, month), message="Uraian tersimpan")

    context = {"post": post, "month": month, "cancel": month_url("month_detail", post, month)}
    if request.method == "POST":
        return respond(request, form, save, "reports/narrative_edit.html", context)
    return page(request, "reports/narrative_edit.html", {**context, "form": form})
