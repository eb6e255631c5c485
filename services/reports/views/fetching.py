"""What the pages of a month fetch, and what they say together."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission
from services.posyandu.models import Posyandu

from ..figures import seen_from_above
from ..figures.periods import read_span
from ..monthly import FACILITY, CannotReport, read_month


def post_and_month(request, posyandu, month):
    """The posyandu in scope and the first day of the month; 404 for others', what is no month, and one to come."""
    post = get_object_or_404(Posyandu.objects.within(request.scope).select_related("area"), pk=posyandu)
    return post, begun(month, clock.today(post.area_id))


def day_of(month):
    try:
        return read_month(month)
    except CannotReport as problem:
        raise Http404 from problem


def begun(month, today):
    """The first day of a month that has begun; 404 for one that has not."""
    day = day_of(month)
    if day > today:
        raise Http404
    return day


def span_of(code):
    """The months of a code such as 2026-s1; 404 for what is none or lies ahead."""
    try:
        found = read_span(code)
    except ValueError as problem:
        raise Http404 from problem
    if found.months[0] > clock.today():
        raise Http404
    return found


def as_seen(request, report):
    """The report as this person may read it: small sensitive counts are for those who may see names at the place."""
    return report if may_see_small(request, report.place) else seen_from_above(report)


def may_see_small(request, place):
    """Whether this person may see names at the place, and so the smallest sensitive counts."""
    names = request.access.scope(Permission.SEE_NAMES)
    if names is None:
        return False
    if place.is_posyandu:
        return Posyandu.objects.within(names).filter(path=place.code).exists()
    if place.level == FACILITY:
        served = Posyandu.objects.within(request.scope).filter(facility=place.code)
        return not served.exclude(pk__in=names.posyandu).exists()
    return names.holds_area(place.code)


def month_url(name, post, month):
    return reverse(f"reports:{name}", args=[post.pk, f"{month:%Y-%m}"])
