from django.http import Http404

from services.areas.access import Permission, requires
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import add_condition, add_pregnancy, end_condition, end_pregnancy, give_consent, reveal_nik
from ..forms import ConditionEndForm, ConditionForm, ConsentForm, NikForm, PregnancyEndForm, PregnancyForm
from ..models import Pregnancy, WatchedCondition
from ..queries import current_residency
from .fetching import home_of, home_shown, of_resident, resident_url, today_in


def _answer(request, resident, form, write, template, **context):
    """One form about one person: her page is where it leads."""
    context = {"resident": resident, "back": resident_url(resident), **context}

    def save():
        write()
        return Receipt(location=resident_url(resident))

    if request.method == "POST":
        return respond(request, form, save, template, context)
    return page(request, template, {**context, "form": form})


def _at_home(request, resident, form, action, template, **ending):
    """The same for a fact of where she lives now; `ending` names the row that comes to its end."""
    home_shown(request, resident)

    def write():
        details = getattr(form, "details", form.cleaned_data)
        action(residency=home_of(request, resident), by=request.user, **details, **ending)

    return _answer(request, resident, form, write, template, **ending)


@requires(Permission.RECORD)
@of_resident
def pregnancy_new(request, resident):
    """She is pregnant."""
    form = PregnancyForm(request.POST or None, initial={"registered_on": today_in(request)})
    return _at_home(request, resident, form, add_pregnancy, "residents/pregnancy_new.html")


@requires(Permission.RECORD)
def pregnancy_end(request, pregnancy_id):
    """A pregnancy ended, happily or not."""
    pregnancy = _reached(Pregnancy.objects.within(request.scope), pregnancy_id)
    form = PregnancyEndForm(request.POST or None)
    template = "residents/pregnancy_end.html"
    return _at_home(request, pregnancy.resident, form, end_pregnancy, template, pregnancy=pregnancy)


@requires(Permission.RECORD)
@of_resident
def condition_new(request, resident):
    """A condition is put under watch: from now on she is expected at every open day."""
    form = ConditionForm(request.POST or None, initial={"from_date": today_in(request)})
    return _at_home(request, resident, form, add_condition, "residents/condition_new.html")


@requires(Permission.RECORD)
def condition_end(request, condition_id):
    """A condition needs no watch any more."""
    condition = _reached(WatchedCondition.objects.within(request.scope), condition_id)
    form = ConditionEndForm(request.POST or None, initial={"to_date": today_in(request)})
    template = "residents/condition_end.html"
    return _at_home(request, condition.resident, form, end_condition, template, condition=condition)


@requires(Permission.RECORD)
@of_resident
def consent_new(request, resident):
    """The privacy notice was read out; who agreed is one tap."""
    home_shown(request, resident)
    form = ConsentForm(request.POST or None)

    def write():
        give_consent(
            resident=resident,
            relation=form.cleaned_data["consent_by"],
            by=request.user,
            place=home_of(request, resident).posyandu.path,
            on=today_in(request),
        )

    return _answer(request, resident, form, write, "residents/consent_new.html")


@requires(Permission.REVEAL_NIK)
@of_resident
def resident_nik(request, resident):
    """The NIK in full, once, for a reason that is remembered. It stands in this answer only, never in an address."""
    form = NikForm(request.POST or None)
    context = {"resident": resident, "form": form, "back": resident_url(resident)}
    if request.method != "POST":
        return page(request, "residents/resident_nik.html", context)
    if not form.is_valid():
        return page(request, "residents/resident_nik.html", context, status=422)
    residency = current_residency(resident, request.scope)
    place = residency.posyandu.path if residency else ""
    shown = reveal_nik(resident=resident, reason=form.cleaned_data["reason"], by=request.user, place=place)
    return page(request, "residents/resident_nik.html", {**context, "nik": shown}, fresh_key=True)


def _reached(rows, pk):
    row = rows.filter(pk=pk).select_related("resident").first()
    if row is None:
        raise Http404
    return row
