"""People and what they may be: users, persons, memberships, codes."""

from services.accounts.models.absence import Absence
from services.accounts.models.codes import ClaimCode, ConfirmationCode
from services.accounts.models.mandate import Mandate
from services.accounts.models.membership import Hat, Membership
from services.accounts.models.person import Person
from services.accounts.models.user import Language, User
from services.accounts.models.view import SavedView

__all__ = [
    "Absence",
    "ClaimCode",
    "ConfirmationCode",
    "Hat",
    "Language",
    "Mandate",
    "Membership",
    "Person",
    "SavedView",
    "User",
]
