"""How far the households of one's places were written down."""

from django.shortcuts import render

from services.areas import clock
from services.areas.access import Permission, requires
from services.fields.queries import forms_used
from services.fields.spec import Shape
from services.posyandu.models import Posyandu

from ..queries import household_progress as progress_of


@requires(Permission.SEE_NAMES)
def household_progress(request):
    """ "85 dari 220 KK didata" for one form, by RT or by dusun."""
    posts = list(Posyandu.objects.within(request.scope).order_by("path")[:1])
    place = posts[0].area_id if posts else ""
    today = clock.today(place)
    forms = forms_used(place, today, shape=Shape.HOUSEHOLD, fields=request.scope.fields)
    chosen = next((spec for spec in forms if spec.key == request.GET.get("formulir")), next(iter(forms), None))
    by = "dusun" if request.GET.get("menurut") == "dusun" else "rt"
    context = {
        "forms": forms,
        "chosen": chosen,
        "by": by,
        "year": today.year,
        "progress": progress_of(request.scope, chosen, today, by=by) if chosen else None,
        "may_record": request.access.may(Permission.RECORD),
    }
    return render(request, "profiles/household_progress.html", context)
