"""Addresses of what districts decide."""

from django.urls import path

from . import views

app_name = "areas"
urlpatterns = [
    path("pengaturan/", views.setting_list, name="setting_list"),
    path("pengaturan/<str:code>/<slug:key>/", views.setting_edit, name="setting_edit"),
    path("batas/<str:code>/", views.boundary_import, name="boundary_import"),
]
