"""The steps of a month: each a page that says what happens, and a POST that carries the state its author saw."""

from django.db import transaction
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.web.jobs import start_job
from services.web.refusals import Refusal
from services.web.rules import month_text, number_text
from services.web.submissions import Receipt

from ..actions import forward_months, move_month, submit_month
from ..figures import names_apart
from ..forms import ReturnForm, StepForm, SubmitForm
from ..monthly import monthly_report
from ..queries.checks import oddities_of
from ..queries.months import held_by, levels_at, month_row, month_rows_of, why_not_owed
from ..queries.rows import shown_row
from ..rules import DOING, State, fingerprint, next_state, nothing_ready, why_not_moved, why_not_sent
from ..tasks import forward_list
from .fetching import as_seen, begun, post_and_month
from .months import month_checks
from .stepping import answer_step, frame, moved, sent_period

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
        return moved(post, month, "Laporan terkirim")

    def context():
        return {**frame(post, month), "row": row, "checks": month_checks(post, month, row)}

    why = why_not_sent(row.state, row.holder, month, clock.today(post.area_id))
    why = why or ("" if row.is_live else why_not_owed(post, month))
    return answer_step(request, form, send, "reports/month_submit.html", context, title="Kirim laporan", why=why)


@requires(Permission.RETURN_MONTH)
def month_verify(request, posyandu, month):
    """The level where the month waits takes it on: verified, recapped or final."""
    post, month = post_and_month(request, posyandu, month)
    row = month_row(post, request.access, month)
    to = next_state(row.state, levels_at(post.area_id, clock.today(post.area_id)))
    form = StepForm(request.POST or None, initial={"expected": row.state})

    def take_on():
        held = held_by(request.access)(post.pk)
        expected = form.cleaned_data["expected"]
        move_month(period_id=sent_period(row).pk, to=to or "", expected=expected, by=request.user, held=held)
        return moved(post, month, "Laporan diteruskan")

    context = {
        **frame(post, month),
        "row": row,
        "title": f"{DOING[row.holder]} laporan {post.name}",
        "lead": f"{month_text(month)} · {row.words}",
        "button": DOING[row.holder],
    }
    why = why_not_moved(row.state, row.holder, held_by(request.access)(post.pk))
    title = context["title"] if row.is_mine else f"Laporan {post.name}"
    return answer_step(request, form, take_on, "web/confirm.html", context, title=title, why=why)


@requires(Permission.RETURN_MONTH)
def month_verify_list(request):
    """All months without a remark that wait for me go on in one tap: those that were shown, or none."""
    place = request.scope.areas[0] if request.scope.areas else ""
    today = clock.today(place)
    asked = request.POST.get("bulan") or request.GET.get("bulan")
    month = begun(asked, today) if asked else clock.previous_month(clock.month_of(today))
    odd = oddities_of(request.scope, request.access, month)
    rows = month_rows_of(request.scope, request.access, month, oddities=odd)
    ready = [row for row in rows if row.is_ready]
    form = StepForm(request.POST or None, initial={"expected": fingerprint(_seen(ready))})
    address = f"{reverse('reports:month_list')}?bulan={month:%Y-%m}"

    def take_on():
        if form.cleaned_data["expected"] != fingerprint(_seen(ready)):
            raise Refusal("Daftarnya sudah berubah sejak halaman ini dibuka. Muat ulang halaman ini, lalu lihat lagi.")
        months = [row.period for row in ready]
        if len(months) > IN_REQUEST:
            return _by_the_worker(request, month, months)
        done, gone = forward_months(periods=months, by=request.user, held_at=held_by(request.access))
        left = f", {gone} sudah diubah orang lain" if gone else ""
        return Receipt(location=address, message=f"{done} laporan diteruskan{left}")

    context = {
        "title": f"Teruskan {number_text(len(ready))} laporan tanpa catatan",
        "lead": month_text(month),
        "month": month,
        "points": [f"{row.posyandu} · {row.posyandu.area.name}" for row in ready[:60]],
        "button": f"Teruskan {number_text(len(ready))} laporan",
        "action": f"{reverse('reports:month_verify_list')}?bulan={month:%Y-%m}",
        "cancel": address,
    }
    why = "" if ready else nothing_ready(sum(row.is_mine for row in rows))
    return answer_step(request, form, take_on, "web/confirm.html", context, title="Teruskan laporan", why=why)


def _seen(rows):
    return [f"{row.period.pk}:{row.state}" for row in rows]


def _by_the_worker(request, month, periods) -> Receipt:
    """So many months are taken on, and printed when they became final, by the worker."""
    title = f"Meneruskan {number_text(len(periods))} laporan {month_text(month)}"
    location = f"{reverse('reports:month_list')}?bulan={month:%Y-%m}"
    job = start_job(by=request.user, title=title, total=2 * len(periods), location=location)
    months = [[str(period.pk), str(period.state)] for period in periods]
    transaction.on_commit(lambda: forward_list.enqueue(str(job.pk), months=months))
    return Receipt(location=reverse("web:job_detail", args=[job.pk]), message="Laporan sedang diteruskan")


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
        data = form.cleaned_data
        move_month(
            period_id=sent_period(row).pk,
            to=State.RETURNED,
            expected=data["expected"],
            by=request.user,
            held=held,
            words=data["note"],
            figure=data["figure"],
            row=data["row"],
        )
        return moved(post, month, "Laporan dikembalikan")

    names = request.access.scope(Permission.SEE_NAMES)
    context = {
        **frame(post, month),
        "row": row,
        "pointed": shown_row(request.POST.get("row", pointed["row"]), names) if names else None,
    }
    why = why_not_moved(row.state, row.holder, held_by(request.access)(post.pk))
    return answer_step(
        request, form, give_back, "reports/month_return.html", context, title="Kembalikan laporan", why=why
    )


def _figures_to_point_at(request, post, month):
    seen = as_seen(request, monthly_report(post.path, month, scope=None))
    names = names_apart(seen.figures, seen.sections)
    known = {key: figure for key, figure in seen.figures.items() if figure.is_known}
    return [(key, f"{names[key]}: {number_text(figure.value)}") for key, figure in known.items()]
