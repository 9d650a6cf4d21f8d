"""What a delivery is for, as people call it: a notice by its own `name.txt`, a message of the account by its name here."""

from typing import Final

from django.template import Engine, TemplateDoesNotExist
from django.template.context import Context
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Codes and mails of the account, by the last part of what the account calls them.
OF_THE_ACCOUNT: Final[dict[str, Promise]] = {
    "account_changed": _("Account changed"),
    "account_exists": _("There is an account already"),
    "account_already_exists": _("There is an account already"),
    "confirmation": _("Code of confirmation"),
    "invitation": _("Invitation to a business"),
    "no_account": _("There is no account"),
    "unknown_account": _("There is no account"),
    "phone_changed": _("Phone number changed"),
    "sign_in_code": _("Sign-in code"),
    "login_code": _("Sign-in code"),
    "email_changed": _("E-mail address changed"),
    "email_confirmation": _("Code for an e-mail address"),
    "email_confirmation_signup": _("Code for a new account"),
    "email_deleted": _("E-mail address removed"),
    "password_changed": _("Password changed"),
    "password_set": _("Password set"),
    "password_reset": _("New password"),
    "password_reset_code": _("Code for a new password"),
}


def name_of(purpose: str) -> str:
    """The name of what is sent, in the reader's language; the code itself where nobody gave it a name."""
    try:
        template = Engine.get_default().get_template(f"notifications/{purpose}/name.txt")
    except TemplateDoesNotExist:
        return str(OF_THE_ACCOUNT.get(purpose.rsplit("/", 1)[-1].lower(), purpose))
    return template.render(Context(autoescape=False)).strip()
