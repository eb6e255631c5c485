from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas.access import Permission, requires
from services.fields import registry
from services.fields.queries import forms_used
from services.fields.spec import FormSpec, Shape, Step
from services.records.actions import Attends, Saved, add_asset
from services.records.models import Asset
from services.records.queries import activities_of, measurement_at
from services.records.results import results_of
from services.records.views import answer_sheet, form_or_404, sheet_for
from services.residents.models import Household, Resident
from services.residents.queries import Person, reachable
from services.web.submissions import Receipt
from services.web.views import page, respond

from .. import actions, queries
from ..forms import AssetForm
from ..models import OpenDay
from .days import day_url, the_day


@requires(Permission.RECORD)
def record_edit(request, day_id, resident_id, form_key):
    """One person's card: shortened to this phone's table and to what is due."""
    day, spec = the_day(request, day_id), form_or_404(form_key, Shape.PERSON, request.scope)
    resident = get_object_or_404(reachable(request.scope), pk=resident_id)
    person, forms = queries.person_at(day, resident, request.scope)
    table = _table(request)
    asking = {"age_months": person.age_months, "sex": resident.sex}
    sheet = sheet_for(request, day.encounter, spec, "resident", resident, step=table, **asking)

    def context() -> dict:
        return {
            "day": day,
            "person": person,
            "forms": forms,
            "spec": spec,
            "next": queries.next_waiting(day, request.scope, besides=resident.pk),
            "results": _results(measurement_at(day.encounter, resident.pk, request.scope), person),
            "household_forms": _used(request, day, Shape.HOUSEHOLD),
            "table": table,
        }

    def before() -> Attends:
        actions.must_run(day)
        return Attends(as_guest=person.is_guest, done=table is None or sheet.is_complete())

    def after(saved: Saved) -> Receipt:
        return _after_person(request, day, resident, person, saved)

    template = "open_days/record_edit.html"
    return answer_sheet(request, day.encounter, sheet, resident, template, context, before=before, after=after)


def _after_person(request, day: OpenDay, resident: Resident, person: Person, saved: Saved) -> Receipt:
    """Where to go: stay when the result needs eyes, else on to who is waiting, else to the list."""
    if any(result.needs_referral for result in _results(saved.measurement, person)):
        return Receipt(request.path, f"{resident.name} tersimpan. Lihat hasilnya")
    waiting = queries.next_waiting(day, request.scope, besides=resident.pk)
    location = queries.first_form_url(day, waiting, request.scope) if waiting else day_url(day)
    return Receipt(location, f"{resident.name} tersimpan")


def _results(measurement, person: Person):
    if measurement is None:
        return ()
    return results_of(measurement, stages=person.stages, sex=person.sex, age_months=person.age_months)


@requires(Permission.RECORD)
def household_record_edit(request, day_id, household_id, form_key):
    day, spec = the_day(request, day_id), form_or_404(form_key, Shape.HOUSEHOLD, request.scope)
    household = get_object_or_404(Household.objects.within(request.scope), pk=household_id)
    context = {"day": day, "household": household, "spec": spec, "forms": _used(request, day, Shape.HOUSEHOLD)}
    return _simple(request, day, spec, "household", household, "open_days/household_record_edit.html", context)


@requires(Permission.RECORD)
def activity_list(request, day_id):
    day = the_day(request, day_id)
    used = _used(request, day, Shape.ACTIVITY)
    context = {
        "day": day,
        "activities": activities_of(day.encounter, request.scope),
        "fields": [(field, [spec for spec in used if spec.field == field.key]) for field in registry.FIELDS],
        "asset_forms": _used(request, day, Shape.ASSET),
    }
    return render(request, "open_days/activity_list.html", context)


@requires(Permission.RECORD)
def activity_new(request, day_id, form_key):
    day, spec = the_day(request, day_id), form_or_404(form_key, Shape.ACTIVITY, request.scope)
    context = {"day": day, "spec": spec}
    return _simple(request, day, spec, "activity", spec.title, "open_days/activity_new.html", context)


@requires(Permission.RECORD)
def asset_list(request, day_id, form_key):
    """The things of one kind (wells, …): choose one, or add one."""
    day, spec = the_day(request, day_id), form_or_404(form_key, Shape.ASSET, request.scope)
    form = AssetForm(request.POST or None)
    assets = Asset.objects.within(request.scope).filter(posyandu=day.posyandu, form=spec.key, retired_on__isnull=True)
    context = {"day": day, "spec": spec, "assets": list(assets.order_by("name"))}
    if request.method == "POST":
        return respond(
            request, form, lambda: _add_asset(day, spec, form, request), "open_days/asset_list.html", context
        )
    return page(request, "open_days/asset_list.html", {**context, "form": form})


def _add_asset(day: OpenDay, spec: FormSpec, form: AssetForm, request) -> Receipt:
    asset = add_asset(posyandu=day.posyandu, form=spec.key, by=request.user, on=day.date, **form.cleaned_data)
    location = reverse("open_days:asset_record_edit", args=[day.pk, asset.pk, spec.key])
    return Receipt(location, f"{asset.name} dicatat. Sekarang isi keadaannya")


@requires(Permission.RECORD)
def asset_record_edit(request, day_id, asset_id, form_key):
    day, spec = the_day(request, day_id), form_or_404(form_key, Shape.ASSET, request.scope)
    asset = get_object_or_404(Asset.objects.within(request.scope), pk=asset_id, form=spec.key)
    context = {"day": day, "asset": asset, "spec": spec}
    return _simple(request, day, spec, "asset", asset, "open_days/asset_record_edit.html", context)


def _simple(request, day: OpenDay, spec: FormSpec, column: str, subject, template: str, context: dict):
    """A form that is not about a person: saved, then back to the list it came from."""
    sheet = sheet_for(request, day.encounter, spec, column, "" if spec.shape is Shape.ACTIVITY else subject)
    name = "day_detail" if spec.shape is Shape.HOUSEHOLD else "activity_list"
    receipt = Receipt(reverse(f"open_days:{name}", args=[day.pk]), f"{spec.title} tersimpan")
    return answer_sheet(
        request,
        day.encounter,
        sheet,
        subject,
        template,
        lambda: context,
        before=lambda: actions.must_run(day),
        after=lambda saved: receipt,
    )


def _used(request, day: OpenDay, shape: Shape) -> tuple[FormSpec, ...]:
    """The forms of a shape that the district uses, in the fields this person may fill."""
    return forms_used(day.posyandu.area_id, day.date, shape=shape, fields=request.scope.fields)


def _table(request) -> Step | None:
    """The table this phone stands on ("Saya di meja …"), or None for all."""
    chosen = request.session.get("meja")
    return list(Step)[chosen - 1] if chosen in range(1, 6) else None
