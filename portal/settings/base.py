"""Settings that hold everywhere. The values that differ between places come from typed environment variables."""

from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from portal.settings.desk import *  # noqa: F403 (as the next lines)
from portal.settings.environment import env, key_bytes, origins, setting
from portal.settings.logs import LOGGING as LOGGING  # noqa: PLC0414 (Django reads it from here)
from portal.settings.seal import *  # noqa: F403 (as the next line)
from portal.settings.sign_in import *  # noqa: F403 (Django reads settings as names of one module)

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parents[2]
DEMO = False

# Who we are
SECRET_KEY = setting(env.str, "SECRET_KEY", example="a long random text")
ALLOWED_HOSTS = setting(env.list, "ALLOWED_HOSTS", example="layanan.example.go.id")
SITE_URL = setting(env.str, "SITE_URL", example="https://layanan.example.go.id").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# The parts
INSTALLED_APPS = [
    "portal",
    "permits",
    "licensing",
    "complaints",
    "oversight",
    "services.applications",
    "services.casework",
    "services.catalogue",
    "services.documents",
    "services.notifications",
    "services.integrity",
    "services.accounts",
    "services.government",
    "services.audit",
    "services.outbox",
    "services.foundation",
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "portal.storage.CollectedStaticFiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "anymail",
    "csp",
    "django_htmx",
    "django_prometheus",
    "django_structlog",
    "rest_framework",
]

MIDDLEWARE = [
    "portal.quiet.DoorMiddleware",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "portal.quiet.LogMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "services.accounts.middleware.UserLanguageMiddleware",
    "services.accounts.middleware.FirstThingsMiddleware",
    "portal.quiet.FiguresMiddleware",
]

# Visits to these pages, and to everything below them, leave no address in any log of ours (portal/quiet.py).
QUIET_PATHS = ("/complaints/integrity", "/gift")

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "services.accounts.context.access",
                "services.notifications.context.unread",
                "portal.pages.context.chrome",
            ],
        },
    },
]
FORM_RENDERER = "services.foundation.forms.Renderer"

# Where things are kept. The web role owns no table; the owner's account is given to `manage.py migrate` alone.
DATABASE_OPTIONS: dict[str, Any] = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
DATABASES: dict[str, Any] = {
    "default": setting(
        env.dj_db_url, "DATABASE_URL", example="postgres://bening_web:password@database:5432/bening"
    )
    | DATABASE_OPTIONS,
}
if env.str("DATABASE_OWNER_URL", ""):
    DATABASES["owner"] = setting(
        env.dj_db_url, "DATABASE_OWNER_URL", example="postgres://bening_owner:password@database:5432/bening"
    )
    # A migration that waits for a lock makes everyone behind it wait: it gives up and is run again.
    DATABASES["owner"]["OPTIONS"] = {"options": "-c lock_timeout=5s"}

# The role that alone takes pending events into the transparency log.
SEQUENCER_ROLE = setting(env.str, "SEQUENCER_ROLE", example="bening_sequencer", default="bening_sequencer")

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": setting(env.str, "REDIS_URL", example="redis://:password@redis:6379/1"),
        "KEY_PREFIX": "bening",
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Uploads and certificates: outside every web root, served only by views that ask who may see them.
MEDIA_ROOT = setting(env.path, "MEDIA_ROOT", example="/srv/bening/media", default=BASE_DIR / "var" / "media")
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.storage.StaticFiles"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 30

# Language and time
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = setting(env.str, "TIME_ZONE", example="Asia/Jakarta", default="Asia/Jakarta")
CLOCK_MOVABLE = False

# What only a demo does: take the made-up numbers of demo people, and keep what was sent so that it can be read.
ACCEPT_DEMO_NIK = False
KEEP_SENT_BODIES = False

# The longest that an officer may take a step back, in seconds, whatever a service gives; None for what it gives.
UNDO_SECONDS_AT_MOST: int | None = None

# Keys of personal data: AES-256-GCM by key id, and the blind index under a key of its own.
SEALING_KEYS: dict[str, bytes] = {
    key_id: key_bytes("SEALING_KEYS", key)
    for key_id, key in setting(
        env.dict, "SEALING_KEYS", example="k1=<32 bytes in base 64>", delimiter=";", subcast_values=str
    ).items()
}
SEALING_KEY_ID = setting(env.str, "SEALING_KEY_ID", example="k1")
BLIND_INDEX_KEY = key_bytes(
    "BLIND_INDEX_KEY", setting(env.str, "BLIND_INDEX_KEY", example="<32 bytes in base 64>")
)

# The address of a map's pictures, if there is a server for them; the policy lets a browser load them from there.
MAP_TILES_URL = setting(env.str, "MAP_TILES_URL", example="https://tiles.example/{z}/{x}/{y}.png", default="")

# The browser's limits
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:", *origins(MAP_TILES_URL)],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# The class that asks the population registry for a name (services/accounts/population.py); without one nobody is asked.
POPULATION_REGISTRY = setting(
    env.str, "POPULATION_REGISTRY", example="dukcapil.client.PopulationRegistry", default=""
)

# Whether a program needs a key to send reports by Open311; reading needs none.
OPEN311_KEY_REQUIRED = setting(env.bool, "OPEN311_KEY_REQUIRED", example="true", default=True)

# Mails and short messages
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
# A mail server that hangs must not hold a worker.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = setting(
    env.str, "DEFAULT_FROM_EMAIL", example="Layanan Kota <layanan@example.go.id>", default="bening@localhost"
)
SMS_GATEWAY_URL = setting(
    env.str, "SMS_GATEWAY_URL", example="https://gateway.example/v1/messages", default=""
)
SMS_GATEWAY_TOKEN = setting(
    env.str, "SMS_GATEWAY_TOKEN", example="the token that the gateway gave", default=""
)
WHATSAPP_GATEWAY_URL = setting(
    env.str, "WHATSAPP_GATEWAY_URL", example="https://gateway.example/v1/whatsapp", default=""
)
WHATSAPP_GATEWAY_TOKEN = setting(
    env.str, "WHATSAPP_GATEWAY_TOKEN", example="the token that the gateway gave", default=""
)

# Celery: these values were tried with workers killed, Redis killed and time-outs, and lost nothing.
CELERY_BROKER_URL = setting(env.str, "BROKER_URL", example="redis://:password@redis:6379/0")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    # A dead broker must not hold a request: it is asked once, and the relay finds the row later.
    "max_retries": 0,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_TASK_QUEUES = {
    name: {"exchange": name, "routing_key": name} for name in ("default", "documents", "notifications")
}

# Machines: the API denies by default, since LoginRequiredMiddleware exempts its views.
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["portal.api.Denied"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
}
METRICS_TOKEN = setting(env.str, "METRICS_TOKEN", example="a long random text", default="")

DJANGO_STRUCTLOG_CELERY_ENABLED = True
