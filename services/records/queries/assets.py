"""Things of the place: a page of them, and how one fared over time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery

from services.areas.scope import Scope
from services.fields import registry
from services.fields.spec import FormSpec

from ..models import Asset, AssetPhoto, Record
from ..rules import Told, told

ASSETS_PER_PAGE = 50


@dataclass(frozen=True)
class AssetRow:
    """One thing of the place, and what was said of it last (None: nobody looked yet)."""

    asset: Asset
    spec: FormSpec
    told: Told | None
    on: date | None


@dataclass(frozen=True)
class AssetList:
    """A page of things, in the order of the forms, then of the place."""

    rows: list[AssetRow]
    page: ListPage


def assets_page(scope: Scope, specs: Iterable[FormSpec], *, page: int | str = 1) -> AssetList:
    """Things of the scope that are in use, each with its newest record: three queries for any number."""
    newest = Record.objects.within(scope).filter(asset=OuterRef("pk")).order_by("-encounter__date", "-created_at")
    assets = (
        Asset.objects.within(scope)
        .filter(form__in={spec.key for spec in specs}, retired_on__isnull=True)
        .annotate(newest=Subquery(newest.values("pk")[:1]))
        .select_related("posyandu")
        .order_by("form", "posyandu__path", "rw", "rt", "name", "pk")
    )
    chosen = Paginator(assets, ASSETS_PER_PAGE).get_page(page)
    found = [asset.newest for asset in chosen.object_list if asset.newest]
    rows = Record.objects.within(scope).filter(pk__in=found).select_related("encounter")
    records = {row.asset_id: row for row in rows}
    return AssetList([_asset_row(asset, records.get(asset.pk)) for asset in chosen.object_list], chosen)


def _asset_row(asset: Asset, record: Record | None) -> AssetRow:
    spec = registry.form(asset.form)
    return AssetRow(
        asset, spec, told(spec, record.answers) if record else None, record.encounter.date if record else None
    )


@dataclass(frozen=True)
class Look:
    """One day on which somebody looked at a thing: what was said of it (None: only photographed), and its photos."""

    on: date
    by: str
    told: Told | None
    photos: tuple[AssetPhoto, ...] = ()


def asset_history(asset: Asset, scope: Scope, *, limit: int = 50) -> list[Look]:
    """How a thing fared over time, newest first: two queries."""
    rows = Record.objects.within(scope).filter(asset=asset).select_related("encounter", "author")
    spec = registry.form(asset.form)
    ordered = rows.order_by("-encounter__date", "-created_at")[:limit]
    taken: dict[date, list[AssetPhoto]] = {}
    photos = AssetPhoto.objects.within(scope).filter(asset=asset).select_related("attachment__kept_by")
    for photo in photos.order_by("-taken_on", "-pk")[:limit]:
        taken.setdefault(photo.taken_on, []).append(photo)
    looks = [
        Look(row.encounter.date, row.author.name, told(spec, row.answers), tuple(taken.pop(row.encounter.date, ())))
        for row in ordered
    ]
    looks += [Look(on, some[0].attachment.kept_by.name, None, tuple(some)) for on, some in taken.items()]
    return sorted(looks, key=lambda look: look.on, reverse=True)
