from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.posyandu.actions import MonthLocked
from services.web.refusals import Refusal
from services.web.rules import short_date_text
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import add_household, add_resident, change_resident, give_consent
from ..forms import NewResidentForm, ResidentForm
from ..models import Household, Resident
from ..queries import (
    GROUP_CHIPS,
    group_filter,
    households_like,
    likely_duplicates,
    posts_of,
    rows,
    search,
    short_address,
    stage_rules,
)
from ..rules import Likeness, nik_disagrees
from .fetching import area_of, home_of, home_shown, of_resident, resident_url, today_in

PAGE = 50


@requires(Permission.SEE_NAMES)
def resident_list(request):
    """Everybody who lives here, by group; a name finds those who left too."""
    text, group = request.GET.get("cari", "").strip(), request.GET.get("kelompok", "")
    area = area_of(request)
    today = clock.today(area)
    rules = stage_rules(area, today)
    found = search(request.scope, text, today)
    if group or not text:
        found = found.filter(group_filter(group, request.scope, today, rules))
    people = Paginator(found.defer("nik"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": people,
        "rows": rows(people.object_list, request.scope, today, rules),
        "text": text,
        "group": group,
        "chips": GROUP_CHIPS,
        "may_record": request.access.may(Permission.RECORD),
    }
    return render(request, "residents/resident_list.html", context)


@requires(Permission.RECORD)
def resident_new(request):
    """One short form for a newcomer; with ?day= it leads back to that open day."""
    household = _household_asked(request)
    typed = request.POST if request.method == "POST" else request.GET
    found = [] if household else households_like(request.scope, typed.get("head_name", ""))
    form = NewResidentForm(
        request.POST or None,
        posts=list(posts_of(request.scope)),
        households=found,
        household=household,
        today=today_in(request),
        initial={name: typed.get(name, "") for name in ("name", "head_name", "since")},
    )
    context = {"household": household, "back": _way_back(request)}
    if request.method == "POST":
        return respond(request, form, lambda: _save_new(request, form), "residents/resident_new.html", context)
    return page(request, "residents/resident_new.html", {**context, "form": form})


def _household_asked(request):
    asked = request.GET.get("household", "")
    households = Household.objects.within(request.scope).select_related("posyandu")
    return get_object_or_404(households, pk=_uuid(asked)) if asked else None


def _save_new(request, form) -> Receipt:
    data, birth = form.cleaned_data, form.birth
    if form.households and not data.get("household"):
        raise Refusal("Pilih keluarganya, atau keluarga baru.", status=422, field="household")
    _stop_duplicate(request, form, birth)
    began, since = form.residence
    household = form.chosen_household or add_household(
        posyandu=form.posyandu,
        head_name=data["head_name"],
        by=request.user,
        **{name: data[name] for name in ("rt", "rw", "dusun")},
    )
    try:
        resident = add_resident(
            posyandu=form.posyandu,
            household=household,
            since=since,
            began=began,
            by=request.user,
            scope=request.scope,
            **{name: data[name] for name in ("name", "sex", "mother_name", "nik", "phone")},
            **birth,
        )
    except MonthLocked as locked:
        _tell_way_round(locked, since, form.today)
        raise
    if data["consent_by"]:
        place = form.posyandu.path
        give_consent(resident=resident, relation=data["consent_by"], by=request.user, place=place, on=form.today)
    _warn_about_nik(request, resident, data["nik"])
    return Receipt(location=_way_back(request) or resident_url(resident))


def _tell_way_round(locked: MonthLocked, since: date, today: date) -> None:
    """Who was born or came in a month that was sent can be served today all the same: say how, beside the day."""
    if clock.month_of(since) != clock.month_of(today):
        locked.field = "since"
        locked.message += f" Supaya ia bisa dilayani sekarang, isi “Tinggal di sini sejak” {short_date_text(today)}."


def _stop_duplicate(request, form, birth) -> None:
    """Show who may be the same before a second entry is made. Raises Refusal (422)."""
    likeness = Likeness(
        form.cleaned_data["name"],
        birth["birth_date"],
        form.cleaned_data["mother_name"],
        exact=birth["birth_precision"] == Resident.BirthPrecision.DAY,
    )
    form.duplicates = [] if form.cleaned_data["is_other_person"] else likely_duplicates(request.scope, likeness)
    if form.duplicates:
        raise Refusal("Mungkin orang ini sudah tercatat. Periksa dulu.", status=422, field="is_other_person")


def _warn_about_nik(request, resident, typed) -> None:
    exact = resident.birth_precision == Resident.BirthPrecision.DAY
    said = nik_disagrees(typed, resident.birth_date, resident.sex, birth_is_exact=exact) if typed else ""
    if typed and resident.nik_to_match and not resident.nik:
        said = "Tersimpan tanpa NIK: NIK ini perlu dicocokkan dengan kelurahan/desa."
    if said:
        messages.warning(request, said)


def _way_back(request) -> str:
    """The open day that asked for a newcomer; open days live in an app above."""
    day = _uuid(request.GET.get("day", ""))
    try:
        return reverse("open_days:day_detail", args=[day]) if day else ""
    except NoReverseMatch:
        return ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@requires(Permission.RECORD)
@of_resident
def resident_edit(request, resident):
    """Correct what is known of a person."""
    residency = home_shown(request, resident)
    form = ResidentForm(
        request.POST or None,
        today=today_in(request),
        initial=ResidentForm.initial_of(resident, residency.relation if residency else ""),
    )
    context = {"resident": resident, "address": _address(residency)}
    if request.method == "POST":
        return respond(
            request, form, lambda: _save_edit(request, form, resident), "residents/resident_edit.html", context
        )
    return page(request, "residents/resident_edit.html", {**context, "form": form})


def _address(residency) -> str:
    return short_address(residency.household) if residency and residency.household else ""


def _save_edit(request, form, resident) -> Receipt:
    residency = home_of(request, resident)
    resident = change_resident(
        residency=residency, by=request.user, scope=request.scope, **form.changes(residency.resident)
    )
    _warn_about_nik(request, resident, form.cleaned_data["nik"] if not form.cleaned_data["remove_nik"] else "")
    return Receipt(location=resident_url(resident))
