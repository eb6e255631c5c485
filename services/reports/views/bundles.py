"""Bundles of a place-month: what is in it, made by the worker, fetched when it is there."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.audit.actions import Verb, note
from services.web.jobs import reap, start_job
from services.web.rules import month_text, number_text
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions.bundling import formats_of
from ..forms import StepForm
from ..models import Bundle
from ..monthly import NotYours, held_place
from ..queries.bundles import Contents, bundles_at, contents_of, running_job
from ..sources import UnknownPlace
from ..tasks import bundle_place
from .fetching import day_of, may_see_small

WORDS = {"pdf": "Satu PDF untuk dicetak", "zip": "ZIP, satu PDF per desa/kelurahan", "xlsx": "Rekap untuk provinsi"}
KEPT_LETTERS = 12  # of the contents' hash: enough to see that the page is old


@requires(Permission.RETURN_MONTH)
def bundle_detail(request, place, month):
    """Which reports are in the bundle and which are missing; asking for it starts the work or shows it running."""
    found, month = _area(request, place), day_of(month)
    reap()
    contents = contents_of(found, month, from_above=not may_see_small(request, found))
    location = reverse("reports:bundle_detail", args=[found.code, f"{month:%Y-%m}"])
    form = StepForm(request.POST or None, initial={"expected": contents.key[:KEPT_LETTERS]})
    context = {**_shown(request, contents), "job": running_job(request.user, location)}
    if request.method == "POST":
        template = "reports/bundle_detail.html"
        return respond(request, form, lambda: _start(request, contents, location), template, context)
    return page(request, "reports/bundle_detail.html", {**context, "form": form})


def _area(request, code):
    try:
        found, post = held_place(code, request.scope)
    except (UnknownPlace, NotYours) as problem:
        raise Http404 from problem
    if post is not None:
        raise Http404  # one report needs no bundle
    return found


def _shown(request, contents):
    kept = {row.format: row for row in bundles_at(contents.place, contents.month, request.scope)}
    today = clock.today(contents.place.code)
    files = [(format_, WORDS[format_], kept.get(contents.kept_as(format_))) for format_ in formats_of(contents.place)]
    return {
        "contents": contents,
        "month": contents.month,
        "months": clock.months_back(clock.previous_month(clock.month_of(today)), 6)[::-1],
        "files": [(format_, words, row, row and row.contents == contents.key) for format_, words, row in files],
        "is_current": all(row and row.contents == contents.key for _, _, row in files),
        "button": f"Buat bundel {number_text(len(contents.members))} laporan",
        "is_village": not contents.place.is_above_village,
    }


def _start(request, contents, location) -> Receipt:
    running = running_job(request.user, location)
    if running is None:
        title = f"Bundel {contents.place.title}, {month_text(contents.month)}"[:120]
        running = start_job(by=request.user, title=title, total=len(contents.members), location=location)
        told = {"place": contents.place.code, "month": f"{contents.month}", "from_above": contents.from_above}
        transaction.on_commit(lambda: bundle_place.enqueue(str(running.pk), **told))
    return Receipt(location=reverse("web:job_detail", args=[running.pk]), message="Bundel sedang dibuat")


@requires(Permission.RETURN_MONTH)
def bundle_download(request, place, month, file_format):
    """The bundle as it was kept; that it was taken away is remembered."""
    found, month = _area(request, place), day_of(month)
    seen = Contents(found, month, (), (), not may_see_small(request, found))
    mine = Bundle.objects.within(request.scope)
    row = get_object_or_404(mine, place=found.code, month=month, format=seen.kept_as(file_format.rstrip("+")))
    note(by=request.user, verb=Verb.DOWNLOAD, on=row, place=row.place, bulan=f"{month:%Y-%m}", bentuk=file_format)
    response = HttpResponse(bytes(row.content), content_type=row.content_type)
    response["Content-Disposition"] = f'attachment; filename="{row.filename}"'
    response["Cache-Control"] = "no-store"
    return response
