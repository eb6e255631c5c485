"""Who came to an activity by name: one after another, or the paper typed back in its order."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas.access import Permission, requires
from services.fields import registry
from services.fields.spec import FormSpec
from services.records.actions import add_participant, change_participant, remove_participant
from services.records.forms import ConfirmForm
from services.records.models import Participant, Record
from services.records.queries import called, found_for, groups_known, may_be_named, participants_of
from services.residents.models import Resident
from services.residents.queries import current_residency
from services.web.refusals import Refusal
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..forms import ParticipantForm, ParticipantGridForm
from .elsewhere import must_be_open, the_activity


@requires(Permission.RECORD)
def participant_list(request, record_id):
    """The names of an activity, and who may be added: found by first letters, or met there that day."""
    record, spec = _named_activity(request, record_id)
    text = request.GET.get("cari", "").strip()[:60]
    people = participants_of(record, request.scope)
    context = {"record": record, "spec": spec, "people": people, "text": text}
    context["came"] = record.answers.get(spec.counted.key) or {"l": 0, "p": 0}
    context["unnamed"] = max(0, sum(context["came"].values()) - len(people))
    context["found"] = found_for(record, request.scope, text)
    return render(request, f"open_days/participant_list.html{'#found' if request.htmx else ''}", context)


@requires(Permission.RECORD)
def participant_new(request, record_id):
    """One more who came: a resident (`?warga=`), or somebody from elsewhere."""
    record, spec = _named_activity(request, record_id)
    resident = _resident(request, record)
    home = current_residency(resident, request.scope) if resident else None
    known = groups_known(record, resident, request.scope) if resident else ()
    form = _form(request, spec, resident, home, {"groups": list(known)})
    context = {"record": record, "spec": spec, "resident": resident, "home": home}

    def write() -> Receipt:
        must_be_open(record)
        who = {"resident": resident, "home": home} if resident else {}
        add_participant(record=record, by=request.user, **who, **form.cleaned_data)
        return Receipt(_list_url(record), f"{resident or form.cleaned_data['name']} tercatat sebagai peserta")

    if request.method == "POST":
        return respond(request, form, write, "open_days/participant_new.html", context)
    return page(request, "open_days/participant_new.html", {**context, "form": form})


@requires(Permission.RECORD)
def participant_edit(request, participant_id):
    """What is missing or wrong about one of them."""
    one, spec = _participant(request, participant_id)
    resident = one.resident
    home = current_residency(resident, request.scope) if resident else None
    shown = {"name": one.name, "sex": one.sex, "phone": one.phone, "groups": one.groups}
    form = _form(request, spec, resident, home, shown)
    context = {"record": one.record, "participant": one, "resident": resident, "home": home}

    def write() -> Receipt:
        must_be_open(one.record)
        change_participant(participant=one, by=request.user, home=home, **form.cleaned_data)
        return Receipt(_list_url(one.record), f"{resident or one.name} diperbaiki")

    if request.method == "POST":
        return respond(request, form, write, "open_days/participant_edit.html", context)
    return page(request, "open_days/participant_edit.html", {**context, "form": form})


@requires(Permission.RECORD)
def participant_cancel(request, participant_id):
    """She was named by mistake."""
    one, _ = _participant(request, participant_id)
    form = ConfirmForm(request.POST or None)
    context = {"participant": one}

    def write() -> Receipt:
        must_be_open(one.record)
        remove_participant(participant=one, by=request.user)
        return Receipt(_list_url(one.record), f"{one.resident or one.name} dihapus dari daftar")

    if request.method == "POST":
        return respond(request, form, write, "open_days/participant_cancel.html", context)
    return page(request, "open_days/participant_cancel.html", {**context, "form": form})


@requires(Permission.RECORD)
def participant_grid_edit(request, record_id):
    """The paper typed back: a page of lines in its order, after those who are named already."""
    record, spec = _named_activity(request, record_id)
    data = request.POST if request.method == "POST" else None
    form = ParticipantGridForm(data, spec=spec, find=lambda names: called(record, request.scope, names))
    context = {"record": record, "spec": spec}
    if request.method == "POST":
        return respond(
            request, form, lambda: _save_grid(request, record, form), "open_days/participant_grid_edit.html", context
        )
    return page(request, "open_days/participant_grid_edit.html", {**context, "form": form})


def _save_grid(request, record: Record, form: ParticipantGridForm) -> Receipt:
    must_be_open(record)
    for row in form.filled:
        known = row.resident
        who = {"resident": known, "home": current_residency(known, request.scope)} if known else {}
        try:
            add_participant(record=record, by=request.user, **who, **row.cleaned_data)
        except Refusal as refusal:
            row.add_error("name", refusal.message)
            raise
        if known and known.phone and row.cleaned_data["phone"] not in ("", known.phone):
            messages.warning(request, f"HP {known} di kertas lain dari data warga. Data warga tidak diubah.")
    return Receipt(_list_url(record), f"{len(form.filled)} peserta tersimpan")


def _form(request, spec: FormSpec, resident: Resident | None, home, shown: dict) -> ParticipantForm:
    asks_phone = resident is None or (home is not None and not resident.phone)
    return ParticipantForm(
        request.POST or None, spec=spec, is_resident=resident is not None, asks_phone=asks_phone, initial=shown
    )


def _named_activity(request, record_id) -> tuple[Record, FormSpec]:
    record = the_activity(request, record_id)
    spec = registry.form(record.form)
    if spec.names_participants is None:
        raise Http404
    return record, spec


def _participant(request, participant_id) -> tuple[Participant, FormSpec]:
    rows = Participant.objects.within(request.scope).select_related(
        "record__encounter__posyandu", "record__encounter__open_day", "resident"
    )
    one = get_object_or_404(rows, pk=participant_id)
    return one, registry.form(one.record.form)


def _resident(request, record: Record) -> Resident | None:
    asked = request.GET.get("warga", "")
    if not asked:
        return None
    try:
        return get_object_or_404(may_be_named(record, request.scope), pk=asked)
    except ValidationError as error:  # a tampered id is nobody's
        raise Http404 from error


def _list_url(record: Record) -> str:
    return reverse("open_days:participant_list", args=[record.pk])
