from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "services.coaching"
    label = "coaching"
