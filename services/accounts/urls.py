"""Addresses of login, one's own account, kader, people of a district, and trusted phones."""

from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("masuk/", views.login, name="login"),
    path("masuk/lagi/", views.login_again, name="login_again"),
    path("masuk/<uuid:assignment_id>/", views.pin_login, name="pin_login"),
    path("keluar/", views.logout, name="logout"),
    path("akun/", views.account_detail, name="account_detail"),
    path("akun/kata-sandi/", views.password_edit, name="password_edit"),
    path("akun/kata-sandi-baru/", views.password_detail, name="password_detail"),
    path("akun/pin/", views.pin_edit, name="pin_edit"),
    path("akun/meja/", views.table_edit, name="table_edit"),
    path("kader/", views.kader_list, name="kader_list"),
    path("kader/baru/", views.kader_new, name="kader_new"),
    path("kader/<uuid:assignment_id>/ubah/", views.kader_edit, name="kader_edit"),
    path("kader/<uuid:assignment_id>/kata-sandi/", views.kader_reset, name="kader_reset"),
    path("kader/<uuid:assignment_id>/berhenti/", views.kader_deactivate, name="kader_deactivate"),
    path("kader/<uuid:assignment_id>/aktif-lagi/", views.kader_activate, name="kader_activate"),
    path("pengguna/", views.user_list, name="user_list"),
    path("pengguna/baru/", views.user_new, name="user_new"),
    path("pengguna/<uuid:assignment_id>/ubah/", views.user_edit, name="user_edit"),
    path("pengguna/<uuid:assignment_id>/kata-sandi/", views.user_reset, name="user_reset"),
    path("pengguna/<uuid:assignment_id>/tugas-baru/", views.assignment_new, name="assignment_new"),
    path("pengguna/<uuid:assignment_id>/akhiri/", views.assignment_end, name="assignment_end"),
    path("hp/", views.phone_list, name="phone_list"),
    path("hp/percayai/", views.phone_trust, name="phone_trust"),
    path("hp/<uuid:phone_id>/cabut/", views.phone_revoke, name="phone_revoke"),
]
