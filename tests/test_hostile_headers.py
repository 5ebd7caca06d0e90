"""Headers that no browser sends: never a failure."""

import pytest

from tests.test_hostile import HTML, ROUTES, address, parts

__all__ = ["parts"]
# Headers are read before any view, and by few views: one address of each kind.
KINDS = ["", "api/collections/<str:name>/items", "base/<slug:name>.json", "map/list/", "words.js"]
KINDS += ["tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.json", "organisations/<str:code>/"]


@pytest.mark.parametrize("route", KINDS)
def test_headers_may_be_anything(route, parts, client):
    assert route in ROUTES
    path = address(route, parts)
    for name in ("Accept", "Accept-Language", "Accept-Encoding", "If-None-Match", "Cookie"):
        for value in (HTML, "\xff\xfe", "x" * 10_240, "%00", "*;q=nan", "en;q=1e999,,;,", 'W/"'):
            assert client.get(path, headers={name: value}).status_code < 500, (name, value[:20])
