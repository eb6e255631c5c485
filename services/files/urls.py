"""Addresses of kept photos."""

from django.urls import path

from . import views

app_name = "files"
urlpatterns = [path("<uuid:attachment_id>/", views.attachment_detail, name="attachment_detail")]
