from django.apps import AppConfig


class HomeVisitsConfig(AppConfig):
    name = "services.home_visits"
    label = "home_visits"
