"""Settings that every way of running shares; each variable is described in docs/operating.md."""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import env
from config.registries import *  # noqa: F403 - a part of these settings

BASE_DIR = Path(__file__).resolve().parent.parent.parent
SECRET_KEY = env.secret_key()
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
SITE_URL = env.text("SITE_URL", "http://localhost:8000").rstrip("/")
DEMO = env.flag("DEMO", True)

INSTALLED_APPS = [
    "config.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.gis",
    "rest_framework",
    "rest_framework_gis",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "auditlog",
    "import_export",
    "django_tasks",
    "django_tasks_db",
    "geo",
    "pledges",
    "pledges.employers",
    "hubs.conversation",
    "hubs",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.server.compression.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.server.fast_path.FastPathMiddleware",
    # Lazy, all four: an answer that does not ask who is signed in reads no session, sets no cookie
    # and may be shared, as those of the tiles and the API are.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.errors.ErrorsMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.audit.ActorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "pledges.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
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
                "config.context_processors.site",
            ],
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **dj_database_url.parse(env.database_url(), engine="django.contrib.gis.db.backends.postgis")
    }
}
# A new PostGIS session costs 60 to 100 ms at its first transform, so connections are kept. A
# database that is down must be noticed in less than the three seconds that a page may take.
DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 2
DATABASES["default"]["TEST"] = {"NAME": env.text("TEST_DATABASE", "test_app")}
# Files of whole collections have a queue, and a worker, of their own: no mail waits for one.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "files"]}}
# Longest time in milliseconds that one read of the public pages, tiles and API may take.
STATEMENT_TIMEOUT_MS = int(env.text("STATEMENT_TIMEOUT_MS", "2000"))

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "mine"
LOGOUT_REDIRECT_URL = "map"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
# No passwords: a code by mail each time, after a first deed that was confirmed by one. That code
# proves the address, so nothing else verifies it. How often: see pledges.accounts.rate_limits.
ACCOUNT_ADAPTER = "pledges.accounts.adapters.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_RATE_LIMITS = False
# Operators and stewards sign in with a second factor as well: see pledges.accounts.second_factor.
MFA_ADAPTER = "pledges.accounts.adapters.SecondFactors"
MFA_TOTP_ISSUER = "Changemap"
# One code before and after, for telephones whose clock is off by up to half a minute.
MFA_TOTP_TOLERANCE = 1
AUDITLOG_DISABLE_REMOTE_ADDR = True
IMPORT_EXPORT_USE_TRANSACTIONS = True
# What is imported is chosen and looked over in one sitting; no file is kept in between.
IMPORT_EXPORT_TMP_STORAGE_CLASS = "import_export.tmp_storages.CacheStorage"
# An address like smtp://user:password@mail.example.org:587?tls=start
EMAIL_URL = env.text("EMAIL_URL", "")
globals().update(env.mail_server("EMAIL_URL"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Changemap <changemap@localhost>")
# Who runs the site and how to reach them; the privacy notice and the terms say so.
CONTACT = env.text("CONTACT", "")
# A demo without a mail server shows its mails on a page instead: see the check in pledges.checks.
DEMO_OUTBOX = DEMO and not EMAIL_URL
OUTBOX = Path(env.text("OUTBOX", str(env.LOCAL / "outbox")))
if DEMO_OUTBOX:
    EMAIL_BACKEND = "pledges.notifications.outbox.Outbox"
# What scripts/serve.py listens on.
SERVER_HOST = env.text("HOST", "127.0.0.1")

# To the console, for whatever collects it. Django's own lines about requests are left out: they
# say again what `config.errors` says, and addresses of all that is not found.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"level": "WARNING"},
        "django.request": {"level": "CRITICAL"},
        "weasyprint": {"level": "ERROR"},
    },
}

LANGUAGE_CODE = "en-gb"
# Only languages with a complete catalogue in locale/, beside that of the source. Names and words
# that are stored in Welsh are data: see geo.core.bilingual.
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# Debian 12's GDAL, 3.6, cannot be barred from files and the network. Nothing that a visitor sends
# reaches it: it reads the numbers of reference systems, and the boundary files an operator chose.
SILENCED_SYSTEM_CHECKS = ["gis.W001"]
# Set by the start script where the system has no GDAL and GEOS of its own.
for _library in ("GDAL_LIBRARY_PATH", "GEOS_LIBRARY_PATH"):
    if env.text(_library, ""):
        globals()[_library] = env.text(_library)

STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(env.LOCAL / "static")))
# scripts/vendor.py puts there the few files that pages use of the front-end packages.
STATICFILES_DIRS = [("vendor", env.LOCAL / "vendor")]
# What people upload: never below a folder that is served, only through a view that checks.
UPLOADS = Path(env.text("UPLOADS", str(env.LOCAL / "uploads")))
# Files of whole collections that the worker makes for download, and for how many minutes at least
# each is given away before another is made.
FILES = Path(env.text("FILES", str(env.LOCAL / "files")))
FILES_MINUTES = int(env.text("FILES_MINUTES", "15"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": UPLOADS, "base_url": None, "file_permissions_mode": 0o600},
    },
    "files": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES, "base_url": None},
    },
    "staticfiles": {"BACKEND": "config.staticfiles.StaticFilesStorage"},
}

# In bytes, and numbers. The largest file that `geo.uploads` takes has 20 MB; the rest is words.
LARGEST_REQUEST = 24 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 5

CONTENT_SECURITY_POLICY: dict[str, dict[str, Any]] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
}

# Northern Ireland postcodes are free to use inside an organisation and for non-commercial ends
# only; commercial use needs a licence from Land & Property Services. Set to 0 to leave them out.
NORTHERN_IRELAND_POSTCODES = env.flag("NORTHERN_IRELAND_POSTCODES", True)
# GeoJSON of land, water and labels: the map's ground where there is no tile server.
BASE_LAYER = BASE_DIR / "fixtures" / "base"
# A tile server of the operator's own choice, e.g. https://tiles.example.org/{z}/{x}/{y}.png
TILE_SERVER_URL = env.text("TILE_SERVER_URL", "")
TILE_SERVER_ATTRIBUTION = env.text("TILE_SERVER_ATTRIBUTION", "")
if TILE_SERVER_URL:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(env.origin("TILE_SERVER_URL"))
# A geocoder of geopy by its name, e.g. nominatim, asked when no finder knows an answer; empty:
# none. Its options are JSON, e.g. {"domain": "nominatim.example.org"}.
REMOTE_GEOCODER = env.text("REMOTE_GEOCODER", "")
REMOTE_GEOCODER_OPTIONS = env.text("REMOTE_GEOCODER_OPTIONS", "")
