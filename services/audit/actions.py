"""The one way to remember who did what. Called inside the transaction of the action it remembers."""

from .models import Entry

Verb = Entry.Verb


def note(
    *,
    by,
    verb: str,
    on,
    place: str = "",
    changed: tuple[str, ...] = (),
    reason: str = "",
    confidential: bool = False,
    **detail,
) -> None:
    """Remember that `by` did `verb` on the row `on` (or the model class for a list) at `place` (a path).

    A `confidential` entry is hidden from the audit pages. `changed` are names of columns or questions. Values about
    people must not be passed.
    """
    entry_detail = {**detail, **({"kolom": sorted(changed)} if changed else {})}
    Entry.objects.create(
        user=by if getattr(by, "pk", None) else None,
        verb=verb,
        model=on._meta.label_lower.split(".")[-1][:40],
        object_id=str(getattr(on, "pk", "") or "")[:40] if not isinstance(on, type) else "",
        place=place,
        detail=entry_detail,
        reason=reason[:200],
        is_confidential=confidential,
    )
