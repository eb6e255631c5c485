"""Activities on other days than an open day: a patrol at night, UP2K at the balai, reading in the garden."""

from datetime import date, timedelta

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.fields import registry
from services.fields.queries import forms_used
from services.fields.spec import Shape
from services.posyandu.models import Posyandu
from services.records.actions import Saved, keep_encounter
from services.records.queries import elsewhere_on
from services.records.views import answer_sheet, form_or_404, sheet_for
from services.tickets.rules import offers_in
from services.web.submissions import Receipt

from .. import queries

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
        "activities": [(record, offers_in(record.form, record.answers)) for record in done],
        "fields": [(field, [spec for spec in used if spec.field == field.key]) for field in registry.FIELDS],
    }
    return render(request, "open_days/elsewhere_list.html", context)


@requires(Permission.RECORD)
def elsewhere_new(request, form_key):
    """One activity of a day that has come (`?tanggal=`), today unless another is named."""
    spec = form_or_404(form_key, Shape.ACTIVITY, request.scope)
    posts, post = _post(request)
    today = clock.today(post.area_id)
    encounter = elsewhere_on(post, _day(request.GET.get("tanggal", ""), today))
    sheet = sheet_for(request, encounter, spec, "activity", "")
    context = {"posts": posts, "post": post, "spec": spec, "day": encounter.date, "today": today}

    def after(saved: Saved) -> Receipt:
        found = offers_in(spec.key, saved.record.answers)
        word = f"{spec.title} tersimpan. Lihat langkah berikutnya" if found else f"{spec.title} tersimpan"
        return Receipt(f"{reverse('open_days:elsewhere_list')}?posyandu={post.pk}", word)

    return answer_sheet(
        request,
        encounter,
        sheet,
        spec.title,
        "open_days/elsewhere_new.html",
        lambda: context,
        before=lambda: keep_encounter(encounter=encounter, by=request.user),
        after=after,
    )


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
