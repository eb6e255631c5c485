from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "services.records"
    label = "records"

    def ready(self):
        from .thresholds import offer_thresholds

        offer_thresholds()
