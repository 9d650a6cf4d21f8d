"""Everything that can be done to an application for a licence, to a business, and to a licence that is held."""

from licensing.operations.applying import (
    BY_TRANSITION,
    UnableToApply,
    choose_business,
    start_application,
    submit_application,
    too_many,
)
from licensing.operations.businesses import UnableToEnterBusiness, change_business, register_business
from licensing.operations.granted import draft_certificate, order_certificate
from licensing.operations.members import (
    UnableToJoin,
    end_membership,
    invite_member,
    join_business,
    withdraw_invitation,
)
from licensing.operations.reminding import ENDS_SOON, remind_holders
from licensing.operations.renewing import UnableToRenew, renew_licence

resubmit_application = BY_TRANSITION["resubmit"]

__all__ = [
    "BY_TRANSITION",
    "ENDS_SOON",
    "UnableToApply",
    "UnableToEnterBusiness",
    "UnableToJoin",
    "UnableToRenew",
    "change_business",
    "choose_business",
    "draft_certificate",
    "end_membership",
    "invite_member",
    "join_business",
    "order_certificate",
    "register_business",
    "remind_holders",
    "renew_licence",
    "resubmit_application",
    "start_application",
    "submit_application",
    "too_many",
    "withdraw_invitation",
]
