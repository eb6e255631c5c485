"""The steps of a month: each a page that says what happens, and a POST that carries the state its author saw."""

from zoneinfo import ZoneInfo

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.areas.settings import TIME_ZONE, value_of
from services.posyandu.actions import propose_correction
from services.posyandu.models import Correction, Period
from services.web.jobs import start_job
from services.web.refusals import Refusal
from services.web.rules import month_text, number_text
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import accept_corrections, forward_months, move_month, open_exception, refuse_correction, submit_month
from ..forms import CorrectionForm, ExceptionForm, RefusalForm, ReturnForm, StepForm, SubmitForm
from ..monthly import monthly_report
from ..queries.checks import checks_of, words_of
from ..queries.months import held_by, levels_at, month_row, month_rows_of
from ..queries.rows import shown_row
from ..rules import DOING, NAMES, State, next_state
from ..tasks import forward_list
from .fetching import as_seen, day_of, month_url, post_and_month
from .months import month_checks

# More months than this are taken on by the worker, with a page that shows how far it is.
IN_REQUEST = 20


@requires(Permission.SUBMIT_MONTH)
def month_submit(request, posyandu, month):
    """The ketua sends the month, with what is missing in sight and a comment if she likes."""
    post, month = post_and_month(request, posyandu, month)
    row = month_row(post, request.access, month)
    form = SubmitForm(request.POST or None, initial={"expected": row.state})

    def send():
        data = form.cleaned_data
        held = held_by(request.access)(post.pk)
        submit_month(
            posyandu=post, month=month, expected=data["expected"], by=request.user, held=held, comment=data["comment"]
        )
        return _receipt(post, month, "Laporan terkirim")

    def context():
        return {**_frame(post, month), "row": row, "checks": month_checks(post, month, row)}

    if request.method == "POST":
        return respond(request, form, send, "reports/month_submit.html", context)
    return page(request, "reports/month_submit.html", {**context(), "form": form})


@requires(Permission.RETURN_MONTH)
def month_verify(request, posyandu, month):
    """The level where the month waits takes it on: verified, recapped or final."""
    post, month = post_and_month(request, posyandu, month)
    row = month_row(post, request.access, month)
    to = next_state(row.state, levels_at(post.area_id, clock.today(post.area_id)))
    form = StepForm(request.POST or None, initial={"expected": row.state})

    def take_on():
        held = held_by(request.access)(post.pk)
        if row.period is None:
            raise Refusal("Laporan bulan ini belum dikirim posyandu.")
        expected = form.cleaned_data["expected"]
        move_month(period_id=row.period.pk, to=to or "", expected=expected, by=request.user, held=held)
        return _receipt(post, month, "Laporan diteruskan")

    context = {
        **_frame(post, month),
        "row": row,
        "title": f"{DOING[row.holder]} laporan {post.name}",
        "lead": f"{month_text(month)} · {row.words}",
        "button": DOING[row.holder],
    }
    if request.method == "POST":
        return respond(request, form, take_on, "web/confirm.html", context)
    return page(request, "web/confirm.html", {**context, "form": form})


@requires(Permission.RETURN_MONTH)
def month_verify_list(request):
    """All months without a remark that wait for me go on in one tap."""
    month = day_of(request.POST.get("bulan") or request.GET.get("bulan") or _closed_month(request))
    checks = words_of(checks_of(request.scope, month)) if request.access.may(Permission.SEE_NAMES) else {}
    rows = [row for row in month_rows_of(request.scope, request.access, month, oddities=checks) if row.is_ready]
    ready = [row for row in rows if row.action and row.holder in held_by(request.access)(row.posyandu.pk)]
    form = StepForm(request.POST or None, initial={"expected": str(len(ready))})

    def take_on():
        months = [row.period for row in ready if row.period]
        if len(months) > IN_REQUEST:
            return _by_the_worker(request, month, months)
        done, gone = forward_months(periods=months, by=request.user, held_at=held_by(request.access))
        left = f", {gone} sudah diubah orang lain" if gone else ""
        address = f"{reverse('reports:month_list')}?bulan={month:%Y-%m}"
        return Receipt(location=address, message=f"{done} laporan diteruskan{left}")

    context = {
        "title": f"Teruskan {number_text(len(ready))} laporan tanpa catatan",
        "lead": month_text(month),
        "points": [f"{row.posyandu} · {row.posyandu.area.name}" for row in ready[:60]],
        "button": f"Teruskan {number_text(len(ready))} laporan",
        "action": f"{reverse('reports:month_verify_list')}?bulan={month:%Y-%m}",
        "cancel": f"{reverse('reports:month_list')}?bulan={month:%Y-%m}",
    }
    if request.method == "POST":
        return respond(request, form, take_on, "web/confirm.html", context)
    return page(request, "web/confirm.html", {**context, "form": form})


