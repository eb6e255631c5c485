"""What the steps of a month have in common: their frame, their receipt, and what is said when it is not their turn."""

from django.shortcuts import render

from services.web.refusals import Refusal
from services.web.submissions import Receipt
from services.web.views import page, respond

from .fetching import month_url


def frame(post, month):
    """What every page of a step says of its month."""
    return {"post": post, "month": month, "cancel": month_url("month_detail", post, month)}


def moved(post, month, message):
    """The receipt of a step: back to the month."""
    return Receipt(location=month_url("month_detail", post, month), message=message)


def sent_period(row):
    """The period of a month's row. Raises Refusal for one that nobody wrote in yet."""
    if row.period is None:
        raise Refusal("Laporan bulan ini belum dikirim posyandu.")
    return row.period


def answer_step(request, form, write, template, context, *, title="", why=""):
    """Show a step's page, or take the step. `why` it cannot be taken now is said in place of its form.

    A POST is judged by the action alone, under the lock of the month.
    """
    if request.method == "POST":
        return respond(request, form, write, template, context)
    made = context() if callable(context) else context
    if why:
        return render(request, "reports/_no_step.html", {**made, "title": title or made["title"], "why": why})
    return page(request, template, {**made, "form": form})
