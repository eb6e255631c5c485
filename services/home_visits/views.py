from dataclasses import replace
from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.areas.settings import EMERGENCY_NUMBER, value_of
from services.audit.actions import Verb, note
from services.fields.spec import Shape
from services.follow_ups.models import Need
from services.follow_ups.queries import Filters, Reader, due_list, kader_at, task_of, tasks_at
from services.follow_ups.rules import HIDDEN_WORDS, left_in_words
from services.records.views import answer_sheet, form_or_404, sheet_for
from services.residents.models import Household, Resident
from services.web.pdf import render_pdf
from services.web.refusals import Refusal
from services.web.submissions import Receipt
from services.web.views import page, respond

from . import actions, queries
from .forms import ContinueForm, DangerForm, VisitForm
from .models import HomeVisit
from .rules import DANGER_SIGNS, EDUCATION, REPORTED_TO, answers_in_words

FILTERS = {"dusun": "Dusun", "rw": "RW", "rt": "RT", "field": "Bidang", "kader": "Petugas", "until": "Jatuh tempo"}


def reader_of(request, *, on_paper: bool = False) -> Reader:
    """How much of a reason this person may read."""
    return Reader(request.scope, request.access.may(Permission.SEE_SENSITIVE), on_paper)


def _filters(request) -> Filters:
    asked = Filters(**{name: request.GET.get(name, "")[:60] for name in FILTERS})
    return replace(asked, until=_day(asked.until))


def _day(text: str) -> str:
    """The day as 2026-10-31; "" for what is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _narrowing(choices: dict, filters: Filters) -> list[tuple[str, str, dict]]:
    """(name, label, what can be chosen) of each filter that would narrow anything."""
    return [
        (name, label, {"values": choices[name], "chosen": getattr(filters, name)})
        for name, label in FILTERS.items()
        if len(choices[name]) > 1 or getattr(filters, name)
    ]


def _reason(visit: HomeVisit, hidden: dict) -> str:
    """Why somebody was visited, as this person may read it (`queries.hidden_kinds`)."""
    return HIDDEN_WORDS if visit.reason in hidden.get(visit.encounter_id, ()) else visit.get_reason_display()


@requires(Permission.RECORD)
def visit_list(request):
    filters = _filters(request)
    due = due_list(reader_of(request), clock.today(), filters)
    visits = list(queries.visits_of(request.scope))
    hidden = queries.hidden_kinds(visits, reader_of(request))
    context = {
        "due": due,
        "filters": filters,
        "narrowing": _narrowing(due.choices, filters),
        "visits": [(visit, _reason(visit, hidden)) for visit in visits],
        "may_confirm": request.access.may(Permission.CONFIRM_HEALTH),
        "may_share": request.access.may(Permission.MANAGE_KADER),
    }
    return render(request, "home_visits/visit_list.html", context)


@requires(Permission.RECORD)
def visit_list_download(request):
    """The list on paper, a page for each RW; sensitive reasons are never printed."""
    due = due_list(reader_of(request, on_paper=True), clock.today(), _filters(request))
    pages: dict[str, list] = {}
    for line in due.lines:
        pages.setdefault(line.rw, []).append(line)
    context = {"pages": sorted(pages.items()), "posts": queries.names_of_posts(request.scope), "today": clock.today()}
    content = render_pdf(render_to_string("home_visits/pdf/visit_list.html", context), stylesheet="visits.css")
    note(by=request.user, verb=Verb.DOWNLOAD, on=Need, baris=len(due.lines))
    return _file(content, f"daftar-kunjungan-{clock.today():%Y-%m-%d}.pdf")


def _file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"},
    )


@requires(Permission.RECORD)
def visit_new(request, household_id):
    """A visit, opened from a need of the list or from the household's page."""
    homes = Household.objects.within(request.scope).select_related("posyandu__facility")
    household = get_object_or_404(homes, pk=household_id)
    today = actions.today_at(household)
    need = _need(request, household)
    form = _visit_form(request, household, need, today)
    context = {"household": household, "need": need and task_of(need, reader_of(request)), **_help(household, today)}
    context["others"] = [task for task in tasks_at(household.pk, reader_of(request)) if not need or task.id != need.pk]
    if request.method == "POST":
        return respond(
            request, form, lambda: _record(household, need, form, request), "home_visits/visit_new.html", context
        )
    return page(request, "home_visits/visit_new.html", {**context, "form": form})


