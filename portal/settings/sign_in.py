"""How people sign in: the user model, django-allauth, its codes, its rate limits and its second factor."""

from datetime import timedelta

from portal.settings.environment import env, setting

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["services.accounts.backends.HatBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# allauth's checks want "email*" where verification is mandatory; our form asks for one field, a phone or an e-mail.
ACCOUNT_ADAPTER = "services.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"phone", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_FORMS = {
    "login": "services.accounts.forms.LoginForm",
    "signup": "services.accounts.forms.SignupForm",
    "request_login_code": "services.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "services.accounts.forms.ConfirmLoginCodeForm",
    "reset_password": "services.accounts.forms.ResetPasswordForm",
    "confirm_password_reset_code": "services.accounts.forms.ConfirmPasswordResetCodeForm",
    "reset_password_from_key": "services.accounts.forms.NewPasswordForm",
    "change_password": "services.accounts.forms.ChangePasswordForm",
    "set_password": "services.accounts.forms.SetPasswordForm",
    "reauthenticate": "services.accounts.forms.ReauthenticateForm",
    "add_email": "services.accounts.forms.AddEmailForm",
    "confirm_email_verification_code": "services.accounts.forms.ConfirmEmailForm",
    "change_phone": "services.accounts.forms.ChangePhoneForm",
    "verify_phone": "services.accounts.forms.VerifyPhoneForm",
}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
# Whoever works here signs in anew each day.
STAFF_SESSION_SECONDS = int(timedelta(hours=12).total_seconds())

# Codes: six digits that live a quarter of an hour, since a network may be slow; five tries, three more sendings.
CODE_SECONDS = int(timedelta(minutes=15).total_seconds())
CODE_TRIES = 5
CODE_RESENDS = 3
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = CODE_SECONDS
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = CODE_TRIES
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = CODE_RESENDS
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = CODE_SECONDS
ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS = CODE_TRIES
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = CODE_RESENDS
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = CODE_SECONDS
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = CODE_TRIES
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = CODE_RESENDS
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = CODE_SECONDS
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = CODE_TRIES
ACCOUNT_LOGIN_TIMEOUT = 2 * CODE_SECONDS

# What changes the ways into an account asks for the password again.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = CODE_SECONDS

# Limits count by account ("key") where guessing must be stopped, and by address only against floods, since a whole
# kelurahan may sit behind one address; where an SMS is sent they are tighter, since each costs money. They are kept in
# the shared cache.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "60/m/ip,10/10m/key",
    "signup": "30/m/ip",
    "request_login_code": "30/m/ip,150/h/ip,5/h/key",
    "reset_password": "30/m/ip,150/h/ip,5/h/key",
    "reset_password_from_key": "60/m/ip",
    "verify_phone": "1/30s/key,8/h/key,150/h/ip",
    "confirm_email": "1/30s/key,8/h/key",
    "change_phone": "20/h/user",
    "manage_email": "20/m/user",
    "change_password": "10/m/user",
    "reauthenticate": "10/m/user",
    "claim_person": "10/h/user",
}
# The number of proxies in front of us that are ours: rate limits count by the address the outermost of them saw.
ALLAUTH_TRUSTED_PROXY_COUNT = setting(env.int, "TRUSTED_PROXY_COUNT", example="1", default=0)

# The second factor. Staff must have one; the demo alone may relax this, and says so on every page.
STAFF_SECOND_FACTOR_REQUIRED = True
MFA_ADAPTER = "services.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "services.accounts.forms.SecondFactorForm",
    "reauthenticate": "services.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "services.accounts.forms.ActivateSecondFactorForm",
}
