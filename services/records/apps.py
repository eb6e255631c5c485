from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "services.records"
    label = "records"
