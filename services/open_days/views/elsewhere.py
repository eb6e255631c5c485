"""All activities of a post, those of other days than an open day among them: a patrol at night, UP2K at the balai."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.fields import registry
from services.fields.queries import forms_used
from services.fields.spec import FormSpec, Shape
from services.posyandu.models import Posyandu
from services.records.actions import Clashed, Saved, cancel_activity, change_activity, keep_encounter
from services.records.forms import Sheet
from services.records.models import Encounter, Record
from services.records.queries import Page, elsewhere_on
from services.records.views import answer_sheet, form_or_404, sheet_for
from services.tickets.rules import offers_in
from services.web.refusals import Refusal
from services.web.rules import short_date_text
from services.web.submissions import Receipt
from services.web.views import page, respond

from .. import actions, queries
from ..forms import ActivityCancelForm, ActivityDayForm
from .sheets import TYPE_ANOTHER, names_next

DAYS_SHOWN = 92


@requires(Permission.RECORD)
def elsewhere_list(request):
    """What was done in the last three months, at open days and elsewhere, and what can be written down."""
    posts, post = _post(request)
    today = clock.today(post.area_id)
    used = forms_used(post.area_id, today, shape=Shape.ACTIVITY, fields=request.scope.fields)
    done = queries.activities_since(post, request.scope, today - timedelta(days=DAYS_SHOWN))
    context = {
        "posts": posts,
        "post": post,
        "activities": [(record, offers_in(record.form, record.answers, record=record.pk)) for record in done],
        "fields": [(field, [spec for spec in used if spec.field == field.key]) for field in registry.FIELDS],
    }
    return render(request, "open_days/elsewhere_list.html", context)


@requires(Permission.RECORD)
def elsewhere_new(request, form_key):
    """One activity of a day that has come: the day stands on the form, at first today or `?tanggal=`.

    A paper with several is typed one after the other: the next opens on the day of the last.
    """
    spec = form_or_404(form_key, Shape.ACTIVITY, request.scope)
    posts, post = _post(request)
    today = clock.today(post.area_id)
    asked = _day(request.GET.get("tanggal", ""), today)
    typed = request.POST if "tanggal" in request.POST else None
    day_form = ActivityDayForm(typed, today=today, initial={"tanggal": asked})
    encounter = elsewhere_on(post, day_form.cleaned_data["tanggal"] if day_form.is_valid() else asked)
    sheet = sheet_for(request, encounter, spec, "activity", "")
    context = {"posts": posts, "post": post, "spec": spec, "day": encounter.date, "day_form": day_form}

    def before() -> None:
        if day_form.errors:
            raise Refusal("Periksa dulu tanggal kegiatannya.", status=422)
        keep_encounter(encounter=encounter, by=request.user)

    return answer_sheet(
        request,
        encounter,
        sheet,
        spec.title,
        "open_days/elsewhere_new.html",
        lambda: context,
        before=before,
        after=lambda saved: _next_after(request, saved, spec, post),
    )


def _next_after(request, saved: Saved, spec: FormSpec, post: Posyandu) -> Receipt:
    """Back to the list, or on to the next line of the paper. What was found stands in the list either way."""
    found = offers_in(spec.key, saved.record.answers)
    day = saved.record.encounter.date
    if TYPE_ANOTHER in request.POST:
        word = f"{spec.title} {short_date_text(day)} tersimpan"
        word = f"{word}, temuannya menunggu di Kegiatan" if found else word
        return Receipt(f"{request.path}?{urlencode({'posyandu': post.pk, 'tanggal': day.isoformat()})}", word)
    if spec.names_participants:
        return names_next(saved.record)
    word = f"{spec.title} tersimpan. Lihat langkah berikutnya" if found else f"{spec.title} tersimpan"
    return Receipt(f"{reverse('open_days:elsewhere_list')}?posyandu={post.pk}", word)


@requires(Permission.RECORD)
def activity_edit(request, record_id):
    """Correct what was written of an activity: it stays the same one."""
    record = the_activity(request, record_id)
    spec = form_or_404(record.form, Shape.ACTIVITY, request.scope)
    data = request.POST if request.method == "POST" else None
    sheet = Sheet(Page(spec, record), on=record.encounter.date, data=data)
    context = {"record": record, "spec": spec, "sheet": sheet}

    def write() -> Receipt:
        must_be_open(record)
        asked, base = sheet.form.question_keys, sheet.opened_with
        try:
            change_activity(record=record, answers=sheet.form.answers(), asked=asked, base=base, by=request.user)
        except Clashed as clashed:
            sheet.show_clash(clashed)
            raise
        return Receipt(_url(record), f"{record.activity} diperbaiki")

    if request.method == "POST":
        return respond(request, sheet.form, write, "open_days/activity_edit.html", context)
    return page(request, "open_days/activity_edit.html", {**context, "form": sheet.form})


@requires(Permission.RECORD)
def activity_cancel(request, record_id):
    """It was written twice, or never was."""
    record = the_activity(request, record_id)
    form = ActivityCancelForm(request.POST or None)
    context = {"record": record}

    def write() -> Receipt:
        must_be_open(record)
        cancel_activity(record=record, reason=form.cleaned_data["reason"], by=request.user)
        return Receipt(_url(record), f"{record.activity} dihapus dari daftar")

    if request.method == "POST":
        return respond(request, form, write, "open_days/activity_cancel.html", context)
    return page(request, "open_days/activity_cancel.html", {**context, "form": form})


def the_activity(request, record_id) -> Record:
    """An activity in scope, or 404."""
    rows = Record.objects.within(request.scope).filter(shape=Shape.ACTIVITY.value)
    return get_object_or_404(rows.select_related("encounter__posyandu", "encounter__open_day"), pk=record_id)


def must_be_open(record: Record) -> None:
    """What was written at an open day is corrected while that day runs, as all else of it."""
    if record.encounter.kind == Encounter.Kind.OPEN_DAY:
        actions.must_run(record.encounter.open_day)


def _url(record: Record) -> str:
    return f"{reverse('open_days:elsewhere_list')}?posyandu={record.encounter.posyandu_id}"


def _post(request) -> tuple[list[Posyandu], Posyandu]:
    """The posts of the asker, and the one that was chosen."""
    posts = list(Posyandu.objects.within(request.scope).order_by("name")[:200])
    chosen = request.GET.get("posyandu", "")
    post = next((one for one in posts if str(one.pk) == chosen), posts[0] if posts and not chosen else None)
    if post is None:
        raise Http404
    return posts, post


def _day(text: str, today: date) -> date:
    """The day that is named, if it has come; else today."""
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today
