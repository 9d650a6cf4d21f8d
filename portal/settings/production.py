"""Settings of a real portal: behind a proxy that speaks TLS, every secret from the environment."""

from portal.settings.base import *  # noqa: F403 (Django reads settings as names of one module)
from portal.settings.environment import env, setting

DEBUG = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True

MAIL = setting(env.dj_email_url, "EMAIL_URL", example="submission://user:password@mail.example.go.id:587")
EMAIL_BACKEND = MAIL["EMAIL_BACKEND"]
EMAIL_HOST = MAIL["EMAIL_HOST"]
EMAIL_PORT = MAIL["EMAIL_PORT"]
EMAIL_HOST_USER = MAIL["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = MAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = MAIL["EMAIL_USE_TLS"]
EMAIL_USE_SSL = MAIL["EMAIL_USE_SSL"]

SMS_GATEWAY_URL = setting(env.url, "SMS_GATEWAY_URL", example="https://gateway.example/v1/messages").geturl()
SMS_GATEWAY_TOKEN = setting(env.str, "SMS_GATEWAY_TOKEN", example="the token that the gateway gave")
