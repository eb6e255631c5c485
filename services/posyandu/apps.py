from django.apps import AppConfig


class PosyanduConfig(AppConfig):
    name = "services.posyandu"
    label = "posyandu"
