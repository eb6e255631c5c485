"""Forms about a household, filled on any day: from its page, or "masih sama seperti" last year."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.fields.queries import must_be_used
from services.fields.spec import Shape
from services.residents.models import Household
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import keep_encounter, repeat_record
from ..forms import ConfirmForm
from ..queries import elsewhere_on, household_forms
from .sheets import answer_sheet, form_or_404, sheet_for


@requires(Permission.RECORD)
def household_record_edit(request, household_id, form_key):
    """A household's form today, outside open days and visits."""
    household, spec = _household(request, household_id), form_or_404(form_key, Shape.HOUSEHOLD, request.scope)
    today = clock.today(household.posyandu.area_id)
    encounter = elsewhere_on(household.posyandu, today)
    sheet = sheet_for(request, encounter, spec, "household", household)
    context = {"household": household, "spec": spec, "today": today}
    return answer_sheet(
        request,
        encounter,
        sheet,
        household,
        "records/household_record_edit.html",
        lambda: context,
        before=lambda: keep_encounter(encounter=encounter, by=request.user),
        after=lambda saved: Receipt(_url(household), f"{spec.title} {household} tersimpan"),
    )


@requires(Permission.RECORD)
def household_repeat(request, household_id, form_key):
    """ "Masih sama seperti 2025": one tap from the household's page; opened by itself it shows what would be kept."""
    household, spec = _household(request, household_id), form_or_404(form_key, Shape.HOUSEHOLD, request.scope)
    today = clock.today(household.posyandu.area_id)
    must_be_used(spec, household.posyandu.area_id, today)
    form = ConfirmForm(request.POST or None)

    def context() -> dict:
        forms = household_forms(household, request.scope, today)
        return {"household": household, "spec": spec, "own": next((one for one in forms if one.spec == spec), None)}

    def save() -> Receipt:
        repeat_record(household=household, form=spec.key, day=today, by=request.user)
        return Receipt(_url(household), f"{spec.title} {household}: masih sama, tersimpan")

    if request.method == "POST":
        return respond(request, form, save, "records/household_repeat.html", context)
    return page(request, "records/household_repeat.html", {**context(), "form": form})


def _household(request, household_id) -> Household:
    return get_object_or_404(Household.objects.within(request.scope).select_related("posyandu"), pk=household_id)


def _url(household: Household) -> str:
    return reverse("profiles:household_detail", args=[household.pk])
