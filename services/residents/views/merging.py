from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.areas.access import Permission, requires
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import merge_residents, undo_merge
from ..forms import ConfirmForm, MergeForm
from ..models import Merge
from ..queries import compared, kept_of, likely_duplicates, likeness_of, search
from .fetching import of_resident, resident_url, today_in

FOUND_AT_MOST = 10


@requires(Permission.MERGE)
@of_resident
def resident_merge(request, resident):
    """Choose the entry that is the same person, see both side by side, and make them one."""
    text, other = request.GET.get("cari", "").strip(), _other(request, resident)
    form = MergeForm(request.POST or None, initial={"other": other.pk if other else ""})
    context = {
        "resident": resident,
        "other": other,
        "text": text,
        "found": [] if other else _candidates(request, resident, text),
        "pairs": compared(resident, other, request.scope) if other else (),
    }
    if request.method == "POST":
        return respond(
            request, form, lambda: _save_merge(request, resident, other), "residents/resident_merge.html", context
        )
    return page(request, "residents/resident_merge.html", {**context, "form": form})


def _other(request, resident):
    asked = request.POST.get("other") or request.GET.get("other")
    if not asked:
        return None
    try:
        other = kept_of(UUID(asked), request.scope)
    except ValueError:
        other = None
    if other is None:
        raise Http404
    return other


def _candidates(request, resident, text):
    if text:
        found = search(request.scope, text, today_in(request)).exclude(pk=resident.pk).defer("nik")[:FOUND_AT_MOST]
        return list(found)
    return likely_duplicates(request.scope, likeness_of(resident), besides=resident.pk)


def _save_merge(request, resident, other) -> Receipt:
    merge_residents(kept=resident, gone=other, by=request.user)
    return Receipt(location=resident_url(resident))


@requires(Permission.MERGE)
def merge_undo(request, merge_id):
    """They were two people after all."""
    merges = Merge.objects.within(request.scope).select_related("kept", "gone")
    merge = get_object_or_404(merges, pk=merge_id)
    form = ConfirmForm(request.POST or None)
    context = {"merge": merge, "cancel": reverse("profiles:resident_detail", args=[merge.kept_id])}
    if request.method == "POST":
        return respond(request, form, lambda: _save_undo(request, merge), "residents/merge_undo.html", context)
    return page(request, "residents/merge_undo.html", {**context, "form": form})


def _save_undo(request, merge) -> Receipt:
    undo_merge(merge=merge, by=request.user)
    return Receipt(location=resident_url(merge.kept))
