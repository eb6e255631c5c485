"""Is this paper the one that was made final?"""

from django.shortcuts import render

from services.areas.access import Permission, requires

from ..forms import HashForm
from ..queries.hashes import found_by_hash, hash_of_upload


@requires(Permission.SEE_REPORT)
def hash_check(request):
    """A code from a footer, or the file itself: which version of which month it is, or that it is none."""
    form = HashForm(request.POST or None, request.FILES or None)
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        code = hash_of_upload(upload) if upload else form.cleaned_data["code"]
        context |= {"code": code, "found": found_by_hash(code), "is_asked": True}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "reports/hash_check.html", context, status=status)
