"""Addresses of reports."""

from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="report_list"),
    path("<str:place>/<str:month>/", views.report_detail, name="report_detail"),
    path("<str:place>/<str:month>/unduh.<str:file_format>", views.report_download, name="report_download"),
]
