"""Addresses of needs, referrals, messages and the rules that open visits."""

from django.urls import path

from . import views

app_name = "follow_ups"
urlpatterns = [
    path("keperluan/<uuid:need_id>/", views.need_detail, name="need_detail"),
    path("beban/", views.load_list, name="load_list"),
    path("diserahkan/", views.handed_list, name="handed_list"),
    path("diserahkan/<uuid:need_id>/", views.handed_answer, name="handed_answer"),
    path("undangan/", views.invitation_list, name="invitation_list"),
    path("rujukan/", views.referral_list, name="referral_list"),
    path("rujukan/jawab/", views.referral_answer, name="referral_answer"),
    path("rujukan/warga/<uuid:resident_id>/baru/", views.referral_new, name="referral_new"),
    path("rujukan/<uuid:referral_id>/", views.referral_detail, name="referral_detail"),
    path("rujukan/<uuid:referral_id>/unduh/", views.referral_download, name="referral_download"),
    path("perlu-dikonfirmasi/", views.confirm_list, name="confirm_list"),
    path("aturan/<str:code>/<slug:key>/", views.trigger_edit, name="trigger_edit"),
]
