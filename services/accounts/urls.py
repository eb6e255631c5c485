"""Addresses of login and of kader accounts."""

from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [path("", views.login, name="login"), path("keluar/", views.logout, name="logout")]
