"""Health: is the process there, and can it do its work?"""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from geo.areas.models import Area
from geo.counts import worker_lock
from geo.geocoding.models import Postcode
from hubs.hub.models import Hub


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, PostGIS, data and worker, each by name; 503 until all are there."""
    checks = dict.fromkeys(("database", "postgis", "data", "worker"), False)
    try:
        with connection.cursor() as cursor:
            checks["database"] = True
            cursor.execute("select exists(select from pg_extension where extname = 'postgis')")
            checks["postgis"] = cursor.fetchone()[0]
        areas = Area.objects.regions().exists()
        checks["data"] = areas and Postcode.objects.exists() and Hub.objects.exists()
        checks["worker"] = worker_lock.alive()
    except DatabaseError:
        # Whatever could not be asked is not there; the answer names it.
        connection.close()
    ready = all(checks.values())
    if ready:
        return JsonResponse({"status": "ok", "checks": checks})
    missing = ", ".join(name for name, there in checks.items() if not there)
    answer = {"code": "not-ready", "description": f"Not ready: {missing}.", "checks": checks}
    return JsonResponse(answer, status=503, headers={"Retry-After": "10"})
