"""Corrections of a month that was sent: asked for, opened for a while, taken in or refused."""

from zoneinfo import ZoneInfo

from django.shortcuts import get_object_or_404

from services.areas import clock
from services.areas.access import Permission, requires
from services.areas.settings import TIME_ZONE, value_of
from services.posyandu.actions import propose_correction
from services.posyandu.models import Correction
from services.web.refusals import Refusal

from ..actions import accept_corrections, open_exception, refuse_correction
from ..forms import CorrectionForm, ExceptionForm, RefusalForm
from ..queries.months import held_by, month_row
from ..rules import NAMES, OPEN, why_not_opened
from .fetching import post_and_month
from .stepping import answer_step, frame, moved, sent_period


@requires(Permission.RETURN_MONTH)
def exception_new(request, posyandu, month):
    """A sent month is opened for a while, with a reason, by the level where it is."""
    post, month = post_and_month(request, posyandu, month)
    row = month_row(post, request.access, month)
    today = clock.today(post.area_id)
    form = ExceptionForm(request.POST or None, today=today)

    def open_up():
        period = sent_period(row)
        until = form.moment(ZoneInfo(value_of(TIME_ZONE, post.area_id, today)))
        held = held_by(request.access)(post.pk)
        reason = form.cleaned_data["reason"]
        open_exception(period_id=period.pk, until=until, reason=reason, by=request.user, held=held)
        return moved(post, month, "Bulan dibuka untuk koreksi")

    context = {**frame(post, month), "row": row, "who": NAMES[row.holder]}
    why = why_not_opened(row.state, row.holder, held_by(request.access)(post.pk))
    return answer_step(
        request, form, open_up, "reports/exception_new.html", context, title="Buka untuk koreksi", why=why
    )


@requires(Permission.SUBMIT_MONTH)
def correction_new(request, posyandu, month):
    """The ketua asks for a change of a month that was sent."""
    post, month = post_and_month(request, posyandu, month)
    form = CorrectionForm(request.POST or None)

    def propose():
        what = form.cleaned_data["what"]
        if propose_correction(posyandu_id=post.pk, month=month, what=what, by=request.user) is None:
            raise Refusal("Bulan ini masih terbuka. Ubah saja isiannya.")
        return moved(post, month, "Usul koreksi terkirim")

    is_open = month_row(post, request.access, month).state in OPEN
    why = "Laporan bulan ini belum dikirim. Ubah saja isiannya." if is_open else ""
    context, title = frame(post, month), "Usulkan koreksi"
    return answer_step(request, form, propose, "reports/correction_new.html", context, title=title, why=why)


@requires(Permission.RETURN_MONTH)
def correction_accept(request, posyandu, month):
    """What was corrected is counted again: after "final" as the next version, with its list of corrections."""
    post, month = post_and_month(request, posyandu, month)
    row = month_row(post, request.access, month)
    proposed = row.period.corrections.filter(state=Correction.State.PROPOSED) if row.period else ()
    first = next(iter(proposed), None)
    form = CorrectionForm(request.POST or None, initial={"what": first.what if first else _reason(row)})

    def accept():
        held = held_by(request.access)(post.pk)
        what = form.cleaned_data["what"]
        made = accept_corrections(period_id=sent_period(row).pk, what=what, by=request.user, held=held)
        return moved(post, month, _said(made))

    context = {**frame(post, month), "row": row, "proposed": list(proposed)}
    why = why_not_opened(row.state, row.holder, held_by(request.access)(post.pk))
    return answer_step(
        request, form, accept, "reports/correction_accept.html", context, title="Terima koreksi", why=why
    )


@requires(Permission.RETURN_MONTH)
def correction_refuse(request, correction):
    """One proposal is not taken in; whoever asked reads why."""
    mine = Correction.objects.within(request.scope).select_related("period__posyandu", "proposed_by")
    found = get_object_or_404(mine, pk=correction)
    post, month = found.period.posyandu, found.period.month
    form = RefusalForm(request.POST or None)

    def refuse():
        held = held_by(request.access)(post.pk)
        refuse_correction(correction=found, reason=form.cleaned_data["reason"], by=request.user, held=held)
        return moved(post, month, "Usul koreksi ditolak")

    context = {**frame(post, month), "correction": found}
    is_waiting = found.state == Correction.State.PROPOSED
    why = "" if is_waiting else f"Usul ini sudah diputuskan: {found.get_state_display().lower()}."
    title = "Tolak usul koreksi"
    return answer_step(request, form, refuse, "reports/correction_refuse.html", context, title=title, why=why)


def _said(made):
    if made is None:
        return "Tidak ada yang berubah, bulan ini terkunci lagi"
    return f"Koreksi masuk versi {made.version}" if made.version else "Koreksi dihitung"


def _reason(row):
    return row.period.exception_reason if row.period else ""
