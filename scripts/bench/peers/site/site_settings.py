"""Settings of the peer site: what `django-admin startproject` writes, less what nobody asks for."""

import os

SECRET_KEY = "peer"  # noqa: S105 - it signs nothing, on the loopback address
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "site_urls"
WSGI_APPLICATION = "site_wsgi.application"
USE_TZ = True
TIME_ZONE = "Europe/London"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.gis",
    "rest_framework",
    "rest_framework_gis",
    "vectortiles",
    "peersite",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
DATABASES = {
    "default": {
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "NAME": os.environ["PEER_NAME"],
        "HOST": os.environ["PEER_HOST"],
        "PORT": os.environ.get("PEER_PORT", ""),
        "USER": os.environ["PEER_USER"],
        "PASSWORD": os.environ.get("PEER_PASSWORD", ""),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"options": "-c search_path=peers,public"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REST_FRAMEWORK = {"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]}
SILENCED_SYSTEM_CHECKS = ["gis.W001"]
