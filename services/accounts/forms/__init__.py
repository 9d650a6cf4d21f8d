"""What people type to come in, to prove a number or address, and to say who they are."""

from services.accounts.forms.codes import (
    ActivateSecondFactorForm,
    ConfirmEmailForm,
    ConfirmLoginCodeForm,
    ConfirmPasswordResetCodeForm,
    SecondFactorAgainForm,
    SecondFactorForm,
    VerifyPhoneForm,
)
from services.accounts.forms.contacts import AddEmailForm, ChangePhoneForm, Contact, ContactField
from services.accounts.forms.doors import LoginForm, RequestLoginCodeForm, ResetPasswordForm, SignupForm
from services.accounts.forms.hats import EndHatForm, GiveHatForm
from services.accounts.forms.passwords import (
    ChangePasswordForm,
    NewPasswordForm,
    ReauthenticateForm,
    SetPasswordForm,
)
from services.accounts.forms.persons import ClaimForm, DetailsForm, LanguageForm

__all__ = [
    "ActivateSecondFactorForm",
    "AddEmailForm",
    "ChangePasswordForm",
    "ChangePhoneForm",
    "ClaimForm",
    "ConfirmEmailForm",
    "ConfirmLoginCodeForm",
    "ConfirmPasswordResetCodeForm",
    "Contact",
    "ContactField",
    "DetailsForm",
    "EndHatForm",
    "GiveHatForm",
    "LanguageForm",
    "LoginForm",
    "NewPasswordForm",
    "ReauthenticateForm",
    "RequestLoginCodeForm",
    "ResetPasswordForm",
    "SecondFactorAgainForm",
    "SecondFactorForm",
    "SetPasswordForm",
    "SignupForm",
    "VerifyPhoneForm",
]
