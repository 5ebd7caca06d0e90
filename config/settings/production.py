"""A public site: behind a proxy that ends TLS, with every secret given by the operator."""

from config import env
from config.settings.base import *  # noqa: F403 - a settings module is its base plus what differs
from config.settings.base import CONTENT_SECURITY_POLICY, EMAIL_URL

SECRET_KEY = env.text("SECRET_KEY")
SITE_URL = env.text("SITE_URL").rstrip("/")
DEMO = env.flag("DEMO", False)
DEMO_OUTBOX = DEMO and not EMAIL_URL
EMAIL_BACKEND = (
    "pledges.notifications.outbox.Outbox"
    if DEMO_OUTBOX
    else "django.core.mail.backends.smtp.EmailBackend"
)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
