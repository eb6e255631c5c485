from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "services.reports"
    label = "reports"

    def ready(self):
        from services.areas.settings import Subject, offer

        from . import checks  # noqa: F401  registers the check of the fonts
        from .sources.stationery import PAPER

        offer(Subject.REPORTS, PAPER)
