"""Pages of accounts, by what people do there: come in, own account, kader, people of a district, trusted phones."""

from .coming_in import locked_out, login, login_again, logout, pin_login, session_ended
from .kader import kader_activate, kader_deactivate, kader_edit, kader_list, kader_new, kader_reset
from .own import account_detail, password_detail, password_edit, pin_edit, table_edit
from .people import assignment_end, assignment_new, user_edit, user_list, user_new, user_reset
from .phones import phone_list, phone_revoke, phone_trust

__all__ = [
    "account_detail",
    "assignment_end",
    "assignment_new",
    "kader_activate",
    "kader_deactivate",
    "kader_edit",
    "kader_list",
    "kader_new",
    "kader_reset",
    "locked_out",
    "login",
    "login_again",
    "logout",
    "password_detail",
    "password_edit",
    "phone_list",
    "phone_revoke",
    "phone_trust",
    "pin_edit",
    "pin_login",
    "session_ended",
    "table_edit",
    "user_edit",
    "user_list",
    "user_new",
    "user_reset",
]
