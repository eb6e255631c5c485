from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.accounts.models import Assignment, User
from services.areas import clock
from services.areas.access import Permission, requires
from services.fields.spec import Shape
from services.records.views import answer_sheet, form_or_404, sheet_for
from services.residents.models import Household, Resident
from services.web.submissions import Receipt
from services.web.views import page, respond

from . import actions, queries
from .forms import VisitForm
from .models import HomeVisit
from .rules import EMERGENCY_NUMBER


@requires(Permission.RECORD)
def visit_list(request):
    context = {"due": queries.due_list(request.scope, clock.today()), "visits": list(queries.visits_of(request.scope))}
    return render(request, "home_visits/visit_list.html", context)


@requires(Permission.RECORD)
def visit_new(request, household_id):
    homes = Household.objects.within(request.scope).select_related("posyandu__facility")
    household = get_object_or_404(homes, pk=household_id)
    today = actions.today_at(household)
    members = queries.members_of(household, request.scope, today)
    initial = {"date": today, "resident": request.GET.get("warga", ""), "reason": request.GET.get("alasan", "")}
    form = VisitForm(request.POST or None, members=members, kader=_kader(household, request), initial=initial)
    context = {"household": household, "members": members, "emergency": EMERGENCY_NUMBER}
    if request.method == "POST":
        return respond(request, form, lambda: _record(household, form, request), "home_visits/visit_new.html", context)
    return page(request, "home_visits/visit_new.html", {**context, "form": form})


def _record(household: Household, form: VisitForm, request) -> Receipt:
    data = dict(form.cleaned_data)
    chosen = data.pop("resident")
    resident = get_object_or_404(Resident.objects.within(request.scope), pk=chosen) if chosen else None
    visit = actions.record_visit(household=household, resident=resident, day=data.pop("date"), by=request.user, **data)
    return Receipt(reverse("home_visits:visit_detail", args=[visit.pk]), "Kunjungan tersimpan")


def _kader(household: Household, request):
    at_work = Assignment.objects.within(request.scope).filter(posyandu=household.posyandu_id, to_date__isnull=True)
    others = User.objects.within(request.scope).exclude(pk=request.user.pk)
    return others.filter(pk__in=at_work.values("user_id")).order_by("name")


@requires(Permission.RECORD)
def visit_detail(request, visit_id):
    visit = _visit(request, visit_id)
    context = {"visit": visit, "house": queries.house_at(visit, request.scope), "emergency": EMERGENCY_NUMBER}
    return render(request, "home_visits/visit_detail.html", context)


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
    return answer_sheet(request, visit.encounter, sheet, subject, template, lambda: context, after=lambda saved: receipt)


def _visit(request, visit_id) -> HomeVisit:
    visits = HomeVisit.objects.within(request.scope).select_related(
        "household__posyandu__facility", "resident", "encounter__posyandu", "visited_by"
    )
    return get_object_or_404(visits, pk=visit_id)
