from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "services.web"
    label = "web"
