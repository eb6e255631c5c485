"""Addresses of the Tim Pembina's work."""

from django.urls import path

from . import views

app_name = "coaching"
urlpatterns = [
    path("", views.visit_list, name="visit_list"),
    path("kunjungan/baru/", views.visit_new, name="visit_new"),
    path("kunjungan/<uuid:pk>/", views.visit_detail, name="visit_detail"),
    path("kunjungan/<uuid:pk>/foto/", views.photo_detail, name="photo_detail"),
    path("kesepakatan/<uuid:pk>/selesai/", views.point_close, name="point_close"),
    path("sampel/", views.sample_list, name="sample_list"),
    path("sampel/baru/", views.sample_new, name="sample_new"),
    path("sampel/<uuid:pk>/", views.sample_detail, name="sample_detail"),
    path("sampel/isian/<uuid:pk>/", views.sampled_record_edit, name="sampled_record_edit"),
    path("izin/<uuid:pk>/baru/", views.grant_new, name="grant_new"),
    path("rapat/", views.meeting_list, name="meeting_list"),
    path("rapat/baru/", views.meeting_new, name="meeting_new"),
    path("rapat/<uuid:pk>/", views.meeting_detail, name="meeting_detail"),
    path("rapat/<uuid:pk>/bahan/", views.meeting_download, name="meeting_download"),
    path("rapat/<uuid:pk>/keputusan/baru/", views.decision_new, name="decision_new"),
    path("keputusan/<uuid:pk>/ubah/", views.decision_edit, name="decision_edit"),
    path("keputusan/<uuid:pk>/selesai/", views.decision_close, name="decision_close"),
    path("rencana/", views.plan_list, name="plan_list"),
    path("rencana/baru/", views.plan_new, name="plan_new"),
    path("rencana/<uuid:pk>/ubah/", views.plan_edit, name="plan_edit"),
]
