from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.areas.access import Permission, requires
from services.clinical.pregnancy import ANTENATAL, NEONATAL, POSTNATAL
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import cancel_birth, record_birth, remove_contact, save_contact
from ..forms import BirthCancelForm, BirthForm, ContactForm
from ..forms.births import BABIES_AT_MOST
from ..models import Pregnancy
from .fetching import home_of, home_shown

LOST = {"lahir_mati", "meninggal"}


@requires(Permission.RECORD)
def birth_new(request, pregnancy_id):
    """She gave birth: to one child, or with ?bayi=2 to twins."""
    pregnancy = _pregnancy(request, pregnancy_id)
    mother = pregnancy.resident
    home_shown(request, mother)
    count = _count(request.GET.get("bayi", ""))
    form = BirthForm(request.POST or None, babies=count)
    context = {
        "mother": mother,
        "pregnancy": pregnancy,
        "count": count,
        "counts": range(1, BABIES_AT_MOST + 1),
        "back": _pregnancy_url(pregnancy),
    }
    if request.method == "POST":
        return respond(
            request, form, lambda: _save_birth(request, form, pregnancy), "residents/birth_new.html", context
        )
    return page(request, "residents/birth_new.html", {**context, "form": form})


def _save_birth(request, form, pregnancy) -> Receipt:
    told = {name: form.cleaned_data[name] for name in ("born_on", "place", "helper", "way")}
    home = home_of(request, pregnancy.resident)
    record_birth(residency=home, pregnancy=pregnancy, babies=form.babies, by=request.user, scope=request.scope, **told)
    lost = LOST & {baby.condition for baby in form.babies}
    said = {"message": "Tersimpan. Turut berduka cita"} if lost else {}
    return Receipt(location=_pregnancy_url(pregnancy), **said)


@requires(Permission.RECORD)
def birth_cancel(request, pregnancy_id):
    """The birth was written down by mistake: she is pregnant again, and the child it made is gone."""
    pregnancy = _pregnancy(request, pregnancy_id)
    home_shown(request, pregnancy.resident)
    form = BirthCancelForm(request.POST or None)
    births = list(pregnancy.births.select_related("child"))
    context = {"mother": pregnancy.resident, "births": births, "back": _pregnancy_url(pregnancy)}

    def cancel():
        home_of(request, pregnancy.resident)
        cancel_birth(pregnancy=pregnancy, reason=form.cleaned_data["reason"], by=request.user)
        return Receipt(location=_pregnancy_url(pregnancy), message="Kelahiran dibatalkan")

    if request.method == "POST":
        return respond(request, form, cancel, "residents/birth_cancel.html", context)
    return page(request, "residents/birth_cancel.html", {**context, "form": form})


def _count(asked: str) -> int:
    return int(asked) if asked in {str(number) for number in range(1, BABIES_AT_MOST + 1)} else 1


@requires(Permission.RECORD)
def contact_edit(request, pregnancy_id, kind):
    """A contact with a health worker, as the Buku KIA says; for a baby's KN with ?bayi=…"""
    pregnancy = _pregnancy(request, pregnancy_id)
    home_shown(request, pregnancy.resident)
    birth = _birth(request, pregnancy, kind)
    contact = pregnancy.contacts.filter(kind=kind, birth=birth).first()
    shown = {name: getattr(contact, name) for name in ("on", "place", "officer")} if contact else {}
    form = ContactForm(request.POST or None, is_new=contact is None, initial=shown)
    context = {"mother": pregnancy.resident, "kind": kind, "birth": birth, "back": _pregnancy_url(pregnancy)}
    if request.method == "POST":
        save = {"pregnancy": pregnancy, "kind": kind, "birth": birth, "by": request.user}
        return respond(
            request, form, lambda: _save_contact(request, form, save), "residents/contact_edit.html", context
        )
    return page(request, "residents/contact_edit.html", {**context, "form": form})


def _save_contact(request, form, save: dict) -> Receipt:
    residency = home_of(request, save["pregnancy"].resident)
    if form.is_removed:
        remove_contact(residency=residency, **save)
    else:
        save_contact(residency=residency, **save, **form.details)
    return Receipt(location=_pregnancy_url(save["pregnancy"]))


def _pregnancy(request, pregnancy_id) -> Pregnancy:
    return get_object_or_404(Pregnancy.objects.within(request.scope).select_related("resident"), pk=pregnancy_id)


def _birth(request, pregnancy, kind):
    """The baby of a KN; None for a contact of the mother. 404 for a kind or a baby that is not there."""
    if kind in (*ANTENATAL, *POSTNATAL):
        return None
    try:
        asked = UUID(request.GET.get("bayi", ""))
    except ValueError:
        raise Http404 from None
    birth = pregnancy.births.filter(pk=asked, child__isnull=False).select_related("child").first()
    if kind not in NEONATAL or birth is None:
        raise Http404
    return birth


def _pregnancy_url(pregnancy) -> str:
    """The page of a pregnancy; it lives in an app above."""
    return reverse("profiles:pregnancy_detail", args=[pregnancy.pk])
