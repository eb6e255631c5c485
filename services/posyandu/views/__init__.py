"""Pages of the register of posyandu: posts, facilities, and whole lists."""

from .facilities import facility_edit, facility_new
from .imports import posyandu_import, posyandu_import_detail
from .register import posyandu_detail, posyandu_edit, posyandu_list, posyandu_move, posyandu_new

__all__ = [
    "facility_edit",
    "facility_new",
    "posyandu_detail",
    "posyandu_edit",
    "posyandu_import",
    "posyandu_import_detail",
    "posyandu_list",
    "posyandu_move",
    "posyandu_new",
]
