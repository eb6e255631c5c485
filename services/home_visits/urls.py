"""Addresses of home_visits."""

app_name = "home_visits"
urlpatterns: list = []
