"""What must not go to production."""

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def demo_is_off(app_configs, **options):
    """A demo shows its users and their password on the login page."""
    if not settings.DEMO:
        return []
    return [Error("DEMO menyala: halaman masuk menampilkan kata sandi.", hint="Matikan DEMO.", id="exchange.E001")]
