"""Samples of records that are looked at again: by bidan and kelurahan, or by a grant that ends."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.audit.actions import Verb, note
from services.fields import registry
from services.fields.rules import answer_text
from services.posyandu.models import Posyandu
from services.reports.monthly import last_closed_month
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import check_record, draw_sample, give_grant
from ..forms import CheckForm, GrantForm, SampleForm
from ..models import Sample, SampledRecord
from ..queries import grants_at, holds_grant, may_recheck, samples_within
from ..rules import agreement


@requires(Permission.COACH)
def sample_list(request):
    """The samples in scope with how much of them agreed; no names."""
    context = {"lines": samples_within(request.scope), "may_meet": request.access.may(Permission.MANAGE_TEAMS)}
    return render(request, "coaching/sample_list.html", context)


@requires(Permission.COACH)
def sample_new(request):
    """Draw five records of a posyandu's month."""
    closed = last_closed_month(clock.today(*request.scope.areas[:1]))
    form = SampleForm(request.POST or None, scope=request.scope, closed=closed)

    def save():
        sample = draw_sample(by=request.user, **form.cleaned_data)
        return Receipt(location=reverse("coaching:sample_detail", args=[sample.pk]), message="Sampel diambil")

    if request.method == "POST":
        return respond(request, form, save, "coaching/sample_new.html")
    return page(request, "coaching/sample_new.html", {"form": form})


@requires(Permission.COACH)
def sample_detail(request, pk):
    """One sample; its records by name for whoever may re-check them, its agreement for all."""
    samples = Sample.objects.within(request.scope).select_related("posyandu__area", "drawn_by")
    sample = get_object_or_404(samples, pk=pk)
    related = ("record__resident", "record__household", "record__asset", "checked_by")
    items = list(sample.items.select_related(*related).order_by("pk"))
    context = {
        "sample": sample,
        "items": [(item, _title(item)) for item in items],
        "agreement": agreement([item.outcome for item in items]),
        "may_recheck": may_recheck(request.access, sample.posyandu, clock.today(sample.posyandu.path)),
        "grants": grants_at(sample.posyandu, clock.today(sample.posyandu.path)),
        "may_grant": request.access.may(Permission.RECHECK),
    }
    return render(request, "coaching/sample_detail.html", context)


@requires(Permission.COACH)
def sampled_record_edit(request, pk):
    """One sampled record with its answers, and what was found."""
    today = clock.today(*request.scope.areas[:1])
    if not (request.access.may(Permission.RECHECK) or holds_grant(request.access, today)):
        raise PermissionDenied
    related = ("sample__posyandu", "record__resident", "record__household", "record__asset", "record__encounter")
    item = get_object_or_404(SampledRecord.objects.within(request.scope).select_related(*related), pk=pk)
    if not may_recheck(request.access, item.sample.posyandu, today):
        raise Http404
    form = CheckForm(request.POST or None, instance=item)

    def save():
        check_record(
            item=item, outcome=form.cleaned_data["outcome"], remark=form.cleaned_data["note"], on=today, by=request.user
        )
        return Receipt(location=reverse("coaching:sample_detail", args=[item.sample_id]), message="Hasil tersimpan")

    form_title = registry.form(item.record.form).title
    context = {"item": item, "title": _title(item), "form_title": form_title, "answers": _answers(item)}
    if request.method == "POST":
        return respond(request, form, save, "coaching/sampled_record_edit.html", context)
    note(by=request.user, verb=Verb.VIEW, on=item, place=item.sample.posyandu.path)
    return page(request, "coaching/sampled_record_edit.html", {**context, "form": form})


@requires(Permission.RECHECK)
def grant_new(request, pk):
    """Let a member of the Tim Pembina re-check one posyandu's sample for some days."""
    post = get_object_or_404(Posyandu.objects.within(request.scope), pk=pk)
    form = GrantForm(request.POST or None, posyandu=post, today=clock.today(post.path))

    def save():
        values = form.cleaned_data
        give_grant(posyandu=post, user=form.user, reason=values["reason"], until=values["until"], by=request.user)
        return Receipt(location=reverse("coaching:sample_list"), message=f"Izin diberikan kepada {form.user}")

    context = {"post": post}
    if request.method == "POST":
        return respond(request, form, save, "coaching/grant_new.html", context)
    return page(request, "coaching/grant_new.html", {**context, "form": form})


def _title(item: SampledRecord) -> str:
    record = item.record
    return str(record.resident or record.household or record.asset or record.activity)


def _answers(item: SampledRecord) -> list[tuple[str, str]]:
    """Question → answer in the order of the form, as people read them."""
    spec = registry.form(item.record.form)
    given = item.record.answers
    return [(each.label, answer_text(each, given[each.key])) for each in spec.questions if each.key in given]
