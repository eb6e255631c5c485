"""A request asks each district's settings once."""

from .settings import remembered


class SettingsMiddleware:
    """Keeps the settings of this request's districts, so that every rule may ask for them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with remembered():
            return self.get_response(request)
