from django.apps import AppConfig


class OpenDaysConfig(AppConfig):
    name = "services.open_days"
    label = "open_days"
