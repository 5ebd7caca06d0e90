"""What every template may know of the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Return the site's settings that pages show; reads no database, so error pages can use it."""
    return {"demo_site": settings.DEMO, "site_url": settings.SITE_URL}
