"""Codes as they were sent: pasted with spaces, or typed from a small screen."""

from allauth.account import forms as allauth
from allauth.mfa.base import forms as allauth_mfa
from allauth.mfa.totp import forms as allauth_totp
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from services.accounts import queries
from services.foundation.forms import CodeField


def code_field() -> CodeField:
    """The field of a code that we sent."""
    return CodeField(
        label=_("Code"),
        help_text=_("6 digits. You may paste it, with or without spaces."),
        error_messages={"required": _("Enter the code")},
    )


class ConfirmLoginCodeForm(allauth.ConfirmLoginCodeForm):
    """The code by which somebody signs in."""

    code = code_field()


class ConfirmPasswordResetCodeForm(allauth.ConfirmPasswordResetCodeForm):
    """The code by which somebody may choose a new password."""

    code = code_field()


class VerifyPhoneForm(allauth.VerifyPhoneForm):
    """The code that proves a phone number."""

    code = code_field()


class ConfirmEmailForm(allauth.ConfirmEmailVerificationCodeForm):
    """The code that proves an e-mail address. Only an address that another login confirmed is in its way."""

    code = code_field()

    def clean_code(self) -> str:
        """Compare the code, and only then look whose address it is."""
        code: str = allauth.BaseConfirmCodeForm.clean_code(self)
        holder = queries.holder_of_email(self.email)
        if holder and (not self.user or holder.pk != self.user.pk):
            raise ValidationError(_("This e-mail address belongs to another account."), code="taken")
        return code


def second_factor_field(*, recovery: bool) -> forms.CharField:
    """The field of a code of the authenticator app, or of one from the printed list where that may stand in for it."""
    hint = (
        _("6 digits from the app, or one of your recovery codes.")
        if recovery
        else _("6 digits from the app.")
    )
    return forms.CharField(
        label=_("Code from your authenticator app"),
        help_text=hint,
        max_length=30,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "govuk-input--width-10"}
        ),
        error_messages={"required": _("Enter the code")},
    )


class SecondFactorForm(allauth_mfa.AuthenticateForm):
    """The second factor at sign-in."""

    code = second_factor_field(recovery=True)


class SecondFactorAgainForm(allauth_mfa.ReauthenticateForm):
    """The second factor before something sensitive."""

    code = second_factor_field(recovery=True)


class ActivateSecondFactorForm(allauth_totp.ActivateTOTPForm):
    """The first code of an app that was just set up."""

    code = second_factor_field(recovery=False)
