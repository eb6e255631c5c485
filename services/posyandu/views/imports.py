"""A whole list of posyandu: look at it first, decide on what is similar, then take it over."""

from contextlib import suppress

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.web.jobs import start_job
from services.web.submissions import Receipt
from services.web.tables import read_table
from services.web.uploads import UploadGone, drop_upload, keep_upload, open_upload
from services.web.views import page, respond

from ..actions import import_posyandu
from ..forms import DecisionForm, ImportForm
from ..queries import Kind, analyse
from ..resources import read_posts
from ..tasks import import_list

# More new posts than this are written by the worker, with a page that shows how far it is.
IN_REQUEST = 500
# The page shows this many rows of a kind; the counts are of all.
SHOWN = 200


@requires(Permission.MANAGE_POSTS)
def posyandu_import(request):
    """Upload a list. It is read and kept aside; nothing is written yet."""
    form = ImportForm(request.POST or None, request.FILES or None)

    def keep():
        content = form.read()
        _rows(content)  # refuses what cannot be read
        reference = keep_upload(content, by=request.user)
        location = reverse("posyandu:posyandu_import_detail", args=[reference])
        return Receipt(location=location, message="Berkas sudah dibaca, belum ada yang disimpan")

    if request.method == "POST":
        return respond(request, form, keep, "posyandu/posyandu_import.html")
    return page(request, "posyandu/posyandu_import.html", {"form": form})


@requires(Permission.MANAGE_POSTS)
def posyandu_import_detail(request, reference):
    """What the list would do, row by row; confirming writes the new posts."""
    if request.method == "POST":
        return _confirm(request, reference)
    rows = _rows(open_upload(reference, by=request.user))
    analysis = analyse(rows, areas=request.scope.areas)
    form = DecisionForm(similar=analysis.of(Kind.SIMILAR))
    return page(request, "posyandu/posyandu_import_detail.html", {"form": form, **_shown(analysis)})


def _confirm(request, reference):
    rows = []
    with suppress(UploadGone):  # a form sent twice still gets its receipt; anything else is told in _write
        rows = _rows(open_upload(reference, by=request.user))
    analysis = analyse(rows, areas=request.scope.areas)
    form = DecisionForm(request.POST, similar=analysis.of(Kind.SIMILAR))
    return respond(
        request,
        form,
        lambda: _write(request, reference, rows, form.decisions()),
        "posyandu/posyandu_import_detail.html",
        _shown(analysis),
    )


def _write(request, reference, rows, decisions) -> Receipt:
    """Take the list over: here when it is short, else by the worker."""
    areas = request.scope.areas
    open_upload(reference, by=request.user)  # gone when somebody confirmed it meanwhile
    expected = len(analyse(rows, areas=areas, decisions=decisions).of(Kind.NEW))
    if expected > IN_REQUEST:
        job = start_job(by=request.user, title="Menambah posyandu dari daftar", total=expected, location=_list())
        told = {"reference": reference, "areas": list(areas), "decisions": [list(one) for one in decisions.items()]}
        transaction.on_commit(lambda: import_list.enqueue(str(job.pk), **told))
        return Receipt(location=reverse("web:job_detail", args=[job.pk]), message="Sedang ditambahkan")
    done = import_posyandu(rows=rows, areas=areas, by=request.user, on=clock.today(*areas[:1]), decisions=decisions)
    transaction.on_commit(lambda: drop_upload(reference, by=request.user))
    return Receipt(location=_list(), message=f"{len(done.of(Kind.NEW))} posyandu ditambahkan")


def _rows(content: bytes):
    return read_posts(read_table(content, most_bytes=settings.UPLOAD_MAX_BYTES))


def _list() -> str:
    return reverse("posyandu:posyandu_list")


def _shown(analysis) -> dict:
    """The rows for the page, the ones that need eyes first."""
    kinds = (Kind.REFUSED, Kind.NEW, Kind.SAME)
    groups = [(kind.value, analysis.of(kind)[:SHOWN], len(analysis.of(kind))) for kind in kinds]
    return {"counts": analysis.counts, "groups": groups, "shown": SHOWN}
