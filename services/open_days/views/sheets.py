from dataclasses import dataclass

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from services.areas.access import Permission, requires
from services.fields import registry
from services.fields.queries import forms_in_use, forms_used, must_be_used
from services.fields.spec import FormSpec, Shape, Step
from services.records.actions import Attends, Saved, add_asset
from services.records.forms import Sheet
from services.records.models import Asset, Record
from services.records.queries import activities_of, measurement_at
from services.records.results import not_measured
from services.records.views import answer_sheet, form_or_404, help_numbers, results_now, sheet_for, unsaved_results
from services.residents.models import Household, Resident
from services.residents.queries import Person, reachable
from services.tickets.rules import offers_in
from services.web.submissions import Receipt
from services.web.views import page, respond

from .. import actions, queries
from ..forms import AssetForm
from ..models import OpenDay
from .days import day_url, the_day

# The second button of an activity's form: save it and open the next line of the paper.
TYPE_ANOTHER = "lanjut"


@dataclass
class Card:
    """One person's card on an open day: the day, who it is about, her forms, and the one that is open."""

    day: OpenDay
    resident: Resident
    person: Person
    forms: tuple[FormSpec, ...]
    sheet: Sheet
    table: Step | None

    @property
    def about(self) -> dict:
        return {"stages": self.person.stages, "age_months": self.person.age_months}

    def results(self, measurement):
        return results_now(self.sheet, measurement, self.day.encounter, sex=self.resident.sex, **self.about)


def _card(request, day_id, resident_id, form_key) -> Card:
    day, spec = the_day(request, day_id), form_or_404(form_key, Shape.PERSON, request.scope)
    resident = get_object_or_404(reachable(request.scope), pk=resident_id)
    person, forms = queries.person_at(day, resident, request.scope)
    table = _table(request)
    asking = {"age_months": person.age_months, "sex": resident.sex}
    sheet = sheet_for(request, day.encounter, spec, "resident", resident, step=table, **asking)
    return Card(day, resident, person, forms, sheet, table)


@requires(Permission.RECORD)
def record_edit(request, day_id, resident_id, form_key):
    """One person's card: shortened to this phone's table and to what is due."""
    card = _card(request, day_id, resident_id, form_key)

    def before() -> Attends:
        actions.must_run(card.day)
        return Attends(as_guest=card.person.is_guest, done=card.table is None or card.sheet.is_complete())

    return answer_sheet(
        request,
        card.day.encounter,
        card.sheet,
        card.resident,
        "open_days/record_edit.html",
        lambda: _card_context(request, card),
        before=before,
        after=lambda saved: _after_person(request, card, saved),
    )


def _card_context(request, card: Card) -> dict:
    day, measurement = card.day, measurement_at(card.day.encounter, card.resident.pk, request.scope)
    results = card.results(measurement)
    spec, saved = card.sheet.page.spec, card.sheet.page.record is not None
    measures = saved and any(question.measure for question in spec.questions)
    return {
        "day": day,
        "person": card.person,
        "forms": card.forms,
        "spec": spec,
        "next": queries.next_waiting(day, request.scope, besides=card.resident.pk),
        "results": results,
        "told": queries.results_told(day, request.scope, request.GET.get("sesudah", "")),
        "unmeasured": not_measured(measurement, set(card.person.stages), card.person.age_months) if measures else (),
        "folded": any(result.is_urgent for result in results),
        "preview": reverse("open_days:record_preview", args=[day.pk, card.resident.pk, spec.key]),
        "sensitive": queries.sensitive_forms(card.person, request.scope, forms_in_use(day.posyandu.area_id, day.date)),
        "household_forms": _used(request, day, Shape.HOUSEHOLD),
        "table": card.table,
        "offers": offers_in(spec.key, card.sheet.page.answers, household=card.person.household_id or ""),
        **help_numbers(day.encounter),
    }


@require_POST
@requires(Permission.RECORD)
def record_preview(request, day_id, resident_id, form_key):
    """What the card as typed would come to, line by line under its questions. Nothing is written."""
    card = _card(request, day_id, resident_id, form_key)
    encounter = card.day.encounter
    results = unsaved_results(card.sheet, encounter, card.resident, **card.about)
    context = {"form": card.sheet.form, "results": results, **help_numbers(encounter)}
    response = render(request, "records/_preview.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _after_person(request, card: Card, saved: Saved) -> Receipt:
    """Where to go: on to who is waiting, else to the list; a new result goes along and stands on top of that page.

    Danger is read first, on its own page. Saved again without a change, it was read: the button leads on as it says.
    """
    name, results = card.resident.name, card.results(saved.measurement)
    if saved.changed and offers_in(saved.record.form, saved.record.answers):
        return Receipt(request.path, f"{name} tersimpan. Lihat langkah berikutnya")
    if saved.changed and any(result.is_urgent for result in results):
        return Receipt(request.path, f"{name} tersimpan. Lihat hasilnya")
    waiting = queries.next_waiting(card.day, request.scope, besides=card.resident.pk)
    location = queries.first_form_url(card.day, waiting, request.scope) if waiting else day_url(card.day)
    if saved.changed and any(result.refer != "tidak" for result in results):
        location = f"{location}?sesudah={saved.record.pk}"
    return Receipt(location, f"{name} tersimpan")


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
        "activities": [
            (record, offers_in(record.form, record.answers, record=record.pk))
            for record in activities_of(day.encounter, request.scope)
        ],
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
    must_be_used(spec, day.posyandu.area_id, day.date)
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
    """A form that is not about a person: saved, then back to the list it came from, unless it found something."""
    sheet = sheet_for(request, day.encounter, spec, column, "" if spec.shape is Shape.ACTIVITY else subject)
    name = "day_detail" if spec.shape is Shape.HOUSEHOLD else "activity_list"
    about = {"household": subject.pk} if spec.shape is Shape.HOUSEHOLD else {"place": str(subject)}

    def after(saved: Saved) -> Receipt:
        if spec.names_participants:
            return names_next(saved.record)
        found = offers_in(spec.key, saved.record.answers)
        word = f"{spec.title} tersimpan. Lihat langkah berikutnya" if found else f"{spec.title} tersimpan"
        if spec.shape is Shape.ACTIVITY and TYPE_ANOTHER in request.POST:
            return Receipt(request.path, f"{spec.title} tersimpan, temuannya menunggu di daftar" if found else word)
        # Each activity is one of its own: what it found stands beside it in the list of the day.
        stay = found and spec.shape is not Shape.ACTIVITY
        return Receipt(request.path if stay else reverse(f"open_days:{name}", args=[day.pk]), word)

    return answer_sheet(
        request,
        day.encounter,
        sheet,
        subject,
        template,
        lambda: {**context, "offers": offers_in(spec.key, sheet.page.answers, **about)},
        before=lambda: actions.must_run(day),
        after=after,
    )


def names_next(record: Record) -> Receipt:
    """Where to go after an activity that names who came."""
    return Receipt(
        reverse("open_days:participant_list", args=[record.pk]), f"{record.activity} tersimpan. Tulis nama pesertanya"
    )


def _used(request, day: OpenDay, shape: Shape) -> tuple[FormSpec, ...]:
    """The forms of a shape that the district uses, in the fields this person may fill."""
    return forms_used(day.posyandu.area_id, day.date, shape=shape, fields=request.scope.fields)


def _table(request) -> Step | None:
    """The table this phone stands on ("Saya di meja …"), or None for all."""
    chosen = request.session.get("meja")
    return list(Step)[chosen - 1] if chosen in range(1, 6) else None
