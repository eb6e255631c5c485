"""The picture in a district's letterhead."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.areas.access import Permission, requires
from services.areas.queries import districts_within
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import keep_logo
from ..forms import LogoForm
from ..sources.stationery import logo_of


@requires(Permission.MANAGE_POSTS)
def logo_edit(request, code):
    """What stands in the letterhead now, and another picture in its place."""
    district = get_object_or_404(districts_within(request.scope), pk=code)
    form = LogoForm(request.POST or None, request.FILES or None)

    def save():
        keep_logo(district=district, upload=form.cleaned_data["photo"], by=request.user)
        return Receipt(location=reverse("reports:logo_edit", args=[code]), message="Logo tersimpan")

    context = {"district": district, "kept": getattr(district, "logo", None), "picture": logo_of(code)}
    if request.method == "POST":
        return respond(request, form, save, "reports/logo_edit.html", context)
    return page(request, "reports/logo_edit.html", {**context, "form": form})
