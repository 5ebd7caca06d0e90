"""What every template may know of the site."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pledges.pledging.models import Pledge


def site(request: HttpRequest) -> dict[str, object]:
    """Return what all pages show: whether there is demo content, asked only when a page does."""
    return {
        "demo_site": SimpleLazyObject(has_demo),
        "demo_outbox": settings.DEMO_OUTBOX,
        "site_url": settings.SITE_URL,
    }


def has_demo() -> bool:
    return Pledge.objects.filter(demo=True).exists()
