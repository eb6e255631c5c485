from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.audit.actions import Verb, note
from services.posyandu.models import Facility
from services.records.models import Encounter
from services.residents.models import Resident
from services.residents.queries import current_residency
from services.web.pdf import render_pdf
from services.web.refusals import Refusal
from services.web.submissions import Receipt
from services.web.views import page, respond

from .. import actions, queries
from ..actions.referrals import Settled
from ..forms import BatchForm, ConfirmForm, FeedbackForm, ReferralForm


def facilities_of(request):
    """Health facilities in sight, by name."""
    return Facility.objects.within(request.scope).order_by("kind", "name")


@requires(Permission.REFER)
def referral_list(request):
    """Who was sent and what became of it; the bidan answers several at once."""
    may_answer = request.access.may(Permission.CONFIRM_HEALTH)
    form = BatchForm(referrals=queries.referrals_of(request.scope))
    return page(request, "follow_ups/referral_list.html", _list_context(request, may_answer, form))


def _list_context(request, may_answer: bool, form: BatchForm) -> dict:
    return {
        "waiting": queries.waiting_referrals(request.scope),
        "answered": queries.answered_referrals(request.scope),
        "may_answer": may_answer,
        "form": form,
    }


@requires(Permission.CONFIRM_HEALTH)
def referral_answer(request):
    """The bidan's answer for all that are ticked."""
    form = BatchForm(request.POST or None, referrals=queries.referrals_of(request.scope))

    def save() -> Receipt:
        data = form.cleaned_data
        chosen, today = list(data["referral"]), clock.today()
        count = actions.answer_referrals(
            referrals=chosen, state=data["state"], feedback=data["feedback"], on=today, by=request.user
        )
        return Receipt(reverse("follow_ups:referral_list"), f"{count} rujukan dijawab")

    context = _list_context(request, True, form)
    if request.method == "POST":
        return respond(request, form, save, "follow_ups/_referrals.html", context)
    return page(request, "follow_ups/_referrals.html", context)


@requires(Permission.REFER)
def referral_new(request, resident_id):
    """Send somebody from a card or a visit (`?pertemuan=`) or from her page."""
    resident = get_object_or_404(Resident.objects.within(request.scope), pk=resident_id)
    residency = current_residency(resident, request.scope)
    if residency is None:
        raise Refusal(f"{resident.name} sudah tidak tinggal di sini, jadi tidak dapat dirujuk dari sini.")
    encounter = _encounter(request)
    post = residency.posyandu
    initial = {"facility": post.facility_id, "reason": _findings_in_words(resident, encounter), "urgency": "biasa"}
    form = ReferralForm(request.POST or None, facilities=facilities_of(request), initial=initial)

    def save() -> Receipt:
        day = clock.today(post.area_id)
        referral = actions.make_referral(
            posyandu=post, resident=resident, encounter=encounter, on=day, by=request.user, **form.cleaned_data
        )
        return Receipt(reverse("follow_ups:referral_detail", args=[referral.pk]), f"Rujukan {referral.code} dibuat")

    context = {"resident": resident, "post": post}
    if request.method == "POST":
        return respond(request, form, save, "follow_ups/referral_new.html", context)
    return page(request, "follow_ups/referral_new.html", {**context, "form": form})


def _encounter(request) -> Encounter | None:
    """The open day or visit it comes from; 404 for somebody else's."""
    text = request.GET.get("pertemuan", "")
    if not text:
        return None
    try:
        key = UUID(text)
    except ValueError:
        return None
    return get_object_or_404(Encounter.objects.within(request.scope), pk=key)


def _findings_in_words(resident: Resident, encounter: Encounter | None) -> str:
    """What was found that day, as a first text of the reason."""
    if encounter is None:
        return ""
    return queries.findings_in_words(encounter, resident)


@requires(Permission.REFER)
def referral_detail(request, referral_id):
    """One referral: its states, and what one was told by word of mouth."""
    referral = get_object_or_404(queries.referrals_of(request.scope), pk=referral_id)
    form = FeedbackForm(request.POST or None)
    is_verbal = not request.access.may(Permission.CONFIRM_HEALTH)

    def save() -> Receipt:
        today = clock.today(referral.posyandu.area_id)
        changed = actions.answer_referrals(
            referrals=[referral], on=today, by=request.user, is_verbal=is_verbal, **form.cleaned_data
        )
        if not changed:
            raise Refusal("Rujukan ini sudah selesai dijawab. Muat ulang halaman ini.")
        return Receipt(reverse("follow_ups:referral_detail", args=[referral.pk]), "Kabar rujukan dicatat")

    context = {"referral": referral, "events": list(referral.events.select_related("author").order_by("at"))}
    if request.method == "POST":
        return respond(request, form, save, "follow_ups/referral_detail.html", context)
    return page(request, "follow_ups/referral_detail.html", {**context, "form": form})


@requires(Permission.REFER)
def referral_download(request, referral_id):
    """The slip on A6, to hand over. It is logged."""
    referral = get_object_or_404(queries.referrals_of(request.scope), pk=referral_id)
    note(by=request.user, verb=Verb.DOWNLOAD, on=referral, place=referral.posyandu.path)
    age = queries.age_in_words(referral.resident, referral.made_on)
    html = render_to_string("follow_ups/pdf/referral.html", {"referral": referral, "age": age})
    headers = {"Content-Disposition": f'inline; filename="rujukan-{referral.code}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(render_pdf(html, stylesheet="visits.css"), content_type="application/pdf", headers=headers)


@requires(Permission.CONFIRM_HEALTH)
def confirm_list(request):
    """ "Hari ini perlu dikonfirmasi": the bidan settles the findings of the last open days in one batch."""
    findings = queries.findings_to_confirm(request.scope, clock.today())
    facilities = facilities_of(request)
    form = ConfirmForm(request.POST or None, findings=findings, facilities=facilities)
    context = {"findings": findings}

    def save() -> Receipt:
        settled = [Settled(one.encounter, one.resident, one.words, decision) for one, decision in form.decided()]
        facility = form.cleaned_data["facility"]
        spot, sent = actions.settle_findings(settled=settled, facility=facility, on=clock.today(), by=request.user)
        return Receipt(reverse("follow_ups:confirm_list"), f"{spot} ditangani di tempat, {sent} dirujuk")

    if request.method == "POST":
        return respond(request, form, save, "follow_ups/confirm_list.html", context)
    return page(request, "follow_ups/confirm_list.html", {**context, "form": form})
