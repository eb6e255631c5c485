"""Addresses of tickets."""

app_name = "tickets"
urlpatterns: list = []
