from django.apps import AppConfig


class FollowUpsConfig(AppConfig):
    name = "services.follow_ups"
    label = "follow_ups"
