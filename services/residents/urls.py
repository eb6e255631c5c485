"""Addresses of residents and households."""

from django.urls import path

from . import views

app_name = "residents"
urlpatterns = [
    path("", views.resident_list, name="resident_list"),
    path("baru/", views.resident_new, name="resident_new"),
    path("keluarga/baru/", views.household_new, name="household_new"),
    path("keluarga/<uuid:household_id>/ubah/", views.household_edit, name="household_edit"),
    path("gabungan/<uuid:merge_id>/batal/", views.merge_undo, name="merge_undo"),
    path("kehamilan/<uuid:pregnancy_id>/selesai/", views.pregnancy_end, name="pregnancy_end"),
    path("kehamilan/<uuid:pregnancy_id>/lahir/", views.birth_new, name="birth_new"),
    path("kehamilan/<uuid:pregnancy_id>/lahir/batal/", views.birth_cancel, name="birth_cancel"),
    path("kehamilan/<uuid:pregnancy_id>/kontak/<str:kind>/", views.contact_edit, name="contact_edit"),
    path("pantauan/<uuid:condition_id>/selesai/", views.condition_end, name="condition_end"),
    path("<uuid:resident_id>/ubah/", views.resident_edit, name="resident_edit"),
    path("<uuid:resident_id>/pindah/", views.resident_move, name="resident_move"),
    path("<uuid:resident_id>/meninggal/", views.resident_death, name="resident_death"),
    path("<uuid:resident_id>/kembali/", views.resident_return, name="resident_return"),
    path("<uuid:resident_id>/gabung/", views.resident_merge, name="resident_merge"),
    path("<uuid:resident_id>/nik/", views.resident_nik, name="resident_nik"),
    path("<uuid:resident_id>/hamil/", views.pregnancy_new, name="pregnancy_new"),
    path("<uuid:resident_id>/pantau/", views.condition_new, name="condition_new"),
    path("<uuid:resident_id>/izin/", views.consent_new, name="consent_new"),
]
