from services.areas.access import Permission, requires
from services.web.refusals import Refusal
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import add_household, move_out, move_to, move_together, record_death, return_home
from ..forms import DeathForm, MoveForm, ReturnForm
from ..forms.moving import AWAY, HOUSEHOLD
from ..queries import household_mates, households_like, last_residency, posts_called
from .fetching import area_of, home_of, home_shown, of_resident, resident_url, today_in


@requires(Permission.RECORD)
@of_resident
def resident_move(request, resident):
    """She moved: to another household, to another posyandu, or away."""
    residency = home_shown(request, resident)
    typed = request.POST
    form = MoveForm(
        typed or None,
        households=_households_like(request, residency, typed.get("head_name", "")),
        targets=posts_called(typed.get("place_name", ""), district=area_of(request)),
        initial={"on": today_in(request)},
    )
    mates = len(household_mates(residency)) if residency else 0
    context = {"resident": resident, "residency": residency, "mates": mates}
    if request.method == "POST":
        return respond(
            request, form, lambda: _save_move(request, form, resident), "residents/resident_move.html", context
        )
    return page(request, "residents/resident_move.html", {**context, "form": form})


def _households_like(request, residency, head_name):
    found = households_like(request.scope, head_name)
    return [row for row in found if residency and row.posyandu_id == residency.posyandu_id]


def _save_move(request, form, resident) -> Receipt:
    data, residency = form.cleaned_data, home_of(request, resident)
    movers = household_mates(residency) if data["together"] else [residency]
    said = {"on": data["on"], "reason": data["reason"], "by": request.user}
    if data["kind"] == AWAY:
        for mover in movers:
            move_out(residency=mover, destination=data["destination"], **said)
        return Receipt(location=resident_url(resident))
    inside = data["kind"] == HOUSEHOLD
    posyandu = residency.posyandu if inside else _target(form)
    where = {"posyandu": posyandu, "household": _household(request, form, posyandu) if inside else None}
    if len(movers) > 1:
        move_together(residencies=movers, scope=request.scope, **where, **said)
    else:
        move_to(residency=residency, relation=data["relation"], scope=request.scope, **where, **said)
    return Receipt(location=resident_url(resident))


def _household(request, form, posyandu):
    if form.households and not form.cleaned_data.get("household"):
        raise Refusal("Pilih keluarganya, atau keluarga baru.", status=422, field="household")
    return form.household or add_household(posyandu=posyandu, head_name=form.cleaned_data["head_name"], by=request.user)


def _target(form):
    if not form.targets:
        said = "Tidak ada posyandu dengan nama itu di sini. Pilih “Ke luar daerah”."
        raise Refusal(said, status=422, field="place_name")
    if form.target is None:
        raise Refusal("Pilih posyandunya.", status=422, field="posyandu")
    return form.target


@requires(Permission.RECORD)
@of_resident
def resident_death(request, resident):
    """A person died; said carefully, on its day."""
    residency = home_shown(request, resident)
    form = DeathForm(request.POST or None)
    context = {"resident": resident, "residency": residency}
    if request.method == "POST":
        return respond(
            request, form, lambda: _save_death(request, form, resident), "residents/resident_death.html", context
        )
    return page(request, "residents/resident_death.html", {**context, "form": form})


def _save_death(request, form, resident) -> Receipt:
    record_death(residency=home_of(request, resident), on=form.cleaned_data["on"], by=request.user)
    return Receipt(location=resident_url(resident), message="Tersimpan. Turut berduka cita")


@requires(Permission.RECORD)
@of_resident
def resident_return(request, resident):
    """Somebody who left is back, or never left at all."""
    left = last_residency(resident, request.scope)
    form = ReturnForm(request.POST or None)
    context = {"resident": resident, "residency": left, "back": resident_url(resident)}
    if request.method == "POST":
        return respond(
            request, form, lambda: _save_return(request, form, left), "residents/resident_return.html", context
        )
    return page(request, "residents/resident_return.html", {**context, "form": form})


def _save_return(request, form, left) -> Receipt:
    return_home(residency=left, on=form.since, by=request.user, scope=request.scope)
    return Receipt(location=resident_url(left.resident))
