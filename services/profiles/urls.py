"""Addresses of profiles."""

app_name = "profiles"
urlpatterns: list = []
