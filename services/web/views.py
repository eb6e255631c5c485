from django.contrib import messages
from django.db import connection
from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string

from . import jobs
from .keeping import keep, leave_tray
from .models import Job
from .refusals import Refusal
from .submissions import FIELD, AlreadySaved, new_key, once


def open_to_all(view):
    """Mark a view that needs no login."""
    view.open_to_all = True
    return view


@open_to_all
def healthz(request):
    """Whether this process and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def job_detail(request, job_id):
    jobs.reap()
    job = get_object_or_404(Job.objects.filter(user=request.user), pk=job_id)
    return render(request, "web/job_detail.html", {"job": job})


def respond(request, form, write, template, context=None, *, status=422):
    """Answer the POST of a form: receipt and redirect, or the same page with what was typed and what to do.

    `write` is called with nothing, in one transaction with its receipt. `context` (or a function that makes it) is
    for the page that is drawn again: an invalid form is 422; a Refusal brings its own status and stands beside the
    field it names.
    """

    def again(status, **more):
        made = context() if callable(context) else context or {}
        return page(request, template, {**made, "form": form, **more}, status=status, fresh_key="saved_receipt" in more)

    if not form.is_valid():
        return again(status)
    try:
        receipt = once(request, lambda: _write(request, write))
    except AlreadySaved as saved:
        _put(form, saved)
        return again(saved.status, saved_receipt=saved.receipt)
    except Refusal as refusal:
        _put(form, refusal)
        return again(refusal.status, **_kept(request, refusal))
    return accept(request, receipt)


def _write(request, write):
    receipt = write()
    leave_tray(request)
    return receipt


def _kept(request, refusal):
    """A refusal that may pass: the form waits in the tray, and the page says so with a number."""
    return {"kept_form": keep(request, refusal)} if refusal.keepable else {}


def accept(request, receipt):
    """Go where the receipt says, and say it was saved."""
    word = "Sudah tersimpan sebelumnya" if receipt.repeated else receipt.message
    messages.success(request, f"{word} · nomor {receipt.number}")
    return redirect(receipt.location)


def page(request, template, context=None, *, status=200, fresh_key=False):
    """A page with a form: it carries a one-time key, kept over a failed try."""
    typed = request.POST.get(FIELD, "")
    key = typed if typed and not fresh_key else new_key(request.user)
    response = render(request, template, {**(context or {}), FIELD: key}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _put(form, refusal):
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


def refusal_page(request, refusal):
    context = {"message": refusal.message, "back": request.META.get("HTTP_REFERER", "/"), **_kept(request, refusal)}
    return render(request, "web/refusal.html", context, status=refusal.status)


def refused(request, exception=None):
    return render(request, "403.html", status=403)


def missing(request, exception=None):
    return render(request, "404.html", status=404)


def broken(request):
    # Without the request: whatever broke (the database, say) must not be asked again by the page's frame.
    return HttpResponseServerError(render_to_string("500.html"))


@open_to_all
def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)
