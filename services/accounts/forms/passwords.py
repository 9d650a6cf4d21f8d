"""Passwords, old and new; shown and hidden by the component of the page."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.fields import PasswordField, SetPasswordField
from django import forms
from django.utils.translation import gettext_lazy as _

PASSWORD = _("Password")
HINT = _("At least 10 characters. Three words that you remember make a good password.")


class CurrentPasswordField(forms.CharField):
    """The password that somebody has."""

    def __init__(self, *, label: Any = PASSWORD, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        super().__init__(label=label, strip=False, widget=widget, **kwargs)
        self.error_messages["required"] = _("Enter your password")


def new_password_field() -> SetPasswordField:
    """The password that somebody chooses, checked against the rules. It is asked for once: it can be shown."""
    field = SetPasswordField(label=_("New password"), help_text=HINT)
    field.widget.attrs.pop("placeholder", None)
    field.error_messages["required"] = _("Choose a password")
    return field


class _AskedOnce:
    """allauth asks for a new password twice; a password that can be shown is asked for once."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]


class NewPasswordForm(_AskedOnce, allauth.ResetPasswordKeyForm):
    """A new password after a code."""

    password1 = new_password_field()


class SetPasswordForm(_AskedOnce, allauth.SetPasswordForm):
    """A first password for somebody who has none."""

    password1 = new_password_field()


class ChangePasswordForm(_AskedOnce, allauth.ChangePasswordForm):
    """A new password in place of the old one."""

    oldpassword = CurrentPasswordField(label=_("Your password until now"))
    password1 = new_password_field()


class ReauthenticateForm(allauth.ReauthenticateForm):
    """The password once more, before something sensitive."""

    password = CurrentPasswordField()


class FirstPasswordField(PasswordField):
    """The password of a new account; the form checks it, since there is no user yet."""

    def __init__(self) -> None:
        super().__init__(label=_("Choose a password"), autocomplete="new-password", help_text=HINT)
        self.widget.attrs.pop("placeholder", None)
        self.error_messages["required"] = _("Choose a password")
