from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.areas.access import Permission, requires
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import add_household, change_household
from ..forms import HouseholdForm
from ..models import Household
from ..queries import posts_of


@requires(Permission.RECORD)
def household_new(request):
    """Add a household; its people are added from its page."""
    form = HouseholdForm(request.POST or None, posts=list(posts_of(request.scope)))
    if request.method == "POST":
        return respond(request, form, lambda: _save_new(request, form), "residents/household_new.html")
    return page(request, "residents/household_new.html", {"form": form})


def _save_new(request, form) -> Receipt:
    household = add_household(
        posyandu=form.posyandu,
        by=request.user,
        no_kk=form.cleaned_data["no_kk"],
        scope=request.scope,
        **form.details,
    )
    return Receipt(location=_url(household))


@requires(Permission.RECORD)
def household_edit(request, household_id):
    """Correct a household's head, address or number."""
    households = Household.objects.within(request.scope).select_related("posyandu")
    household = get_object_or_404(households, pk=household_id)
    shown = ("head_name", "address", "rt", "rw", "dusun", "phone")
    initial = {name: getattr(household, name) for name in shown}
    form = HouseholdForm(request.POST or None, initial=initial, has_number=bool(household.no_kk))
    context = {"household": household}
    if request.method == "POST":
        return respond(
            request, form, lambda: _save_edit(request, form, household), "residents/household_edit.html", context
        )
    return page(request, "residents/household_edit.html", {**context, "form": form})


def _save_edit(request, form, household) -> Receipt:
    change_household(household=household, by=request.user, no_kk=form.number, scope=request.scope, **form.details)
    return Receipt(location=_url(household))


def _url(household) -> str:
    return reverse("profiles:household_detail", args=[household.pk])
