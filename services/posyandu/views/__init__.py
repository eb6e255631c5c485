"""Pages of the register of posyandu: posts, facilities, and whole lists."""

from .board import board_detail, board_download, board_list, board_member_edit, board_member_end, board_member_new
from .dossiers import dossier_edit, team_edit, team_list, team_new
from .facilities import facility_edit, facility_new
from .imports import posyandu_import, posyandu_import_detail
from .register import posyandu_detail, posyandu_edit, posyandu_list, posyandu_move, posyandu_new

__all__ = [
    "board_detail",
    "board_download",
    "board_list",
    "board_member_edit",
    "board_member_end",
    "board_member_new",
    "dossier_edit",
    "facility_edit",
    "facility_new",
    "posyandu_detail",
    "posyandu_edit",
    "posyandu_import",
    "posyandu_import_detail",
    "posyandu_list",
    "posyandu_move",
    "posyandu_new",
    "team_edit",
    "team_list",
    "team_new",
]
