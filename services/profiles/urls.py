"""Addresses of one person's and one household's page."""

from django.urls import path

from . import views

app_name = "profiles"
urlpatterns = [
    path("warga/<uuid:resident_id>/", views.resident_detail, name="resident_detail"),
    path("warga/<uuid:resident_id>/pertumbuhan/", views.growth_detail, name="growth_detail"),
    path("warga/<uuid:resident_id>/kartu-anak/", views.child_card_download, name="child_card_download"),
    path("kehamilan/<uuid:pregnancy_id>/", views.pregnancy_detail, name="pregnancy_detail"),
    path("keluarga/pendataan/", views.household_progress, name="household_progress"),
    path("keluarga/<uuid:household_id>/", views.household_detail, name="household_detail"),
]
