"""A health worker's reading of the growth curve, beside what the KBM says."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.areas.access import Permission, requires
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import set_weight_status
from ..forms import WeightStatusForm
from ..models import Measurement


@requires(Permission.CONFIRM_HEALTH)
def weight_status_edit(request, measurement_id):
    """Set N or T of one weighing with a note; what was computed stays."""
    rows = Measurement.objects.within(request.scope).select_related("resident", "encounter__posyandu", "overridden_by")
    measurement = get_object_or_404(rows, pk=measurement_id)
    initial = {"status": measurement.status_override, "reason": measurement.override_note}
    form = WeightStatusForm(request.POST or None, initial=initial)
    context = {"measurement": measurement, "resident": measurement.resident}
    if request.method == "POST":
        return respond(
            request, form, lambda: _set(measurement, form, request), "records/weight_status_edit.html", context
        )
    return page(request, "records/weight_status_edit.html", {**context, "form": form})


def _set(measurement: Measurement, form: WeightStatusForm, request) -> Receipt:
    set_weight_status(measurement=measurement, by=request.user, **form.cleaned_data)
    return Receipt(reverse("profiles:resident_detail", args=[measurement.resident_id]), "N/T ditetapkan")
