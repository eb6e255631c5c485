from django.contrib import messages
from django.db import connection
from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string

from . import jobs
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

    `write` is called with nothing, in one transaction with its receipt. An invalid form is 422; a Refusal brings its
    own status and stands beside the field it names.
    """
    context = {**(context or {}), "form": form}
    if form.is_valid():
        try:
            receipt = once(request, write)
        except AlreadySaved as saved:
            context["saved_receipt"] = saved.receipt
            return page(request, template, _refused(form, saved, context), status=saved.status, fresh_key=True)
        except Refusal as refusal:
            return page(request, template, _refused(form, refusal, context), status=refusal.status)
        return accept(request, receipt)
    return page(request, template, context, status=status)


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


def _refused(form, refusal, context):
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return {**context, "form": form}


def refusal_page(request, refusal):
    context = {"message": refusal.message, "back": request.META.get("HTTP_REFERER", "/")}
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
