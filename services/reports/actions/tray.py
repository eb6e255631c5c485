"""What becomes of forms that wait in the tray "perlu koreksi"."""

from django.db import transaction

from services.audit.actions import Verb, note
from services.web.keeping import close
from services.web.models import KeptForm


@transaction.atomic
def drop_kept_form(*, kept: KeptForm, by, reason: str) -> bool:
    """Throw a kept form away, with a reason; False when it did not wait any more. Its content is gone then."""
    done = close(kept.pk, by=by, state=KeptForm.State.DROPPED, reason=reason)
    if done:
        note(by=by, verb=Verb.DELETE, on=kept, place=kept.place, reason=reason)
    return done
