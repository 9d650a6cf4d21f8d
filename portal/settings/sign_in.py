"""How people sign in: the user model, django-allauth, its codes, its rate limits and its second factor."""

from portal.settings.environment import env, setting

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["services.accounts.backends.HatBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# The number of proxies in front of us that are ours: rate limits count by the address the outermost of them saw.
ALLAUTH_TRUSTED_PROXY_COUNT = setting(env.int, "TRUSTED_PROXY_COUNT", example="1", default=0)
