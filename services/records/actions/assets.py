"""Writes of the things of a place, and their photos."""

from datetime import date

from django.db import transaction

from services.areas import clock
from services.audit.actions import Verb, note
from services.files.actions import keep_photo
from services.posyandu.actions import hold_month_open
from services.posyandu.models import Posyandu
from services.web.refusals import Refusal

from ..models import Asset, AssetPhoto
from ..rules import is_likely_day


@transaction.atomic
def add_asset(*, posyandu: Posyandu, form: str, name: str, by, on: date, **details) -> Asset:
    """Add a thing of the place (a well, a reading corner) to the posyandu's list."""
    asset = Asset.objects.create(posyandu=posyandu, form=form, name=name, from_date=on, **details)
    note(by=by, verb=Verb.CREATE, on=asset, place=posyandu.path)
    return asset


@transaction.atomic
def change_asset(*, asset: Asset, by, **details) -> Asset:
    """Correct a thing's name or where it stands; a place is both numbers or none."""
    if (details.get("latitude") is None) != (details.get("longitude") is None):
        details |= {"latitude": None, "longitude": None}
    changed = [name for name, value in details.items() if getattr(asset, name) != value]
    for name in changed:
        setattr(asset, name, details[name])
    if changed:
        asset.save(update_fields=changed)
        note(by=by, verb=Verb.UPDATE, on=asset, place=asset.posyandu.path, changed=tuple(changed))
    return asset


@transaction.atomic
def add_asset_photo(*, asset: Asset, upload, on: date, by) -> AssetPhoto:
    """Keep a photo of a thing as it was on a day. Raises BadImage, MonthLocked, and Refusal (422) for a day that is
    not here yet; nothing is kept then.
    """
    if on > clock.today(asset.posyandu.area_id):
        raise Refusal("Tanggalnya belum tiba. Periksa lagi tanggalnya.", status=422, field="on")
    if not is_likely_day(on, clock.today(asset.posyandu.area_id)):
        raise Refusal(f"Tahun {on.year} tidak mungkin. Periksa lagi tanggalnya.", status=422, field="on")
    hold_month_open(posyandu_id=asset.posyandu_id, day=on)
    attachment = keep_photo(upload=upload, posyandu=asset.posyandu, by=by)
    return AssetPhoto.objects.create(asset=asset, attachment=attachment, taken_on=on)


@transaction.atomic
def retire_asset(*, asset: Asset, on: date, because: str, by) -> Asset:
    """A thing is no more from this day on. Raises Refusal (422) for a day that is not here yet or before it began."""
    if on > clock.today(asset.posyandu.area_id):
        raise Refusal("Tanggalnya belum tiba. Periksa lagi tanggalnya.", status=422, field="on")
    if on < asset.from_date:
        raise Refusal("Tanggal ini sebelum sarana dicatat. Periksa lagi tanggalnya.", status=422, field="on")
    asset.retired_on, asset.retired_because = on, because
    asset.save(update_fields=["retired_on", "retired_because"])
    note(by=by, verb=Verb.UPDATE, on=asset, place=asset.posyandu.path, changed=("retired_on",))
    return asset
