"""May this person do this? One enum of permissions, one decorator; which role has which stands in accounts.rules."""

from enum import StrEnum
from functools import wraps

from django.core.exceptions import PermissionDenied


class Permission(StrEnum):
    """What can be allowed. A view names exactly one."""

    HOME = "beranda"
    RECORD = "catat"  # open days, attendance, forms, home visits, residents
    CONFIRM_HEALTH = "konfirmasi_kesehatan"
    SEE_SENSITIVE_ANSWERS = "lihat_jawaban_tertutup"  # SRQ-20, HEEADSSS, ODGJ, violence: never by another permission
    CLOSE_DAY = "tutup_hari"  # schedule, cancel, close, open again
    MANAGE_KADER = "kelola_kader"
    SEE_NAMES = "lihat_nama"  # read residents and their records
    REVEAL_NIK = "lihat_nik"
    MERGE = "gabung_warga"
    SEE_REPORT = "lihat_laporan"
    SUBMIT_MONTH = "kirim_bulan"
    VERIFY_MONTH = "verifikasi_bulan"
    RECAP_MONTH = "rekap_bulan"
    FINALISE_MONTH = "final_bulan"
    FOLLOW_MONTH = "ikuti_bulan"  # see where the months stand that one sends or receives
    RETURN_MONTH = "kembalikan_bulan"  # also: open a sent month for a while, take in corrections
    SEE_PLACES = "lihat_wilayah"  # the posts of an area with counts
    MANAGE_POSTS = "kelola_posyandu"
    MANAGE_BOARD = "kelola_pengurus"  # pengurus and kader by decree, the registration dossier
    MANAGE_TEAMS = "kelola_tim_pembina"  # decrees of the Tim Pembina
    SIGN = "penanda_tangan"  # who signs for a place
    COACH = "bina"  # visits of the Tim Pembina, samples, coordination meetings
    RECHECK = "periksa_ulang"  # re-check sampled records by name, without a grant
    MANAGE_USERS = "kelola_akun"
    SEE_AUDIT = "lihat_jejak"
    REFER = "rujuk"  # make referrals, see them, tell what one was told
    SEE_SENSITIVE = "lihat_alasan_khusus"  # why somebody is visited, where the reason is sensitive
    HANDLE_HANDED = "tangani_serahan"  # needs that the posyandu handed to the desa or kelurahan
    SEE_TICKETS = "lihat_laporan_warga"
    WORK_TICKET = "kerjakan_laporan_warga"  # add papers and photos, move along
    COMPLETE_TICKET = "lengkapi_laporan_warga"  # what was told, and by whom: the posyandu's and the desa's words
    REPORT_TICKET = "catat_laporan_warga"
    HANDLE_TICKET = "tangani_laporan_warga"  # desa/kelurahan
    ANSWER_TICKET = "jawab_laporan_warga"  # an office, for what was routed to it
    SEE_CONFIDENTIAL = "lihat_laporan_terbatas"  # ketua and post holder; creator and recipient see theirs without it
    SEE_FINDINGS = "lihat_temuan"  # lists of what forms found, for those who plan


def requires(permission: Permission):
    """Let the view run with `request.scope` holding the places where this person has `permission`; else 403.

    The view is marked, so that a test can find every page and what it needs.
    """

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            scope = request.access.scope(permission)
            if scope is None:
                raise PermissionDenied
            request.scope = scope
            return view(request, *args, **kwargs)

        checked.permission = permission
        return checked

    return decorate
