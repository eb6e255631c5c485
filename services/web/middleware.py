"""Login for all pages, and one way to answer a refusal."""

import logging

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError
from django.utils.module_loading import import_string

from .refusals import Refusal
from .views import refusal_page

# Names of pages only: what a constraint complains of may be a person's number.
logger = logging.getLogger(__name__)


class LoginRequiredMiddleware:
    """Every page needs a login unless its view says otherwise (`open_to_all`)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            # Personal data must not stay on a shared phone.
            response["Cache-Control"] = "no-store"
        return response

    def process_view(self, request, view, args, kwargs):
        if request.user.is_authenticated or getattr(view, "open_to_all", False):
            return None
        if request.method == "POST":
            # The login page lives above this app, so it is named by a setting.
            return import_string(settings.LOGIN_AGAIN_VIEW)(request)
        return redirect_to_login(request.get_full_path())


class RefusalMiddleware:
    """A refusal that no form caught becomes a page that says what to do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, IntegrityError):
            # Two people wrote what may stand only once, in the same instant: the first has it, nothing of the second's.
            logger.warning("refused by a constraint: %s", request.resolver_match.view_name)
            exception = Refusal(
                "Data ini baru saja disimpan atau diubah orang lain. Muat ulang halamannya, lalu coba lagi."
            )
        return refusal_page(request, exception) if isinstance(exception, Refusal) else None
