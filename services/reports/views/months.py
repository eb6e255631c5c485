"""The page "Bulan ini": of a posyandu what is missing and where its month stands, of an area its posts."""

from django.shortcuts import render
from django.utils import timezone

from services.areas import clock
from services.areas.access import Permission, requires
from services.areas.scope import Scope
from services.posyandu.actions import MonthLocked
from services.posyandu.models import Correction, Posyandu
from services.web.rules import month_text, short_date_text
from services.web.views import page

from ..actions import NarrativeChanged, save_narrative, sign_of
from ..forms import NarrativeForm
from ..models import MonthNarrative
from ..monthly import month_figures
from ..queries.checks import checks_of, disagreements, oddities_of
from ..queries.months import (
    by_area,
    held_by,
    month_row,
    month_rows_of,
    moves_at,
    waiting_corrections,
    why_not_owed,
)
from ..queries.rows import shown_row
from ..queries.scans import papers_of
from ..rules import ABOVE, OPEN, State, message_to_act, message_to_decide
from ..sources.narrative import narrative_at, narrative_of
from .fetching import begun, post_and_month
from .stepping import answer_step, frame, moved

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
    odd = oddities_of(request.scope, request.access, month)
    rows = month_rows_of(request.scope, request.access, month, oddities=odd, part=part)
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
        "corrections": waiting_corrections(request.scope, request.access),
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
    proposed = [each for each in corrections if each.state == Correction.State.PROPOSED]
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
        "proposed": proposed,
        "papers": papers_of(post.pk, month, request.scope),
        "messages_to_send": list(_messages(post, row, told, proposed)),
        "not_owed": "" if row.is_live else why_not_owed(post, month),
        "is_opened": bool(row.period and row.is_sent and row.period.is_open(timezone.now())),
        "is_sent": row.is_sent,
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
        found = [*found, *disagreements(month_figures(post.path, month, scope=None), post.path, month)]
    return found


def _messages(post, row, told, proposed):
    """The ready messages for whoever must act: the month's holder, and who decides on a proposal."""
    name, month = str(post), month_text(row.month)
    if proposed:
        yield message_to_decide(row.holder, name, month, [each.what for each in proposed])
    if row.state == State.FINAL or not row.is_live or clock.last_day(row.month) >= clock.today(post.area_id):
        return
    note = told.note if told and row.state == State.RETURNED else ""
    yield message_to_act(row.holder, name, month, short_date_text(row.due), note)


@requires(Permission.SUBMIT_MONTH)
def narrative_edit(request, posyandu, month):
    """Obstacles, plan, proposals and equipment of an open month. Of two who write, each sees the other's words."""
    post, month = post_and_month(request, posyandu, month)
    found, period = narrative_at(post, month) or MonthNarrative(), month_row(post, request.access, month).period
    form = NarrativeForm(request.POST or None, instance=found, initial={"seen": sign_of(found)})

    def save():
        try:
            save_narrative(posyandu=post, month=month, by=request.user, **form.cleaned_data)
        except NarrativeChanged as changed:
            form.see(changed.seen)
            raise
        return moved(post, month, "Uraian tersimpan")

    why = "" if period is None or period.is_open(timezone.now()) else MonthLocked(period).message
    return answer_step(
        request, form, save, "reports/narrative_edit.html", frame(post, month), title="Uraian laporan", why=why
    )
