"""May this person do this? One enum of permissions, one decorator; which role has which stands in accounts.rules."""

from enum import StrEnum
from functools import wraps

from django.core.exceptions import PermissionDenied


class Permission(StrEnum):
    """What can be allowed. A view names exactly one."""

    HOME = "beranda"
    RECORD = "catat"  # open days, attendance, forms, home visits, residents
    CONFIRM_HEALTH = "konfirmasi_kesehatan"
    CLOSE_DAY = "tutup_hari"  # schedule, cancel, close, open again
    MANAGE_KADER = "kelola_kader"
    SEE_NAMES = "lihat_nama"  # read residents and their records
    REVEAL_NIK = "lihat_nik"
    MERGE = "gabung_warga"
    SEE_REPORT = "lihat_laporan"
    SUBMIT_MONTH = "kirim_bulan"
    VERIFY_MONTH = "verifikasi_bulan"
    SEE_PLACES = "lihat_wilayah"  # the posts of an area with counts
    MANAGE_POSTS = "kelola_posyandu"
    MANAGE_USERS = "kelola_akun"
    SEE_AUDIT = "lihat_jejak"


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
