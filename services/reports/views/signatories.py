"""Who signs for the places that somebody keeps."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import add_signatory, end_signatory
from ..forms import SignatoryEndForm, SignatoryForm
from ..models import Signatory
from ..queries.signatories import acts_for, facility_office, kept_areas, kept_facilities, signed_places
from ..rules import HEADS


@requires(Permission.SIGN)
def signatory_list(request):
    """The places of this person, who signs for each today, and who did before."""
    today = clock.today(request.scope.areas[0] if request.scope.areas else "")
    return render(request, "reports/signatory_list.html", {"places": signed_places(request.access, today)})


@requires(Permission.SIGN)
def signatory_new(request, code):
    """Somebody takes office: whoever was there ends the day before."""
    signatory, title = _blank(request, code)
    form = SignatoryForm(request.POST or None, instance=signatory)

    def save():
        add_signatory(signatory=form.instance, by=request.user)
        return Receipt(location=reverse("reports:signatory_list"), message="Penanda tangan tersimpan")

    context = {"place": title, "cancel": reverse("reports:signatory_list")}
    if request.method == "POST":
        return respond(request, form, save, "reports/signatory_new.html", context)
    return page(request, "reports/signatory_new.html", {**context, "form": form})


@requires(Permission.SIGN)
def signatory_end(request, code):
    """The last day of whoever is in office."""
    blank, title = _blank(request, code)
    signatory = get_object_or_404(blank.of_same_place, to_date=None)
    form = SignatoryEndForm(request.POST or None, initial={"to_date": clock.today(signatory.area_id or "")})

    def save():
        end_signatory(signatory=signatory, on=form.cleaned_data["to_date"], by=request.user)
        return Receipt(location=reverse("reports:signatory_list"), message="Hari terakhir tersimpan")

    context = {"signatory": signatory, "place": title, "cancel": reverse("reports:signatory_list")}
    if request.method == "POST":
        return respond(request, form, save, "reports/signatory_end.html", context)
    return page(request, "reports/signatory_end.html", {**context, "form": form})


def _blank(request, code: str) -> tuple[Signatory, str]:
    """A signatory to fill in for a place that this person keeps, and the place's title.

    404 for another's place, 403 for a place of another level: the kota does not name the lurah.
    """
    if not acts_for(request.access, code):
        raise PermissionDenied
    start = clock.today()
    if "." in code:
        area = get_object_or_404(kept_areas(request.access), pk=code)
        return Signatory(area=area, title=HEADS[area.kind], from_date=start), area.title
    try:
        facility = get_object_or_404(kept_facilities(request.access), pk=UUID(code))
    except ValueError as problem:
        raise Http404 from problem
    return Signatory(facility=facility, title=facility_office(facility), from_date=start), str(facility)
