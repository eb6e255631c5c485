"""Addresses of the register of posyandu."""

from django.urls import path

from . import views

app_name = "posyandu"
urlpatterns = [
    path("", views.posyandu_list, name="posyandu_list"),
    path("baru/", views.posyandu_new, name="posyandu_new"),
    path("impor/", views.posyandu_import, name="posyandu_import"),
    path("impor/<str:reference>/", views.posyandu_import_detail, name="posyandu_import_detail"),
    path("puskesmas/baru/", views.facility_new, name="facility_new"),
    path("puskesmas/<uuid:pk>/", views.facility_edit, name="facility_edit"),
    path("<uuid:pk>/", views.posyandu_detail, name="posyandu_detail"),
    path("<uuid:pk>/ubah/", views.posyandu_edit, name="posyandu_edit"),
    path("<uuid:pk>/pindah/", views.posyandu_move, name="posyandu_move"),
]
