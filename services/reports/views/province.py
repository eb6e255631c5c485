"""The recap of a month, a half year or a year for the province: made by the worker, fetched when it is there."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.areas.settings import remembered
from services.audit.actions import Verb, note
from services.web.jobs import reap, start_job
from services.web.rules import number_text
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..figures.periods import read_span
from ..forms import StepForm
from ..monthly import NotYours
from ..queries.bundles import running_job
from ..queries.periods import asked_place, reports_of
from ..queries.periods.province import contents_key, kept_books
from ..sources import UnknownPlace
from ..tasks import province_place
from .fetching import span_of

LEVELS = ("kabupaten", "kota")
YEARS, MONTHS = 2, 6
KEPT_LETTERS = 12  # of the contents' hash: enough to see that the page is old


@requires(Permission.FINALISE_MONTH)
def province_detail(request, place, span):
    """How complete each month is, and the workbook; asking for it starts the work or shows it running."""
    asked = _asked(request, place, span)
    reap()
    reports = reports_of(asked)
    key = contents_key(asked.place.code, asked.span, reports)
    location = reverse("reports:province_detail", args=[asked.place.code, asked.span.code])
    form = StepForm(request.POST or None, initial={"expected": key[:KEPT_LETTERS]})
    kept = kept_books(asked.place.code, asked.span, request.scope).defer("content").first()
    context = {
        **_shown(asked, reports),
        "kept": kept,
        "is_current": kept is not None and kept.contents == key,
        "job": running_job(request.user, location),
    }
    if request.method == "POST":
        return respond(request, form, lambda: _start(request, asked, location), "reports/province_detail.html", context)
    return page(request, "reports/province_detail.html", {**context, "form": form})


def _asked(request, code, span):
    try:
        asked = asked_place(code, span_of(span), scope=request.scope)
    except (UnknownPlace, NotYours) as problem:
        raise Http404 from problem
    if asked.place.level not in LEVELS:
        raise Http404  # only a kabupaten or kota reports to the province
    return asked


@remembered()
def _shown(asked, reports):
    months = [(month, reports.standings(month, 0).get("")) for month in asked.span.months]
    total = reports.over(0).get("")
    return {
        "place": asked.place,
        "span": asked.span,
        "months": [(month, standing) for month, standing in months if standing],
        "total": total,
        "choices": _choices(asked),
        "button": f"Buat rekap dari {number_text(total.counted)} laporan" if total else "",
    }


def _choices(asked):
    """Years and halves, then the last months; none that lies ahead."""
    today = asked.today
    codes = [f"{year}{half}" for year in range(today.year, today.year - YEARS, -1) for half in ("", "-s2", "-s1")]
    spans = [span for span in map(read_span, codes) if span.months[0] <= today]
    last = clock.months_back(clock.previous_month(clock.month_of(today)), MONTHS)[::-1]
    return [*spans, *(read_span(f"{month:%Y-%m}") for month in last)]


def _start(request, asked, location) -> Receipt:
    running = running_job(request.user, location)
    if running is None:
        title = f"Rekap provinsi {asked.place.title}, {asked.span.title}"[:120]
        running = start_job(by=request.user, title=title, total=len(asked.span.months), location=location)
        told = {"place": asked.place.code, "span": asked.span.code}
        transaction.on_commit(lambda: province_place.enqueue(str(running.pk), **told))
    return Receipt(location=reverse("web:job_detail", args=[running.pk]), message="Rekap sedang dibuat")


@requires(Permission.FINALISE_MONTH)
def province_download(request, place, span):
    """The workbook as it was kept; that it was taken away is remembered."""
    asked = _asked(request, place, span)
    row = get_object_or_404(kept_books(asked.place.code, asked.span, request.scope))
    note(by=request.user, verb=Verb.DOWNLOAD, on=row, place=row.place, masa=asked.span.code, bentuk="rekap provinsi")
    response = HttpResponse(bytes(row.content), content_type=row.content_type)
    response["Content-Disposition"] = f'attachment; filename="{row.filename}"'
    response["Cache-Control"] = "no-store"
    return response
