"""Health: is the process there, and can it do its work?"""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from geo.areas.models import Area
from geo.counts import queue
from geo.geocoding.models import Postcode
from hubs.hub.models import Hub
from pledges.jobs.models import Job


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, PostGIS, data and worker, each by name; 503 until all are there.

    Jobs that keep failing are named as well, and `jobs` is false; the answer stays 200, for a
    server that shows the map is not to be taken out of service because a newsletter fails.
    """
    checks = dict.fromkeys(("database", "postgis", "data", "worker"), False)
    failing = None
    try:
        with connection.cursor() as cursor:
            checks["database"] = True
            cursor.execute("select exists(select from pg_extension where extname = 'postgis')")
            checks["postgis"] = cursor.fetchone()[0]
        areas = Area.objects.regions().exists()
        checks["data"] = areas and Postcode.objects.exists() and Hub.objects.exists()
        checks["worker"] = queue.worker_alive()
        failing = list(Job.objects.failing().values_list("name", flat=True))
    except DatabaseError:
        # Whatever could not be asked is not there; the answer names it.
        connection.close()
    missing = ", ".join(name for name, there in checks.items() if not there)
    checks["jobs"] = failing == []
    told = {"checks": checks, "failing": failing or []}
    if not missing:
        return JsonResponse({"status": "ok", **told})
    answer = {"code": "not-ready", "description": f"Not ready: {missing}.", **told}
    return JsonResponse(answer, status=503, headers={"Retry-After": "10"})
