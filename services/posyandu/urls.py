"""Addresses of posyandu."""

app_name = "posyandu"
urlpatterns: list = []
