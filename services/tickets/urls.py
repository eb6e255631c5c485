"""Addresses of tickets, and the public page of a slip."""

from django.urls import path

from . import views

app_name = "tickets"
urlpatterns = [
    path("laporan-warga/", views.ticket_list, name="ticket_list"),
    path("laporan-warga/baru/", views.ticket_new, name="ticket_new"),
    path("laporan-warga/kabari/", views.told_list, name="told_list"),
    path("laporan-warga/terbatas/", views.confidential_list, name="confidential_list"),
    path("laporan-warga/terbatas/baru/", views.confidential_new, name="confidential_new"),
    path("laporan-warga/kantor/", views.office_ticket_list, name="office_ticket_list"),
    path("laporan-warga/kantor/jawab/", views.office_ticket_answer, name="office_ticket_answer"),
    path("laporan-warga/temuan/", views.finding_list, name="finding_list"),
    path("laporan-warga/temuan/unduh/", views.finding_list_download, name="finding_list_download"),
    path("laporan-warga/aspirasi/", views.aspiration_list, name="aspiration_list"),
    path("laporan-warga/aspirasi/unduh/", views.aspiration_list_download, name="aspiration_list_download"),
    path("laporan-warga/format/", views.register_list, name="register_list"),
    path("laporan-warga/format/<uuid:posyandu_id>/<slug:field>/", views.register_download, name="register_download"),
    path("laporan-warga/<uuid:ticket_id>/", views.ticket_detail, name="ticket_detail"),
    path("laporan-warga/<uuid:ticket_id>/ubah/", views.ticket_edit, name="ticket_edit"),
    path("laporan-warga/<uuid:ticket_id>/pelapor/", views.reporter_edit, name="reporter_edit"),
    path("laporan-warga/<uuid:ticket_id>/berkas/", views.papers_edit, name="papers_edit"),
    path("laporan-warga/<uuid:ticket_id>/langkah/<slug:target>/", views.ticket_move, name="ticket_move"),
    path("laporan-warga/<uuid:ticket_id>/ikut/", views.ticket_join, name="ticket_join"),
    path("laporan-warga/<uuid:ticket_id>/kabari/", views.ticket_told, name="ticket_told"),
    path("laporan-warga/<uuid:ticket_id>/petugas/", views.office_ticket_assign, name="office_ticket_assign"),
    path("laporan-warga/<uuid:ticket_id>/tanda-terima/", views.ticket_slip_download, name="ticket_slip_download"),
    path("laporan-warga/<uuid:ticket_id>/foto/baru/", views.photo_new, name="photo_new"),
    path("laporan-warga/<uuid:ticket_id>/foto/<uuid:photo_id>/", views.photo_detail, name="photo_detail"),
    path("laporan-warga/opd/", views.office_list, name="office_list"),
    path("laporan-warga/opd/baru/", views.office_new, name="office_new"),
    path("laporan-warga/opd/bawaan/", views.office_defaults, name="office_defaults"),
    path("laporan-warga/opd/tujuan/<slug:field>/", views.route_edit, name="route_edit"),
    path("laporan-warga/opd/<uuid:office_id>/", views.office_edit, name="office_edit"),
    path("laporan-warga/jenis/baru/", views.request_type_new, name="request_type_new"),
    path("laporan-warga/jenis/<slug:field>/<slug:key>/", views.request_type_edit, name="request_type_edit"),
    path("laporan-warga/libur/baru/", views.holiday_new, name="holiday_new"),
    path("laporan-warga/libur/<int:holiday_id>/hapus/", views.holiday_cancel, name="holiday_cancel"),
    path("lacak/", views.ticket_track, name="ticket_track"),
    path("lacak/<slug:code>/", views.ticket_track, name="ticket_track"),
]
