"""A person's form of the five fields on any day, from her page: aid handed out, a child met who is out of school."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.fields import registry
from services.fields.spec import Shape
from services.residents.models import Residency
from services.residents.queries import person, pregnancies_of, stage_rules
from services.web.submissions import Receipt

from ..actions import keep_encounter
from ..queries import elsewhere_on
from .sheets import answer_sheet, form_or_404, sheet_for


@requires(Permission.RECORD)
def person_record_edit(request, resident_id, form_key):
    """Her form today, outside open days and visits, for whom it is meant; health cards and sensitive forms are not."""
    spec = form_or_404(form_key, Shape.PERSON, request.scope)
    homes = Residency.objects.within(request.scope).filter(resident=resident_id, to_date=None, kind="warga")
    home = get_object_or_404(homes.select_related("resident", "household", "posyandu"))
    today = clock.today(home.posyandu.area_id)
    spans, rules = pregnancies_of([resident_id]).get(resident_id, ()), stage_rules(home.posyandu.area_id, today)
    one = person(home.resident, today, rules, spans=spans, household=home.household)
    stages = frozenset(one.stages)
    meant = spec.audience.fits(stages, one.sex, conditions=stages, age_months=one.age_months)
    if not registry.can_be_switched(spec) or not meant:
        raise Http404
    encounter = elsewhere_on(home.posyandu, today)
    asking = {"age_months": one.age_months, "sex": one.sex}
    sheet = sheet_for(request, encounter, spec, "resident", home.resident, **asking)
    context = {"resident": home.resident, "spec": spec, "today": today}
    return answer_sheet(
        request,
        encounter,
        sheet,
        home.resident,
        "records/person_record_edit.html",
        lambda: context,
        before=lambda: keep_encounter(encounter=encounter, by=request.user),
        after=lambda saved: Receipt(_after(home), f"{spec.title} {home.resident.name} tersimpan"),
    )


def _after(home: Residency) -> str:
    """The page of her house offers the report of what was found."""
    if home.household_id:
        return reverse("profiles:household_detail", args=[home.household_id])
    return reverse("profiles:resident_detail", args=[home.resident_id])
