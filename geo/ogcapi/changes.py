"""Changes since a number of the log: for mirrors of a collection, and pages without the stream.

A mirror first requests where the log ends (without `since`), copies the collections, and from then
on requests what came after. Each entry names a feature; whether it is a tombstone is looked up at
the time of the request, so that no page names a feature that is not public now. An outdated entry
does no harm: a later one has the feature's present state.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from rest_framework.request import Request

from geo.core import params
from geo.core.errors import NoLongerAvailable
from geo.live import log
from geo.live.messages import VERBS
from geo.live.models import News
from geo.ogcapi import links
from geo.ogcapi.openapi import CHANGES, CHANGES_PAGE
from geo.ogcapi.query import MOST
from geo.ogcapi.views import Resource

LARGEST = 2**63 - 1
GONE = VERBS[News.Verb.GONE]


class Changes(Resource):
    """A page of the log. The last entry of a feature replaces those before it on the page."""

    parameters = ("f", *CHANGES)

    def document(self, request: Request) -> dict:
        query = request.query_params
        followed = [layer.name for layer in self.layers.values() if layer.followed]
        wanted = params.among(query, "collection", followed) or tuple(followed)
        limit = params.limit(query, CHANGES_PAGE, MOST)
        since = query.get("since")
        oldest, newest = log.id_range()
        page, at = [], newest
        if since is not None:
            start = params.integer("since", since, 0, LARGEST)
            if not oldest - 1 <= start <= newest:
                raise NoLongerAvailable(_start_again(newest))
            page = list(News.objects.after(start).filter(collection__in=wanted)[: limit + 1])
        page_links = [links.link("self", request.build_absolute_uri(), links.JSON, _("Changes"))]
        if len(page) > limit:
            page, at = page[:limit], page[limit - 1].id
            following = links.with_parameters(request, query, since=str(at))
            page_links.append(links.link("next", following, links.JSON, _("Next page")))
        elif page:
            at = max(at, page[-1].id)
        if any(news.verb == News.Verb.ANEW for news in page):
            raise NoLongerAvailable(_start_again(newest))
        return {"at": at, "changes": self._entries(request, page), "links": page_links}

    def _entries(self, request: Request, page: Sequence[News]) -> list[dict]:
        last = {(news.collection, news.key): news for news in page}
        keys: dict[str, list[str]] = {}
        for collection, key in last:
            keys.setdefault(collection, []).append(key)
        public = {
            collection: layer.existing(layer.rows(), found)
            for collection, found in keys.items()
            for layer in (self.layers[collection],)
        }
        return [
            self._entry(request, news, news.key in public[news.collection])
            for news in sorted(last.values(), key=lambda news: news.id)
        ]

    def _entry(self, request: Request, news: News, public: bool) -> dict:
        entry = {"id": news.id, "collection": news.collection, "feature": news.key}
        if not public:
            return {**entry, "kind": GONE}
        # One that was gone and is public again: the log says so further on.
        kind = VERBS[News.Verb.CHANGED if news.verb == News.Verb.GONE else News.Verb(news.verb)]
        href = links.href(request, "item", news.collection, news.key)
        return {**entry, "kind": kind, "href": href}


def _start_again(newest: int) -> str:
    return _(
        "The log of changes does not reach back to this number, or a collection was loaded anew"
        " since. Copy the collections again, then ask for what came after since=%(newest)s."
    ) % {"newest": newest}
