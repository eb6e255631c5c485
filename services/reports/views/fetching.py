"""What the pages of a month fetch, and what they say together."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.posyandu.models import Posyandu

from ..monthly import CannotReport, read_month


def post_and_month(request, posyandu, month):
    """The posyandu in scope and the first day of the month; 404 for others' and for what is no month."""
    post = get_object_or_404(Posyandu.objects.within(request.scope).select_related("area"), pk=posyandu)
    return post, day_of(month)


def day_of(month):
    try:
        return read_month(month)
    except CannotReport as problem:
        raise Http404 from problem


def month_url(name, post, month):
    return reverse(f"reports:{name}", args=[post.pk, f"{month:%Y-%m}"])
