from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas.access import Permission, requires
from services.fields import registry
from services.fields.spec import FormSpec, Shape, Step
from services.records.actions import Clashed, add_asset, mark_done, save_record
from services.records.forms import Sheet
from services.records.models import Asset
from services.records.queries import activities_of, form_page, measurement_at
from services.records.results import results_of
from services.residents.models import Household
from services.residents.queries import reachable
from services.web.submissions import Receipt
from services.web.views import page, respond

from .. import actions, queries
from ..forms import AssetForm
from ..models import OpenDay
from .days import day_url, the_day


@requires(Permission.RECORD)
def record_edit(request, day_id, resident_id, form_key):
    """One person's card: shortened to this phone's table and to what is due."""
    day, spec = the_day(request, day_id), _form(form_key, Shape.PERSON, request.scope)
    resident = get_object_or_404(reachable(request.scope), pk=resident_id)
    person, forms = queries.person_at(day, resident, request.scope)
    sheet = _sheet(request, day, spec, "resident", resident, age_months=person.age_months, sex=resident.sex)
    measured = measurement_at(day.encounter, resident.pk, request.scope)
    context = {
        "day": day,
        "person": person,
        "forms": forms,
        "spec": spec,
        "next": queries.next_waiting(day, request.scope, besides=resident.pk),
        "results": results_of(measured, stages=person.stages, sex=person.sex, age_months=person.age_months)
        if measured
        else (),
        "household_forms": registry.forms_for(shape=Shape.HOUSEHOLD),
        "table": _table(request),
    }
    return _answer(request, day, sheet, resident, "open_days/record_edit.html", context, _after_person)


@requires(Permission.RECORD)
def household_record_edit(request, day_id, household_id, form_key):
    day, spec = the_day(request, day_id), _form(form_key, Shape.HOUSEHOLD, request.scope)
    household = get_object_or_404(Household.objects.within(request.scope), pk=household_id)
    sheet = _sheet(request, day, spec, "household", household)
    forms = registry.forms_for(shape=Shape.HOUSEHOLD)
    context = {"day": day, "household": household, "spec": spec, "forms": forms}
    return _answer(request, day, sheet, household, "open_days/household_record_edit.html", context, _after_subject)


@requires(Permission.RECORD)
def activity_list(request, day_id):
    day = the_day(request, day_id)
    context = {
        "day": day,
        "activities": activities_of(day.encounter, request.scope),
        "fields": [(field, registry.forms_for(field=field.key, shape=Shape.ACTIVITY)) for field in registry.FIELDS],
        "asset_forms": registry.forms_for(shape=Shape.ASSET),
    }
    return render(request, "open_days/activity_list.html", context)


@requires(Permission.RECORD)
def activity_new(request, day_id, form_key):
    day, spec = the_day(request, day_id), _form(form_key, Shape.ACTIVITY, request.scope)
    sheet = _sheet(request, day, spec, "activity", "")
    context = {"day": day, "spec": spec}
    return _answer(request, day, sheet, spec.title, "open_days/activity_new.html", context, _after_activity)


@requires(Permission.RECORD)
def asset_list(request, day_id, form_key):
    """The things of one kind (wells, …): choose one, or add one."""
    day, spec = the_day(request, day_id), _form(form_key, Shape.ASSET, request.scope)
    form = AssetForm(request.POST or None)
    assets = Asset.objects.within(request.scope).filter(posyandu=day.posyandu, form=spec.key, retired_on__isnull=True)
    context = {"day": day, "spec": spec, "assets": list(assets.order_by("name"))}
    if request.method == "POST":
        return respond(request, form, lambda: _add_asset(day, spec, form, request), "open_days/asset_list.html", context)
    return page(request, "open_days/asset_list.html", {**context, "form": form})


def _add_asset(day: OpenDay, spec: FormSpec, form: AssetForm, request) -> Receipt:
    asset = add_asset(posyandu=day.posyandu, form=spec.key, by=request.user, on=day.date, **form.cleaned_data)
    location = reverse("open_days:asset_record_edit", args=[day.pk, asset.pk, spec.key])
    return Receipt(location, f"{asset.name} dicatat. Sekarang isi keadaannya")


@requires(Permission.RECORD)
def asset_record_edit(request, day_id, asset_id, form_key):
    day, spec = the_day(request, day_id), _form(form_key, Shape.ASSET, request.scope)
    asset = get_object_or_404(Asset.objects.within(request.scope), pk=asset_id, form=spec.key)
    sheet = _sheet(request, day, spec, "asset", asset)
    context = {"day": day, "asset": asset, "spec": spec}
    return _answer(request, day, sheet, asset, "open_days/asset_record_edit.html", context, _after_activity)


def _answer(request, day: OpenDay, sheet: Sheet, subject, template: str, context: dict, after):
    context = {**context, "sheet": sheet, "form": sheet.form}
    if request.method != "POST":
        return page(request, template, context)

    def write() -> Receipt:
        actions.must_run(day)
        try:
            saved = save_record(
                encounter=day.encounter,
                form=sheet.page.spec.key,
                subject=subject,
                answers=sheet.form.answers(),
                asked=sheet.form.question_keys,
                base=sheet.opened_with,
                by=request.user,
            )
        except Clashed as clashed:
            sheet.show_clash(clashed)
            raise
        return after(request, day, sheet, subject, saved, context)

    return respond(request, sheet.form, write, template, context)


def _after_person(request, day, sheet, resident, saved, context) -> Receipt:
    person = context["person"]
    if not person.is_guest:
        actions.tick(open_day=day, resident=resident, by=request.user)
    if context["table"] is None or sheet.is_complete():
        mark_done(encounter=day.encounter, resident_id=resident.pk, by=request.user)
    results = (
        results_of(saved.measurement, stages=person.stages, sex=person.sex, age_months=person.age_months)
        if saved.measurement
        else ()
    )
    if any(result.needs_referral for result in results):
        return Receipt(request.path, f"{resident.name} tersimpan. Lihat hasilnya")
    waiting = context["next"]
    if waiting is None:
        return Receipt(day_url(day), f"{resident.name} tersimpan")
    return Receipt(queries.first_form_url(day, waiting, request.scope), f"{resident.name} tersimpan")


def _after_subject(request, day, sheet, subject, saved, context) -> Receipt:
    return Receipt(day_url(day), f"{sheet.page.spec.title} tersimpan")


def _after_activity(request, day, sheet, subject, saved, context) -> Receipt:
    return Receipt(reverse("open_days:activity_list", args=[day.pk]), f"{sheet.page.spec.title} tersimpan")


def _sheet(request, day: OpenDay, spec: FormSpec, column: str, subject, **asking) -> Sheet:
    found = form_page(
        encounter=day.encounter, spec=spec, subject_column=column, subject=subject, scope=request.scope
    )
    return Sheet(found, on=day.date, step=_table(request), data=request.POST if request.method == "POST" else None, **asking)


def _table(request) -> Step | None:
    """The table this phone stands on ("Saya di meja …"), or None for all."""
    chosen = request.session.get("meja")
    return list(Step)[chosen - 1] if chosen in range(1, 6) else None


def _form(key: str, shape: Shape, scope) -> FormSpec:
    try:
        spec = registry.form(key)
    except KeyError:
        raise Http404 from None
    if spec.shape is not shape or spec.sensitive or (scope.fields is not None and spec.field not in scope.fields):
        raise Http404
    return spec

