"""What a kab/kota wants to reach in a year."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.areas.queries import districts_within
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import set_targets
from ..forms import TargetForm
from ..models import Target

FIRST_YEAR, YEARS_AHEAD = 2024, 5


@requires(Permission.MANAGE_POSTS)
def target_list(request):
    """Every year's targets of the districts in scope, the newest first."""
    districts = list(districts_within(request.scope))
    year = clock.today(*request.scope.areas[:1]).year
    rows = list(Target.objects.within(request.scope).order_by("-year", "indicator"))
    years = sorted({year, year + 1, *(row.year for row in rows)}, reverse=True)
    lists = [
        (area, [(each, [row for row in rows if (row.area_id, row.year) == (area.pk, each)]) for each in years])
        for area in districts
    ]
    return render(request, "dashboard/target_list.html", {"districts": lists})


@requires(Permission.MANAGE_POSTS)
def target_edit(request, code, year):
    """The targets of one year on one form."""
    district = get_object_or_404(districts_within(request.scope), pk=code)
    if not FIRST_YEAR <= year <= clock.today(code).year + YEARS_AHEAD:
        raise Http404
    rows = list(Target.objects.within(request.scope).filter(area=district, year=year))
    current = {row.indicator: row.percent for row in rows}
    form = TargetForm(request.POST or None, current=current, source=rows[0].source if rows else "")

    def save():
        set_targets(area=district, year=year, targets=form.targets, source=form.cleaned_data["source"], by=request.user)
        return Receipt(location=reverse("dashboard:target_list"), message="Sasaran tersimpan")

    context = {"district": district, "year": year}
    if request.method == "POST":
        return respond(request, form, save, "dashboard/target_edit.html", context)
    return page(request, "dashboard/target_edit.html", {**context, "form": form})
