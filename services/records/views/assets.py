"""Wells, roads, reading corners: what there is, how it fares over time, and where it stands."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.areas.scope import Scope
from services.fields import registry
from services.fields.queries import forms_in_use, forms_used, must_be_used
from services.fields.spec import Shape
from services.files.actions import note_opened
from services.files.views import photo_response
from services.posyandu.models import Posyandu
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import add_asset, add_asset_photo, change_asset, keep_encounter, retire_asset
from ..forms import AssetForm, AssetPhotoForm, NewAssetForm, RetireForm
from ..models import Asset, AssetPhoto
from ..queries import asset_history, assets_page, elsewhere_on
from .sheets import answer_sheet, form_or_404, sheet_for


@requires(Permission.SEE_NAMES)
def asset_list(request):
    """All things of one's posts, by kind, each with how it fared when it was last looked at."""
    scope, kind = request.scope, request.GET.get("jenis", "")
    forms = registry.forms_for(shape=Shape.ASSET)
    kinds = [spec for spec in forms if scope.fields is None or spec.field in scope.fields]
    chosen = next((spec for spec in kinds if spec.key == kind), None)
    shown = assets_page(scope, [chosen or spec for spec in kinds], page=request.GET.get("page", 1))
    may_record = request.access.may(Permission.RECORD)
    context = {"kinds": kinds, "chosen": chosen, "shown": shown, "new": _new_kinds(request) if may_record else ()}
    return render(request, "records/asset_list.html", context)


def _new_kinds(request):
    post = _posts(request.access.scope(Permission.RECORD)).first()
    scope = request.scope
    today = clock.today(post.area_id) if post else None
    return forms_used(post.area_id, today, shape=Shape.ASSET, fields=scope.fields) if post else ()


def _posts(scope: Scope):
    return Posyandu.objects.within(scope).order_by("path")


@requires(Permission.SEE_NAMES)
def asset_detail(request, asset_id):
    asset = asset_or_404(request, asset_id)
    history = asset_history(asset, request.scope)
    context = {
        "asset": asset,
        "spec": registry.form(asset.form),
        "history": history,
        "latest": next((look for look in history if look.told), None),
        "may_record": request.access.may(Permission.RECORD),
        "is_asked": asset.form in forms_in_use(asset.posyandu.area_id, clock.today(asset.posyandu.area_id)),
    }
    return render(request, "records/asset_detail.html", context)


@requires(Permission.RECORD)
def asset_new(request, form_key):
    """A thing that nobody wrote down yet; then how it fares today."""
    spec = form_or_404(form_key, Shape.ASSET, request.scope)
    posts = list(_posts(request.scope))
    if posts:
        must_be_used(spec, posts[0].area_id, clock.today(posts[0].area_id))
    form = NewAssetForm(request.POST or None, posts=posts)
    context = {"spec": spec}

    def save() -> Receipt:
        today = clock.today(form.posyandu.area_id)
        asset = add_asset(posyandu=form.posyandu, form=spec.key, by=request.user, on=today, **form.details)
        location = reverse("records:asset_record_edit", args=[asset.pk])
        return Receipt(location, f"{asset.name} dicatat. Sekarang isi keadaannya")

    if request.method == "POST":
        return respond(request, form, save, "records/asset_new.html", context)
    return page(request, "records/asset_new.html", {**context, "form": form})


@requires(Permission.RECORD)
def asset_edit(request, asset_id):
    """Its name, and where it stands: in words, and as the phone's own place if one likes."""
    asset = asset_or_404(request, asset_id)
    form = AssetForm(request.POST or None, initial={name: getattr(asset, name) for name in AssetForm.base_fields})
    context = {"asset": asset}

    def save() -> Receipt:
        change_asset(asset=asset, by=request.user, **form.cleaned_data)
        return Receipt(_url(asset), f"{asset.name} tersimpan")

    if request.method == "POST":
        return respond(request, form, save, "records/asset_edit.html", context)
    return page(request, "records/asset_edit.html", {**context, "form": form})


@requires(Permission.RECORD)
def asset_retire(request, asset_id):
    """It is no more: filled up, torn down, given away. What was written of it stays."""
    asset = asset_or_404(request, asset_id)
    form = RetireForm(request.POST or None, initial={"on": clock.today(asset.posyandu.area_id)})
    context = {"asset": asset}

    def save() -> Receipt:
        retire_asset(asset=asset, by=request.user, **form.cleaned_data)
        return Receipt(_url(asset), f"{asset.name} tidak dipakai lagi")

    if request.method == "POST":
        return respond(request, form, save, "records/asset_retire.html", context)
    return page(request, "records/asset_retire.html", {**context, "form": form})


@requires(Permission.RECORD)
def asset_record_edit(request, asset_id):
    """How it fares today, on any day and not only at an open day."""
    asset = asset_or_404(request, asset_id)
    spec = form_or_404(asset.form, Shape.ASSET, request.scope)
    today = clock.today(asset.posyandu.area_id)
    encounter = elsewhere_on(asset.posyandu, today)
    sheet = sheet_for(request, encounter, spec, "asset", asset)
    context = {"asset": asset, "spec": spec, "today": today}
    receipt = Receipt(_url(asset), f"Keadaan {asset.name} tersimpan")
    return answer_sheet(
        request,
        encounter,
        sheet,
        asset,
        "records/asset_record_edit.html",
        lambda: context,
        before=lambda: keep_encounter(encounter=encounter, by=request.user),
        after=lambda saved: receipt,
    )


@requires(Permission.RECORD)
def asset_photo_new(request, asset_id):
    """How it looks on a day."""
    asset = asset_or_404(request, asset_id)
    initial = {"on": clock.today(asset.posyandu.area_id)}
    form = AssetPhotoForm(request.POST or None, request.FILES or None, initial=initial)
    context = {"asset": asset}

    def save() -> Receipt:
        data = form.cleaned_data
        add_asset_photo(asset=asset, upload=data["photo"], on=data["on"], by=request.user)
        return Receipt(_url(asset), f"Foto {asset.name} tersimpan")

    if request.method == "POST":
        return respond(request, form, save, "records/asset_photo_new.html", context)
    return page(request, "records/asset_photo_new.html", {**context, "form": form})


@requires(Permission.SEE_NAMES)
def asset_photo_detail(request, asset_id, photo_id):
    """The picture itself."""
    asset = asset_or_404(request, asset_id)
    photos = AssetPhoto.objects.within(request.scope).select_related("attachment__posyandu")
    photo = get_object_or_404(photos, pk=photo_id, asset=asset)
    note_opened(attachment=photo.attachment, by=request.user)
    return photo_response(photo.attachment)


def asset_or_404(request, asset_id) -> Asset:
    """The thing, in the places and fields of the person who asks."""
    asset = get_object_or_404(Asset.objects.within(request.scope).select_related("posyandu"), pk=asset_id)
    form_or_404(asset.form, Shape.ASSET, request.scope)
    return asset


def _url(asset: Asset) -> str:
    return reverse("records:asset_detail", args=[asset.pk])
