"""Addresses of home visits."""

from django.urls import path

from . import views

app_name = "home_visits"
urlpatterns = [
    path("", views.visit_list, name="visit_list"),
    path("unduh/", views.visit_list_download, name="visit_list_download"),
    path("keluarga/<uuid:household_id>/baru/", views.visit_new, name="visit_new"),
    path("<uuid:visit_id>/", views.visit_detail, name="visit_detail"),
    path("<uuid:visit_id>/keperluan/<uuid:need_id>/", views.visit_continue, name="visit_continue"),
    path("<uuid:visit_id>/tanda-bahaya/", views.danger_new, name="danger_new"),
    path("<uuid:visit_id>/warga/<uuid:resident_id>/<slug:form_key>/", views.record_edit, name="record_edit"),
    path("<uuid:visit_id>/keluarga/<slug:form_key>/", views.household_record_edit, name="household_record_edit"),
]
