from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from services.areas import clock
from services.areas.access import Permission, requires
from services.fields.registry import FIELDS
from services.web.rules import date_text
from services.web.submissions import Receipt
from services.web.views import page, respond

from .. import actions, queries
from ..forms import CancelForm, CloseForm, DayForm, ScheduleForm
from ..models import OpenDay


def day_url(day: OpenDay) -> str:
    return reverse("open_days:day_detail", args=[day.pk])


@requires(Permission.RECORD)
def day_list(request):
    days = list(queries.days_of(request.scope))
    context = {"days": days, "today": clock.today(), "may_close": request.access.may(Permission.CLOSE_DAY)}
    return render(request, "open_days/day_list.html", context)


@requires(Permission.CLOSE_DAY)
def day_new(request):
    initial = {"date": request.GET.get("tanggal") or clock.today(), "opened_fields": [field.key for field in FIELDS]}
    form = DayForm(request.POST or None, scope=request.scope, initial=initial)
    if request.method == "POST":
        return respond(request, form, lambda: _plan(form, request), "open_days/day_new.html")
    return page(request, "open_days/day_new.html", {"form": form})


def _plan(form: DayForm, request) -> Receipt:
    data = form.cleaned_data
    day = actions.plan_day(
        posyandu=form.chosen(),
        day=data["date"],
        place=data["place"],
        opened_fields=data["opened_fields"],
        by=request.user,
    )
    return Receipt(day_url(day), f"Hari buka {date_text(day.date)} dicatat")


@requires(Permission.CLOSE_DAY)
def schedule_edit(request):
    form = ScheduleForm(request.POST or None, scope=request.scope)
    if request.method == "POST":
        return respond(request, form, lambda: _schedule(form, request), "open_days/schedule_edit.html")
    return page(request, "open_days/schedule_edit.html", {"form": form})


def _schedule(form: ScheduleForm, request) -> Receipt:
    posyandu = form.chosen()
    data = {name: form.cleaned_data[name] for name in ("nth", "weekday", "starts_at", "place")}
    actions.set_schedule(posyandu=posyandu, on=clock.today(posyandu.area_id), by=request.user, **data)
    day = queries.suggested_date(posyandu, request.scope, clock.today(posyandu.area_id))
    return Receipt(f"{reverse('open_days:day_new')}?tanggal={day}", "Jadwal disimpan")


@require_POST
@requires(Permission.RECORD)
def day_start(request, day_id):
    day = the_day(request, day_id)
    actions.start_day(open_day=day, by=request.user)
    return redirect(day_url(day))


@requires(Permission.CLOSE_DAY)
def day_close(request, day_id):
    day = the_day(request, day_id)
    form = CloseForm(request.POST or None, instance=day, scope=request.scope)
    context = {"day": day, "counts": queries.day_counts(day, request.scope)}
    if request.method == "POST":
        return respond(request, form, lambda: _close(day, form, request), "open_days/day_close.html", context)
    return page(request, "open_days/day_close.html", {**context, "form": form})


def _close(day: OpenDay, form: CloseForm, request) -> Receipt:
    changes = actions.close_day(open_day=day, by=request.user, helpers=form.helpers(), **form.summary())
    visits = f" Kunjungan rumah: {changes.words}." if changes.words else ""
    return Receipt(day_url(day), f"Hari buka ditutup. Terima kasih.{visits}")


@require_POST
@requires(Permission.CLOSE_DAY)
def day_reopen(request, day_id):
    day = the_day(request, day_id)
    actions.reopen_day(open_day=day, by=request.user)
    return redirect(day_url(day))


@requires(Permission.CLOSE_DAY)
def day_cancel(request, day_id):
    day = the_day(request, day_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST":
        return respond(request, form, lambda: _cancel(day, form, request), "open_days/day_cancel.html", {"day": day})
    return page(request, "open_days/day_cancel.html", {"day": day, "form": form})


def _cancel(day: OpenDay, form: CancelForm, request) -> Receipt:
    actions.cancel_day(open_day=day, reason=form.cleaned_data["reason"], by=request.user)
    return Receipt(reverse("open_days:day_list"), "Hari buka dibatalkan")


def the_day(request, day_id) -> OpenDay:
    days = OpenDay.objects.within(request.scope).select_related("posyandu", "encounter__posyandu")
    return get_object_or_404(days, pk=day_id)