def _visit_form(request, household: Household, need: Need | None, today) -> VisitForm:
    reason = request.POST.get("reason") or request.GET.get("alasan", "")
    who = str(need.resident_id or "") if need else request.GET.get("warga", "")
    kader = kader_at([household.posyandu_id], request.scope, today).exclude(pk=request.user.pk)
    return VisitForm(
        request.POST or None,
        members=queries.members_of(household, request.scope, today),
        kader=kader,
        need=need,
        kind=reason,
        sees_sensitive=request.access.may(Permission.SEE_SENSITIVE),
        initial={"date": today, "resident": who, "reason": reason},
    )


def _need(request, household: Household) -> Need | None:
    """The need this visit is made for; one that is closed meanwhile still says why somebody went."""
    chosen = request.GET.get("keperluan", "")
    if not chosen:
        return None
    rows = Need.objects.within(request.scope).select_related("resident", "household", "assigned_to")
    return get_object_or_404(rows.filter(household=household), pk__in=_as_id(chosen))


def _as_id(text: str) -> list[str]:
    return [text] if len(text) == 36 and text.count("-") == 4 else []


def _help(household: Household, today) -> dict:
    """The numbers to call."""
    number = value_of(EMERGENCY_NUMBER, household.posyandu.area_id, today)
    return {"emergency": number, "facility": household.posyandu.facility}


def _record(household: Household, need: Need | None, form: VisitForm, request) -> Receipt:
    data = form.rest()
    chosen = data.pop("resident")
    resident = get_object_or_404(Resident.objects.within(request.scope), pk=chosen) if chosen else None
    reason = data.pop("reason", "") or need.kind
    meant = queries.needs_meant(
        household, request.scope, need=need, reason=reason, resident_id=resident.pk if resident else None
    )
    try:
        visit = actions.record_visit(
            household=household,
            resident=resident,
            day=data.pop("date"),
            reason=reason,
            needs=meant,
            answers=form.answers(),
            by=request.user,
            **data,
        )
    except Refusal as refusal:
        if refusal.field == "second":
            form.ask_second()
        raise
    return Receipt(_after(visit), "Kunjungan tersimpan")


def _after(visit: HomeVisit) -> str:
    """What comes next: tell a health worker, write the slip, or the visit's page with what is left in the house."""
    if visit.danger_signs:
        return reverse("home_visits:danger_new", args=[visit.pk])
    if visit.next_step == HomeVisit.Next.REFER and visit.resident_id:
        return _referral_url(visit)
    return reverse("home_visits:visit_detail", args=[visit.pk])


def _referral_url(visit: HomeVisit) -> str:
    return f"{reverse('follow_ups:referral_new', args=[visit.resident_id])}?pertemuan={visit.encounter_id}"


@requires(Permission.RECORD)
def visit_detail(request, visit_id):
    visit = _visit(request, visit_id)
    left = queries.remaining_at(visit, reader_of(request))
    hidden = queries.hidden_kinds([visit], reader_of(request))
    secret = hidden.get(visit.encounter_id, frozenset())
    context = {
        "visit": visit,
        "reason": _reason(visit, hidden),
        "note": "" if secret else visit.note,
        "house": queries.house_at(visit, request.scope),
        "left": left,
        "left_words": left_in_words(len(left)),
        "signs": [DANGER_SIGNS.get(sign, sign) for sign in visit.danger_signs],
        "taught": [EDUCATION.get(topic, topic) for topic in visit.education],
        "reported_to": REPORTED_TO.get(visit.reported_to, ""),
        "answers": answers_in_words({kind: told for kind, told in visit.answers.items() if kind not in secret}),
        "companions": list(visit.companions.all()),
        "referral_url": _referral_url(visit) if visit.resident_id else "",
        **_help(visit.household, visit.date),
    }
    return render(request, "home_visits/visit_detail.html", context)


