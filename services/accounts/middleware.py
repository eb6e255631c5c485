"""Who is asking, and what that person may do: `request.access`, made when first asked for."""

from django.utils.functional import SimpleLazyObject

from services.areas.scope import Access

from .queries import access_of


class AccessMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.access = SimpleLazyObject(lambda: _access(request.user))
        return self.get_response(request)


def _access(user) -> Access:
    return access_of(user) if user.is_authenticated else Access(user_id=None)
