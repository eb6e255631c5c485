from django.shortcuts import get_object_or_404, render

from services.areas import clock
from services.areas.access import Permission, requires
from services.residents.actions import note_view
from services.residents.models import Pregnancy
from services.residents.queries import current_residency, pregnancy_page


@requires(Permission.SEE_NAMES)
def pregnancy_detail(request, pregnancy_id):
    """A pregnancy from its registration to the last contact after birth, and what is next."""
    pregnancies = Pregnancy.objects.within(request.scope).select_related("resident")
    pregnancy = get_object_or_404(pregnancies, pk=pregnancy_id)
    mother = pregnancy.resident
    home = current_residency(mother, request.scope)
    area = home.posyandu.area_id if home else ""
    shown = pregnancy_page(pregnancy, area, clock.today(area))
    note_view(on=mother, by=request.user, place=home.posyandu.path if home else "")
    may_record = home is not None and request.access.may(Permission.RECORD)
    context = {"pregnancy": pregnancy, "mother": mother, "shown": shown, "may_record": may_record}
    return render(request, "profiles/pregnancy_detail.html", context)
