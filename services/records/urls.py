"""Addresses of things of the place, of sensitive answers, of N or T, and of blank cards."""

from django.urls import path

from . import views

app_name = "records"
urlpatterns = [
    path("sarana/", views.asset_list, name="asset_list"),
    path("sarana/baru/<slug:form_key>/", views.asset_new, name="asset_new"),
    path("sarana/<uuid:asset_id>/", views.asset_detail, name="asset_detail"),
    path("sarana/<uuid:asset_id>/ubah/", views.asset_edit, name="asset_edit"),
    path("sarana/<uuid:asset_id>/keadaan/", views.asset_record_edit, name="asset_record_edit"),
    path("sarana/<uuid:asset_id>/foto/baru/", views.asset_photo_new, name="asset_photo_new"),
    path("sarana/<uuid:asset_id>/foto/<uuid:photo_id>/", views.asset_photo_detail, name="asset_photo_detail"),
    path("sarana/<uuid:asset_id>/tidak-dipakai/", views.asset_retire, name="asset_retire"),
    path(
        "tertutup/<uuid:encounter_id>/<uuid:resident_id>/<slug:form_key>/",
        views.sensitive_record_edit,
        name="sensitive_record_edit",
    ),
    path("tertutup/<uuid:resident_id>/", views.sensitive_record_detail, name="sensitive_record_detail"),
    path("timbangan/<uuid:measurement_id>/", views.weight_status_edit, name="weight_status_edit"),
    path("kartu/<slug:form_key>/unduh/", views.card_download, name="card_download"),
    path("keluarga/<uuid:household_id>/<slug:form_key>/", views.household_record_edit, name="household_record_edit"),
    path("keluarga/<uuid:household_id>/<slug:form_key>/masih-sama/", views.household_repeat, name="household_repeat"),
    path("warga/<uuid:resident_id>/<slug:form_key>/", views.person_record_edit, name="person_record_edit"),
    path("kertas/", views.paper_list, name="paper_list"),
    path("kertas/<uuid:posyandu_id>/<slug:form_key>/", views.paper_download, name="paper_download"),
    path(
        "kertas/kegiatan/<uuid:record_id>/peserta/", views.participant_list_download, name="participant_list_download"
    ),
    path("salin/<uuid:posyandu_id>/<slug:form_key>/", views.grid_edit, name="grid_edit"),
]
