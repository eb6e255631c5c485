"""Addresses of open_days."""

app_name = "open_days"
urlpatterns: list = []
