"""Addresses of reports."""

from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="report_list"),
    path("rekap/<str:place>/<int:year>/", views.recap_detail, name="recap_detail"),
    path("rekap/<str:place>/<int:year>/unduh.<str:file_format>", views.recap_download, name="recap_download"),
    path("kertas/<str:place>/<str:month>/", views.paper_recap_edit, name="paper_recap_edit"),
    path("puskesmas/<uuid:facility_id>/<str:month>/", views.facility_report_detail, name="facility_report_detail"),
    path(
        "puskesmas/<uuid:facility_id>/<str:month>/unduh.<str:file_format>",
        views.facility_report_download,
        name="facility_report_download",
    ),
    path("<str:place>/<str:month>/", views.report_detail, name="report_detail"),
    path("<str:place>/<str:month>/unduh.<str:file_format>", views.report_download, name="report_download"),
]
