from services.areas.access import Permission, requires
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import add_household, move_out, move_to, record_death
from ..forms import DeathForm, MoveForm
from ..forms.moving import AWAY, HOUSEHOLD
from ..queries import households_like, posts_called
from .fetching import home_of, of_resident, resident_url, today_in


@requires(Permission.RECORD)
@of_resident
def resident_move(request, resident):
    """She moved: to another household, to another posyandu, or away."""
    residency = home_of(request, resident)
    typed = request.POST
    form = MoveForm(
        request.POST or None,
        households=_others_like(request, residency, typed.get("head_name", "")),
        targets=posts_called(
            typed.get("place_name", ""), district=residency.posyandu.area_id, besides=residency.posyandu_id
        ),
        initial={"on": today_in(request)},
    )
    context = {"resident": resident, "residency": residency}
    if request.method == "POST":
        return respond(
            request, form, lambda: _save_move(request, form, residency), "residents/resident_move.html", context
        )
    return page(request, "residents/resident_move.html", {**context, "form": form})


def _others_like(request, residency, head_name):
    found = households_like(request.scope, head_name)
    return [row for row in found if row.posyandu_id == residency.posyandu_id and row.pk != residency.household_id]


def _save_move(request, form, residency) -> Receipt:
    data, by = form.cleaned_data, request.user
    back = Receipt(location=resident_url(residency.resident))
    if data["kind"] == AWAY:
        move_out(residency=residency, on=data["on"], destination=data["destination"], reason=data["reason"], by=by)
        return back
    if data["kind"] == HOUSEHOLD:
        posyandu = residency.posyandu
        household = form.household or add_household(posyandu=posyandu, head_name=data["head_name"], by=by)
    else:
        posyandu, household = form.target, None
    move_to(
        residency=residency,
        posyandu=posyandu,
        household=household,
        on=data["on"],
        by=by,
        relation=data["relation"],
        reason=data["reason"],
        scope=request.scope,
    )
    return back


@requires(Permission.RECORD)
@of_resident
def resident_death(request, resident):
    """A person died; said carefully, on its day."""
    residency = home_of(request, resident)
    form = DeathForm(request.POST or None)
    context = {"resident": resident, "residency": residency}
    if request.method == "POST":
        return respond(
            request, form, lambda: _save_death(request, form, residency), "residents/resident_death.html", context
        )
    return page(request, "residents/resident_death.html", {**context, "form": form})


def _save_death(request, form, residency) -> Receipt:
    resident = record_death(residency=residency, on=form.cleaned_data["on"], by=request.user)
    return Receipt(location=resident_url(resident), message="Tersimpan. Turut berduka cita")
