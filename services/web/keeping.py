"""A form whose only fault is that its month is closed is kept, encrypted, until it can be saved or is thrown away."""

import copy
from http import HTTPStatus

from django.db import transaction
from django.http import QueryDict
from django.urls import resolve
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from .ids import uuid7
from .models import KeptForm
from .refusals import Refusal
from .submissions import CONFIRM, FIELD, belongs_to, new_key

_QUERY = "kept_query"  # what stood behind "?" in the address: the day on the paper, the posyandu
_NOT_KEPT = (FIELD, CONFIRM, "csrfmiddlewaretoken")


def keep(request, refusal: Refusal) -> KeptForm:
    """Put the form of this request into the tray; the same key again gives the same row, with what was typed last."""
    tried_again = getattr(request, "from_tray", None)
    if tried_again is not None:  # it goes on waiting there
        return tried_again
    data = request.POST.copy()
    for name in _NOT_KEPT:
        data.pop(name, None)
    if request.GET:
        data[_QUERY] = request.GET.urlencode()
    key = request.POST.get(FIELD) or str(uuid7())
    values = {
        "content": data.urlencode(),
        "reason": refusal.message[:300],
        "place": refusal.place,
        "period": refusal.month,
        "lost_files": len(request.FILES),
    }
    earlier = KeptForm.objects.filter(key=key, user=request.user, path=request.path).first()
    if earlier is not None:
        for name, value in values.items():
            setattr(earlier, name, value)
        earlier.save(update_fields=list(values))
        return earlier
    return KeptForm.objects.create(
        key=key if not KeptForm.objects.filter(key=key).exists() else str(uuid7()),
        user=request.user,
        path=request.path,
        url_name=request.resolver_match.view_name,
        **values,
    )


def leave_tray(request) -> None:
    """A form that was kept and is now saved on its own page, put right, waits no more."""
    if getattr(request, "from_tray", None) is None:
        waiting = KeptForm.objects.filter(key=request.POST.get(FIELD), user=request.user, state=KeptForm.State.WAITING)
        waiting.update(state=KeptForm.State.SAVED, content="", closed_by=request.user, closed_at=timezone.now())


@transaction.atomic
def send_again(request, kept: KeptForm):
    """Answer as the kept form's own page does, for the person who asks now: her rights, her name on what is saved.

    Saved, it leaves the tray in the same transaction; of two who try at once the second is refused (409).
    """
    waiting = KeptForm.objects.filter(pk=kept.pk, state=KeptForm.State.WAITING)
    if not waiting.update(closed_reason=""):  # holds the row until this is answered
        raise Refusal("Isian ini baru saja disimpan atau dibuang orang lain. Muat ulang halaman ini.")
    answer = _answer_again(request, kept)
    if answer.status_code == HTTPStatus.FOUND:
        close(kept.pk, by=request.user, state=KeptForm.State.SAVED)
    return answer


def _answer_again(request, kept: KeptForm):
    """The writer's own key is used when she sends it herself, so that nothing is written twice.

    That it comes from the tray is said by the request itself: a field of the form could be written by anybody.
    """
    data = QueryDict(kept.content, mutable=True)
    query = data.pop(_QUERY, [""])[-1]
    data[FIELD] = kept.key if belongs_to(kept.key, request.user) else new_key(request.user)
    request.from_tray = kept
    again = copy.copy(request)
    again.POST, again._files = data, MultiValueDict()  # both, or reading one would read the sent form again
    again.path = again.path_info = kept.path
    again.GET = QueryDict(query)
    again.resolver_match = match = resolve(kept.path)
    return match.func(again, *match.args, **match.kwargs)


@transaction.atomic
def close(pk, *, by, state: str, reason: str = "") -> bool:
    """End the waiting of a kept form; its content goes. False when it did not wait any more."""
    waiting = KeptForm.objects.filter(pk=pk, state=KeptForm.State.WAITING)
    return bool(waiting.update(state=state, content="", closed_by=by, closed_at=timezone.now(), closed_reason=reason))
