"""Addresses of residents."""

app_name = "residents"
urlpatterns: list = []
