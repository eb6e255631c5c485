from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "services.reports"
    label = "reports"

    def ready(self):
        from . import checks  # noqa: F401  registers the check of the fonts
