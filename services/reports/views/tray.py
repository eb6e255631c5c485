"""The tray "perlu koreksi": what could not be saved because its month was closed."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from services.areas.access import Permission, requires
from services.web.keeping import send_again
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import drop_kept_form
from ..forms import DropForm
from ..queries.tray import kept_forms, proposed_of, tray_of


@requires(Permission.RECORD)
def tray_list(request):
    """What waits at my posyandu. Only what kind of form it is, whose and when; not what is in it."""
    context = {"rows": tray_of(request.scope), "proposed": proposed_of(request.scope)}
    context["may_ask"] = request.access.may(Permission.SUBMIT_MONTH)
    return render(request, "reports/tray_list.html", context)


@requires(Permission.RECORD)
@require_POST
def tray_send(request, kept):
    """Try again: the form's own page answers, with my rights and my name."""
    return send_again(request, _waiting(request, kept))


@requires(Permission.RECORD)
def tray_drop(request, kept):
    """Throw a kept form away, with a reason."""
    form, kept = DropForm(request.POST or None), _waiting(request, kept)

    def drop():
        drop_kept_form(kept=kept, by=request.user, reason=form.cleaned_data["reason"])
        return Receipt(location=reverse("reports:tray_list"), message="Isian dibuang")

    context = {
        "title": "Buang isian ini",
        "lead": f"Nomor {kept.number}",
        "points": ["Isinya dihapus dan tidak dapat dikembalikan."],
        "button": "Buang",
        "urgent": True,
        "cancel": reverse("reports:tray_list"),
    }
    if request.method == "POST":
        return respond(request, form, drop, "web/confirm.html", context)
    return page(request, "web/confirm.html", {**context, "form": form})


def _waiting(request, kept):
    return get_object_or_404(kept_forms(request.scope), pk=kept)
