"""The files that the base layer is drawn from."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from geo.basemap import files as basemap_files
from geo.core import params

FOR_EVER = "public, max-age=31536000, immutable"
A_MINUTE = "public, max-age=60"


@require_safe
def base(request: HttpRequest, name: str) -> HttpResponse:
    """Answer a part of the base layer as compressed JSON (see `geo.basemap.files`).

    With the newest version in `v` the response may be cached for ever; with another, or none, for a
    minute, because the content is then not that of the address.
    """
    params.reject_unknown(request.GET, ("v",))
    version = params.text(request.GET, "v")
    file = basemap_files.packed(name)
    tag = f'"{file.version}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        encoding = "br" if "br" in request.headers.get("Accept-Encoding", "") else "gzip"
        content = file.brotli if encoding == "br" else file.gzip
        response = HttpResponse(content, content_type="application/json")
        response["Content-Encoding"] = encoding
    response["ETag"] = tag
    response["Cache-Control"] = FOR_EVER if version == file.version else A_MINUTE
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
