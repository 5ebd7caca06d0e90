"""The tests: as in development, but static files are found without being collected."""

from config.settings.base import *  # noqa: F403 - a settings module is its base plus what differs
from config.settings.base import DATABASES, SILENCED_SYSTEM_CHECKS

# Real pledges may live in the database that is configured: a test that reaches for one before the
# tests' own database is made finds none by this name, and fails.
DATABASES["default"]["NAME"] = DATABASES["default"]["TEST"]["NAME"]
# Nobody misses rows of tests after a crash, so that none waits for the disk.
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
SECRET_KEY = "only-for-tests"  # noqa: S105 - signs nothing that outlives a test run
ALLOWED_HOSTS = ["*"]
# A busy machine may be slow; tests of the limit set one of their own.
STATEMENT_TIMEOUT_MS = 60_000
DEMO_OUTBOX = False
# Mails of tests stay in memory, so that no mail server is missed.
SILENCED_SYSTEM_CHECKS += ["changemap.W001"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "files": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
