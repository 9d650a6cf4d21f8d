"""All that may be done to people and access, one file for each kind of thing."""

from services.accounts.operations.absences import (
    UnableToNoteAbsence,
    begin_absence,
    end_absence,
    note_absence,
)
from services.accounts.operations.claims import UnableToClaim, claim_person, issue_claim_code
from services.accounts.operations.confirmations import UnableToConfirm, confirm_code, open_confirmation
from services.accounts.operations.contacts import (
    UnableToTakeContact,
    confirm_email,
    confirm_phone,
    discard_stale_signups,
    release_unconfirmed,
    restart_signup,
)
from services.accounts.operations.hats import (
    UnableToChangeHats,
    confirm_hat,
    end_hat,
    grant_hat,
    make_first_administrators,
    use_break_glass,
)
from services.accounts.operations.lookups import UnableToLookUp, look_up_persons
from services.accounts.operations.mandates import (
    Terms,
    confirm_mandate,
    end_mandate,
    end_mandates_past,
    give_mandate,
)
from services.accounts.operations.messages import request_mail, request_sms
from services.accounts.operations.nik import (
    UnableToKeepNik,
    UnableToRevealNik,
    keep_nik,
    reveal_nik,
    unsealed_nik,
    verify_nik,
)
from services.accounts.operations.people import (
    choose_keys,
    choose_language,
    record_of_user,
    register_person,
    save_details,
)
from services.accounts.operations.unused import end_unused_hats
from services.accounts.operations.views import UnableToKeepView, forget_view, save_view

__all__ = [
    "Terms",
    "UnableToChangeHats",
    "UnableToClaim",
    "UnableToConfirm",
    "UnableToKeepNik",
    "UnableToKeepView",
    "UnableToLookUp",
    "UnableToNoteAbsence",
    "UnableToRevealNik",
    "UnableToTakeContact",
    "begin_absence",
    "choose_keys",
    "choose_language",
    "claim_person",
    "confirm_code",
    "confirm_email",
    "confirm_hat",
    "confirm_mandate",
    "confirm_phone",
    "discard_stale_signups",
    "end_absence",
    "end_hat",
    "end_mandate",
    "end_mandates_past",
    "end_unused_hats",
    "forget_view",
    "give_mandate",
    "grant_hat",
    "issue_claim_code",
    "keep_nik",
    "look_up_persons",
    "make_first_administrators",
    "note_absence",
    "open_confirmation",
    "record_of_user",
    "register_person",
    "release_unconfirmed",
    "request_mail",
    "request_sms",
    "restart_signup",
    "reveal_nik",
    "save_details",
    "save_view",
    "unsealed_nik",
    "use_break_glass",
    "verify_nik",
]
