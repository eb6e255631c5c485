"""What a district decides."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.web.submissions import Receipt
from services.web.views import page, respond

from . import clock
from .access import Permission, requires
from .actions import set_district_setting
from .forms import SettingForm
from .queries import districts_within, settings_by_district
from .settings import SETTINGS, value_of


@requires(Permission.MANAGE_POSTS)
def setting_list(request):
    """Every setting with the value in force, where it comes from, and what is to come."""
    districts = settings_by_district(request.scope, clock.today(*request.scope.areas[:1]))
    return render(request, "areas/setting_list.html", {"districts": districts})


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
