"""What a district decides."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.web.refusals import Refusal
from services.web.submissions import Receipt
from services.web.views import page, respond

from . import clock
from .access import Permission, requires
from .actions import import_boundaries, set_district_setting
from .forms import BoundaryForm, SettingForm
from .queries import boundaries_of, districts_within, settings_by_district
from .rules import BadList
from .settings import SETTINGS, value_of


@requires(Permission.MANAGE_POSTS)
def setting_list(request):
    """Every setting by subject with the value in force, where it comes from, and what is to come; or those searched."""
    words = request.GET.get("cari", "").strip()
    districts = settings_by_district(request.scope, clock.today(*request.scope.areas[:1]), words)
    return render(request, "areas/setting_list.html", {"districts": districts, "words": words})


@requires(Permission.MANAGE_POSTS)
def setting_edit(request, code, key):
    """A new value of one setting, from a day on."""
    district = get_object_or_404(districts_within(request.scope), pk=code)
    setting = SETTINGS.get(key)
    if setting is None:
        raise Http404
    today = clock.today(code)
    form = SettingForm(request.POST or None, setting=setting, current=value_of(setting, code, today), today=today)

    def save():
        set_district_setting(area=district, setting=setting, by=request.user, **form.cleaned_data)
        return Receipt(location=reverse("areas:setting_list"), message="Pengaturan tersimpan")

    context = {"district": district, "setting": setting}
    if request.method == "POST":
        return respond(request, form, save, "areas/setting_edit.html", context)
    return page(request, "areas/setting_edit.html", {**context, "form": form})


@requires(Permission.MANAGE_POSTS)
def boundary_import(request, code):
    """The outlines of a kab/kota's kecamatan, kelurahan and desa, for the map of the dashboards."""
    district = get_object_or_404(districts_within(request.scope), pk=code)
    form = BoundaryForm(request.POST or None, request.FILES or None)

    def save():
        values = {"outlines": form.outlines, "source": form.cleaned_data["source"]}
        try:
            count = import_boundaries(district=district, by=request.user, **values)
        except BadList as problem:
            raise Refusal(str(problem), status=422, field="file") from problem
        location = reverse("areas:boundary_import", args=[code])
        return Receipt(location=location, message=f"{count} batas wilayah tersimpan")

    context = {"district": district, "kept": boundaries_of(district)}
    if request.method == "POST":
        return respond(request, form, save, "areas/boundary_import.html", context)
    return page(request, "areas/boundary_import.html", {**context, "form": form})