def _by_the_worker(request, month, periods) -> Receipt:
    """So many months are taken on, and printed when they became final, by the worker."""
    title = f"Meneruskan {number_text(len(periods))} laporan {month_text(month)}"
    location = f"{reverse('reports:month_list')}?bulan={month:%Y-%m}"
    job = start_job(by=request.user, title=title, total=2 * len(periods), location=location)
    months = [[str(period.pk), str(period.state)] for period in periods]
    transaction.on_commit(lambda: forward_list.enqueue(str(job.pk), months=months))
    return Receipt(location=reverse("web:job_detail", args=[job.pk]), message="Laporan sedang diteruskan")


def _closed_month(request):
    place = request.scope.areas[0] if request.scope.areas else ""
    return f"{clock.previous_month(clock.month_of(clock.today(place))):%Y-%m}"


@requires(Permission.RETURN_MONTH)
def month_return(request, posyandu, month):
    """Back to the ketua, with a note that may point at a figure, or at a row where names are seen."""
    post, month = post_and_month(request, posyandu, month)
    row = month_row(post, request.access, month)
    pointed = {"figure": request.GET.get("angka", ""), "row": request.GET.get("baris", "")}
    figures = _figures_to_point_at(request, post, month)
    form = ReturnForm(request.POST or None, figures=figures, initial={"expected": row.state, **pointed})

    def give_back():
        held = held_by(request.access)(post.pk)
        if row.period is None:
            raise Refusal("Laporan bulan ini belum dikirim posyandu.")
        data = form.cleaned_data
        move_month(
            period_id=row.period.pk,
            to=State.RETURNED,
            expected=data["expected"],
            by=request.user,
            held=held,
            words=data["note"],
            figure=data["figure"],
            row=data["row"],
        )
        return _receipt(post, month, "Laporan dikembalikan")

    names = request.access.scope(Permission.SEE_NAMES)
    context = {
        **_frame(post, month),
        "row": row,
        "pointed": shown_row(request.POST.get("row", pointed["row"]), names) if names else None,
    }
    if request.method == "POST":
        return respond(request, form, give_back, "reports/month_return.html", context)
    return page(request, "reports/month_return.html", {**context, "form": form})


def _figures_to_point_at(request, post, month):
    if month > clock.today(post.area_id):
        return []
    figures = as_seen(request, monthly_report(post.path, month, scope=None)).figures
    return [(key, f"{figure.label}: {number_text(figure.value)}") for key, figure in figures.items() if figure.is_known]


@requires(Permission.RETURN_MONTH)
def exception_new(request, posyandu, month):
    """A sent month is opened for a while, with a reason, by the level where it is."""
    post, month = post_and_month(request, posyandu, month)
    row = month_row(post, request.access, month)
    today = clock.today(post.area_id)
    form = ExceptionForm(request.POST or None, today=today)

    def open_up():
        period = _sent(row)
        until = form.moment(ZoneInfo(value_of(TIME_ZONE, post.area_id, today)))
        held = held_by(request.access)(post.pk)
        reason = form.cleaned_data["reason"]
        open_exception(period_id=period.pk, until=until, reason=reason, by=request.user, held=held)
        return _receipt(post, month, "Bulan dibuka untuk koreksi")

    context = {**_frame(post, month), "row": row, "who": NAMES[row.holder]}
    if request.method == "POST":
        return respond(request, form, open_up, "reports/exception_new.html", context)
    return page(request, "reports/exception_new.html", {**context, "form": form})


@requires(Permission.SUBMIT_MONTH)
def correction_new(request, posyandu, month):
    """The ketua asks for a change of a month that was sent."""
    post, month = post_and_month(request, posyandu, month)
    form = CorrectionForm(request.POST or None)

    def propose():
        what = form.cleaned_data["what"]
        if propose_correction(posyandu_id=post.pk, month=month, what=what, by=request.user) is None:
            raise Refusal("Bulan ini masih terbuka. Ubah saja isiannya.")
        return _receipt(post, month, "Usul koreksi terkirim")

    if request.method == "POST":
        return respond(request, form, propose, "reports/correction_new.html", _frame(post, month))
    return page(request, "reports/correction_new.html", {**_frame(post, month), "form": form})


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
        made = accept_corrections(period_id=_sent(row).pk, what=form.cleaned_data["what"], by=request.user, held=held)
        return _receipt(post, month, f"Koreksi masuk versi {made.version}" if made.version else "Koreksi dihitung")

    context = {**_frame(post, month), "row": row, "proposed": list(proposed)}
    if request.method == "POST":
        return respond(request, form, accept, "reports/correction_accept.html", context)
    return page(request, "reports/correction_accept.html", {**context, "form": form})


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
        return _receipt(post, month, "Usul koreksi ditolak")

    context = {**_frame(post, month), "correction": found}
    if request.method == "POST":
        return respond(request, form, refuse, "reports/correction_refuse.html", context)
    return page(request, "reports/correction_refuse.html", {**context, "form": form})


def _reason(row):
    return row.period.exception_reason if row.period else ""


def _sent(row) -> Period:
    if row.period is None:
        raise Refusal("Laporan bulan ini belum dikirim posyandu.")
    return row.period


def _frame(post, month):
    return {"post": post, "month": month, "cancel": month_url("month_detail", post, month)}


def _receipt(post, month, message):
    return Receipt(location=month_url("month_detail", post, month), message=message)
