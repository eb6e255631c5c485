"""Puskesmas and pustu, with the number to call."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.areas.access import Permission, requires
from services.areas.queries import districts_within
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import save_facility
from ..forms import FacilityForm
from ..models import Facility


@requires(Permission.MANAGE_POSTS)
def facility_new(request):
    form = FacilityForm(request.POST or None, scope=request.scope)
    return _answer(request, form, "posyandu/facility_new.html")


@requires(Permission.MANAGE_POSTS)
def facility_edit(request, pk):
    own = Facility.objects.within(request.scope).filter(area__in=districts_within(request.scope))
    facility = get_object_or_404(own, pk=pk)
    form = FacilityForm(request.POST or None, instance=facility, scope=request.scope)
    return _answer(request, form, "posyandu/facility_edit.html")


def _answer(request, form, template):
    def save():
        save_facility(facility=form.instance, by=request.user)
        return Receipt(location=reverse("posyandu:posyandu_list"), message="Puskesmas tersimpan")

    if request.method == "POST":
        return respond(request, form, save, template)
    return page(request, template, {"form": form})
