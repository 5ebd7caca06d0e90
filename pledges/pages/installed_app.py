"""The site as an app on a telephone: its manifest, its service worker, a page without a net.

The worker keeps the static shell alone. No page that the server wrote for anybody is kept, because
devices on wards are shared; the page without a net is the same for everybody.
"""

import hashlib
import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

# What the page without a net is drawn with.
SHELL = (
    "vendor/inter/inter-400.woff2",
    "vendor/inter/inter-600.woff2",
    "vendor/nhsuk/nhsuk.css",
    "pledges/site.css",
    "pledges/mark.svg",
)
ICONS = (
    ("192", "pledges/icon-192.png", "any"),
    ("512", "pledges/icon-512.png", "any"),
    ("512", "pledges/icon-maskable-512.png", "maskable"),
)


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The manifest (W3C Web Application Manifest)."""
    icons = [
        {"src": static(name), "sizes": f"{n}x{n}", "type": "image/png", "purpose": purpose}
        for n, name, purpose in ICONS
    ]
    said = {
        "id": "/",
        "name": _("Changemap"),
        "short_name": _("Changemap"),
        "description": _("Pledges and a conversation for better health and care."),
        "start_url": reverse("talk"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#005eb8",
        "icons": icons,
    }
    return JsonResponse(said, content_type="application/manifest+json")


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. Its name of the cache changes with the files in it."""
    page = reverse("offline")
    files = [static(name) for name in SHELL]
    version = hashlib.sha256(" ".join(files).encode()).hexdigest()[:12]
    shell = json.dumps({"files": [*files, page], "page": page, "version": version})
    kind = "text/javascript; charset=utf-8"
    return render(request, "pledges/pages/worker.js", {"shell": shell}, content_type=kind)


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown in place of a page that cannot be fetched; nothing of whoever asks for it."""
    return render(request, "pledges/pages/offline.html")
