"""Papers to write on: every form that is not a health card, blank or with the names of one's own posyandu."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from services.areas import clock
from services.areas.access import Permission, requires
from services.fields import registry
from services.fields.queries import forms_in_use, must_be_used
from services.fields.spec import FormSpec, Shape
from services.posyandu.models import Posyandu

from ..actions import note_paper
from ..queries import names_for_paper
from ..resources import paper_pdf


@requires(Permission.RECORD)
def paper_list(request):
    """Which papers there are: blank, with names, and typed back."""
    posts = list(Posyandu.objects.within(request.scope).order_by("name"))
    post = next((one for one in posts if str(one.pk) == request.GET.get("posyandu")), posts[0] if posts else None)
    used = forms_in_use(post.area_id, clock.today(post.area_id)) if post else frozenset()
    papers = [spec for spec in _papers(request) if spec.key in used]
    fields = [(field, [spec for spec in papers if spec.field == field.key]) for field in registry.FIELDS]
    context = {"posts": posts, "post": post, "fields": [(field, specs) for field, specs in fields if specs]}
    return render(request, "records/paper_list.html", context)


@requires(Permission.RECORD)
def paper_download(request, posyandu_id, form_key):
    """One paper as PDF. With names it is remembered who took it."""
    posts = Posyandu.objects.within(request.scope).select_related("area__parent__parent")
    post = get_object_or_404(posts, pk=posyandu_id)
    spec = next((one for one in _papers(request) if one.key == form_key), None)
    if spec is None:
        raise Http404
    must_be_used(spec, post.area_id, clock.today(post.area_id))
    with_names = request.GET.get("nama") == "1" and spec.shape is not Shape.ACTIVITY and not spec.sensitive
    rows, place = [], {name: request.GET.get(name, "")[:60] for name in ("rw", "rt", "dusun")}
    if with_names:
        rows = names_for_paper(spec, post, request.scope, clock.today(post.area_id), **place)
        note_paper(posyandu=post, form=spec.key, names=len(rows), by=request.user)
    response = HttpResponse(paper_pdf(spec, head=_head(post), rows=rows), content_type="application/pdf")
    word = "bernama" if with_names else "kosong"
    response["Content-Disposition"] = f'attachment; filename="formulir-{spec.key}-{word}-{post.path}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _papers(request) -> list[FormSpec]:
    """Health cards have papers of their own."""
    fields = request.scope.fields
    own = (spec for spec in registry.forms_for() if registry.can_be_switched(spec))
    return [spec for spec in own if fields is None or spec.field in fields]


def _head(post: Posyandu) -> tuple[tuple[str, str], ...]:
    area = post.area
    return (
        ("Posyandu", post.name),
        ("Kelurahan/Desa", area.name),
        ("Kecamatan", area.parent.name),
        ("Kabupaten/Kota", area.parent.parent.title),
        ("Nama petugas", ""),
        ("Tanggal", ""),
    )
