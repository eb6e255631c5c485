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
    path("pengurus/", views.board_list, name="board_list"),
    path("<uuid:pk>/pengurus/", views.board_detail, name="board_detail"),
    path("<uuid:pk>/pengurus/cetak/", views.board_download, name="board_download"),
    path("<uuid:pk>/pengurus/baru/", views.board_member_new, name="board_member_new"),
    path("<uuid:pk>/registrasi/", views.dossier_edit, name="dossier_edit"),
    path("pengurus/<uuid:pk>/ubah/", views.board_member_edit, name="board_member_edit"),
    path("pengurus/<uuid:pk>/berhenti/", views.board_member_end, name="board_member_end"),
    path("tim-pembina/", views.team_list, name="team_list"),
    path("tim-pembina/<str:code>/baru/", views.team_new, name="team_new"),
    path("tim-pembina/<uuid:pk>/ubah/", views.team_edit, name="team_edit"),
]
