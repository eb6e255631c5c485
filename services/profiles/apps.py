from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "services.profiles"
    label = "profiles"
