"""Addresses of open days."""

from django.urls import path

from . import views

app_name = "open_days"
urlpatterns = [
    path("", views.day_list, name="day_list"),
    path("baru/", views.day_new, name="day_new"),
    path("jadwal/", views.schedule_edit, name="schedule_edit"),
    path("kegiatan/", views.elsewhere_list, name="elsewhere_list"),
    path("kegiatan/<uuid:record_id>/ubah/", views.activity_edit, name="activity_edit"),
    path("kegiatan/<uuid:record_id>/hapus/", views.activity_cancel, name="activity_cancel"),
    path("kegiatan/<uuid:record_id>/peserta/", views.participant_list, name="participant_list"),
    path("kegiatan/<uuid:record_id>/peserta/baru/", views.participant_new, name="participant_new"),
    path("kegiatan/<uuid:record_id>/peserta/ketik/", views.participant_grid_edit, name="participant_grid_edit"),
    path("peserta/<uuid:participant_id>/ubah/", views.participant_edit, name="participant_edit"),
    path("peserta/<uuid:participant_id>/hapus/", views.participant_cancel, name="participant_cancel"),
    path("kegiatan/<slug:form_key>/", views.elsewhere_new, name="elsewhere_new"),
    path("<uuid:day_id>/", views.day_detail, name="day_detail"),
    path("<uuid:day_id>/mulai/", views.day_start, name="day_start"),
    path("<uuid:day_id>/tutup/", views.day_close, name="day_close"),
    path("<uuid:day_id>/buka-lagi/", views.day_reopen, name="day_reopen"),
    path("<uuid:day_id>/batal/", views.day_cancel, name="day_cancel"),
    path("<uuid:day_id>/hadir/", views.attendance_edit, name="attendance_edit"),
    path("<uuid:day_id>/register/unduh/", views.register_download, name="register_download"),
    path("<uuid:day_id>/kertas/", views.paper_list, name="paper_list"),
    path("<uuid:day_id>/ketik/", views.grid_edit, name="grid_edit"),
    path("<uuid:day_id>/tamu/", views.guest_new, name="guest_new"),
    path("<uuid:day_id>/undang/<uuid:resident_id>/", views.person_invite, name="person_invite"),
    path("<uuid:day_id>/warga/<uuid:resident_id>/<slug:form_key>/", views.record_edit, name="record_edit"),
    path("<uuid:day_id>/warga/<uuid:resident_id>/<slug:form_key>/hasil/", views.record_preview, name="record_preview"),
    path(
        "<uuid:day_id>/keluarga/<uuid:household_id>/<slug:form_key>/",
        views.household_record_edit,
        name="household_record_edit",
    ),
    path("<uuid:day_id>/kegiatan/", views.activity_list, name="activity_list"),
    path("<uuid:day_id>/kegiatan/<slug:form_key>/", views.activity_new, name="activity_new"),
    path("<uuid:day_id>/sarana/<slug:form_key>/", views.asset_list, name="asset_list"),
    path("<uuid:day_id>/sarana/<uuid:asset_id>/<slug:form_key>/", views.asset_record_edit, name="asset_record_edit"),
]
