"""Who is asking, what that person may do (`request.access`, made when first asked for), and for how long."""

import time

from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from services.areas.scope import Access

from .queries import access_of

LAST_SEEN = "terakhir"
# Writing the session at every request would cost a write each; so the four hours are counted in steps.
STEP_SECONDS = 600
FREE_OF_CHANGE = {"accounts:password_edit", "accounts:logout"}


class AccessMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.access = SimpleLazyObject(lambda: _access(request.user))
        return self.get_response(request)


def _access(user) -> Access:
    return access_of(user) if user.is_authenticated else Access(user_id=None)


class AccountMiddleware:
    """A given password is changed before anything else, and a session lasts as long as somebody works in it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        seen = request.session.get(LAST_SEEN)
        if seen is not None and time.time() - seen > STEP_SECONDS:
            request.session[LAST_SEEN] = int(time.time())
        return response

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated or getattr(view, "open_to_all", False):
            return None
        if request.user.must_change_password and request.resolver_match.view_name not in FREE_OF_CHANGE:
            return redirect("accounts:password_edit")
        return None
