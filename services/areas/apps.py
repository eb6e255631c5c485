from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "services.areas"
    label = "areas"
