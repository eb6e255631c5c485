"""Sensitive answers: entered by who asked them, read only under their own permission, and every look is remembered."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from services.areas.access import Permission, requires
from services.areas.settings import EMERGENCY_NUMBER, value_of
from services.clinical.ages import completed_months
from services.fields import registry
from services.fields.rules import answer_text
from services.fields.spec import FormSpec, Shape
from services.residents.models import Resident
from services.residents.queries import reachable
from services.web.submissions import Receipt

from ..actions import Saved, note_sensitive_view
from ..forms import Sheet
from ..models import Encounter, Record
from ..queries import form_page, own_entries, sensitive_of
from ..results import results_of
from ..thresholds import limits_on
from .sheets import answer_sheet

ENTRY_TIME = timedelta(hours=12)  # the writer goes on with her own entry that long; afterwards it is closed to her too


@requires(Permission.RECORD)
def sensitive_record_edit(request, encounter_id, resident_id, form_key):
    """One sensitive form, on a page of its own. Who wrote it sees it at this encounter only; others see that it is."""
    encounter = _encounter(request, encounter_id)
    resident = get_object_or_404(reachable(request.scope), pk=resident_id)
    spec = _form_or_404(form_key, resident, encounter)
    mine = own_entries(encounter, request.scope, timezone.now() - ENTRY_TIME)
    sheet = _sheet(request, encounter, resident, spec, mine)
    taken = sheet.page.record is None and encounter.records.filter(form=spec.key, resident=resident).exists()
    if sheet.page.record is not None and request.method != "POST":
        note_sensitive_view(on=sheet.page.record, by=request.user, place=encounter.posyandu.path, forms=[spec.key])
    back = _back(request, resident)
    context = {
        "resident": resident,
        "spec": spec,
        "back": back,
        "taken": taken,
        "may_see": request.access.may(Permission.SEE_SENSITIVE_ANSWERS),
        "results": _results(sheet.page.record, encounter),
        **help_numbers(encounter),
    }
    if taken and request.method == "POST":
        raise Http404  # another's answers are neither shown nor written over

    def after(saved: Saved) -> Receipt:
        urgent = any(result.needs_referral for result in _results(saved.record, encounter))
        return Receipt(request.get_full_path() if urgent else back, f"{spec.title} tersimpan")

    template = "records/sensitive_record_edit.html"
    return answer_sheet(request, encounter, sheet, resident, template, lambda: context, after=after)


@requires(Permission.SEE_SENSITIVE_ANSWERS)
def sensitive_record_detail(request, resident_id):
    """What a person answered in confidence, for those who look after her."""
    resident = get_object_or_404(Resident.objects.within(request.scope), pk=resident_id)
    records = sensitive_of(resident.pk, request.scope)
    for place in {record.encounter.posyandu.path for record in records}:
        note_sensitive_view(on=resident, by=request.user, place=place, forms={record.form for record in records})
    context = {"resident": resident, "records": [_shown(record) for record in records]}
    response = render(request, "records/sensitive_record_detail.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _encounter(request, encounter_id) -> Encounter:
    rows = Encounter.objects.within(request.scope).select_related("posyandu__facility")
    return get_object_or_404(rows, pk=encounter_id)


def _form_or_404(key: str, resident: Resident, encounter: Encounter) -> FormSpec:
    try:
        spec = registry.form(key)
    except KeyError:
        raise Http404 from None
    if spec.shape is not Shape.PERSON or not spec.sensitive:
        raise Http404
    return spec


def _sheet(request, encounter: Encounter, resident: Resident, spec: FormSpec, records) -> Sheet:
    found = form_page(
        encounter=encounter,
        spec=spec,
        subject_column="resident",
        subject=resident,
        scope=request.scope,
        records=records,
    )
    data = request.POST if request.method == "POST" else None
    age = completed_months(resident.birth_date, encounter.date)
    return Sheet(found, on=encounter.date, data=data, age_months=age, sex=resident.sex)


def _results(record: Record | None, encounter: Encounter):
    if record is None:
        return ()
    limits = limits_on(encounter.posyandu.area_id, encounter.date)
    return results_of(None, stages=(), sex="", age_months=0, answers={record.form: record.answers}, limits=limits)


def _shown(record: Record) -> dict:
    spec = registry.form(record.form)
    lines = [
        (question.label, answer_text(question, record.answers[question.key]))
        for question in spec.questions
        if question.key in record.answers
    ]
    return {"record": record, "title": spec.title, "lines": lines, "results": _results(record, record.encounter)}


def _back(request, resident: Resident) -> str:
    wanted = request.GET.get("kembali", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("profiles:resident_detail", args=[resident.pk])


def help_numbers(encounter: Encounter) -> dict:
    """Whom to call: the emergency number of the district and the facility of the post."""
    number = value_of(EMERGENCY_NUMBER, encounter.posyandu.area_id, encounter.date)
    return {"emergency": number, "facility": encounter.posyandu.facility}
