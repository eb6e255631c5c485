from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.areas.actions import set_district_setting
from services.areas.queries import districts_within
from services.areas.settings import NEED_SETTINGS, value_of
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..forms import TriggerForm
from ..queries import preview_of

SETTINGS = {setting.key: setting for setting in NEED_SETTINGS}


@requires(Permission.MANAGE_POSTS)
def trigger_edit(request, code, key):
    """A rule that opens visits: the first press shows what it would do today, the second saves it."""
    district = get_object_or_404(districts_within(request.scope), pk=code)
    setting = SETTINGS.get(key)
    if setting is None:
        raise Http404
    today = clock.today(code)
    current = value_of(setting, code, today)
    form = TriggerForm(request.POST or None, setting=setting, current=current, initial={"valid_from": today})
    context = {"district": district, "setting": setting}
    if request.method != "POST":
        return page(request, "follow_ups/trigger_edit.html", {**context, "form": form})
    if form.is_valid() and request.POST.get("dilihat") != str(form.cleaned_data["value"]):
        value = form.cleaned_data["value"]
        context |= {"preview": preview_of(request.scope, code, key, value, today), "seen": str(value), "form": form}
        return page(request, "follow_ups/trigger_edit.html", context)

    def save() -> Receipt:
        set_district_setting(area=district, setting=setting, by=request.user, **form.cleaned_data)
        return Receipt(reverse("areas:setting_list"), "Pengaturan tersimpan")

    return respond(request, form, save, "follow_ups/trigger_edit.html", context)