@requires(Permission.RECORD)
def visit_continue(request, visit_id, need_id):
    """Another need of the house at the same visit."""
    visit = _visit(request, visit_id)
    needs = Need.objects.within(request.scope).select_related("resident", "household", "assigned_to")
    need = get_object_or_404(needs.filter(household=visit.household_id), pk=need_id)
    form = ContinueForm(request.POST or None, kind=need.kind)
    context = {"visit": visit, "need": task_of(need, reader_of(request))}

    def save() -> Receipt:
        next_date = form.cleaned_data.get("next_date")
        actions.continue_visit(visit=visit, need=need, answers=form.answers(), next_date=next_date, by=request.user)
        if form.cleaned_data.get("next_step") == HomeVisit.Next.REFER and need.resident_id:
            url = reverse("follow_ups:referral_new", args=[need.resident_id])
            return Receipt(f"{url}?pertemuan={visit.encounter_id}", "Tersimpan")
        return Receipt(reverse("home_visits:visit_detail", args=[visit.pk]), "Tersimpan")

    if request.method == "POST":
        return respond(request, form, save, "home_visits/visit_continue.html", context)
    return page(request, "home_visits/visit_continue.html", {**context, "form": form})


@requires(Permission.RECORD)
def danger_new(request, visit_id):
    """A danger sign was seen: call first, then say here whom one told."""
    visit = _visit(request, visit_id)
    today = clock.today(visit.posyandu.area_id)
    form = DangerForm(request.POST or None, initial={"on": today})
    context = {"visit": visit, "signs": [DANGER_SIGNS.get(sign, sign) for sign in visit.danger_signs]}
    context |= _help(visit.household, today)

    def save() -> Receipt:
        actions.report_danger(visit=visit, by=request.user, **form.cleaned_data)
        refer = visit.next_step == HomeVisit.Next.REFER and visit.resident_id
        location = _referral_url(visit) if refer else reverse("home_visits:visit_detail", args=[visit.pk])
        return Receipt(location, "Laporan ke tenaga kesehatan dicatat")

    if request.method == "POST":
        return respond(request, form, save, "home_visits/danger_new.html", context)
    return page(request, "home_visits/danger_new.html", {**context, "form": form})


@requires(Permission.RECORD)
def record_edit(request, visit_id, resident_id, form_key):
    visit, spec = _visit(request, visit_id), form_or_404(form_key, Shape.PERSON, request.scope)
    resident = get_object_or_404(Resident.objects.within(request.scope), pk=resident_id)
    house = queries.house_at(visit, request.scope)
    member = next((one for one in house.members if one.person.id == resident.pk), None)
    asking = {"age_months": member.person.age_months if member else None, "sex": resident.sex}
    context = {"visit": visit, "title": resident.name, "spec": spec}
    return _fill(request, visit, spec, "resident", resident, context, **asking)


@requires(Permission.RECORD)
def household_record_edit(request, visit_id, form_key):
    visit, spec = _visit(request, visit_id), form_or_404(form_key, Shape.HOUSEHOLD, request.scope)
    context = {"visit": visit, "title": str(visit.household), "spec": spec}
    return _fill(request, visit, spec, "household", visit.household, context)


def _fill(request, visit: HomeVisit, spec, column: str, subject, context: dict, **asking):
    sheet = sheet_for(request, visit.encounter, spec, column, subject, **asking)
    receipt = Receipt(reverse("home_visits:visit_detail", args=[visit.pk]), f"{spec.title} tersimpan")
    template = f"home_visits/{'record_edit' if column == 'resident' else 'household_record_edit'}.html"
    return answer_sheet(
        request, visit.encounter, sheet, subject, template, lambda: context, after=lambda saved: receipt
    )


def _visit(request, visit_id) -> HomeVisit:
    visits = HomeVisit.objects.within(request.scope).select_related(
        "household__posyandu__facility", "posyandu", "resident", "encounter__posyandu", "visited_by", "reported_by"
    )
    return get_object_or_404(visits, pk=visit_id)
