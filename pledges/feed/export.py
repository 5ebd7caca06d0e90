"""Lists as files: a table for spreadsheets, a feed for readers of news."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.core.csv import dumps

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class FeedHead:
    """What an Atom feed says of itself."""

    title: str | Promise
    description: str | Promise
    author: str | Promise


@dataclass(frozen=True)
class FeedEntry:
    """What an Atom feed says of a row beside its text; `updates` are the moments of changes."""

    path: str
    author: str
    updates: Iterable[datetime | None]
    categories: Sequence[str]


def csv_table(rows: Sequence[Model], serializer: type[GeoFeatureModelSerializer], site: str) -> str:
    """Return CSV (RFC 4180) with what the API says of each row, under the same names."""
    names = [name for name in serializer.Meta.fields if name not in {"id", "geometry"}]
    lines: list[Sequence[object]] = [["id", *names, "longitude", "latitude"]]
    features = serializer(rows, many=True, context={"site": site}).data["features"]
    for feature in features:
        values = [feature["properties"][name] for name in names]
        place = feature["geometry"]["coordinates"] if feature["geometry"] else ("", "")
        lines.append([feature["id"], *values, *place])
    return dumps(lines)


def atom(
    head: FeedHead, rows: Iterable[tuple[Model, FeedEntry]], site: str, page: str, own: str
) -> str:
    """Return an Atom feed (RFC 4287); `page` and `own` are paths, of the list and of the feed."""
    made = Atom1Feed(
        title=head.title,
        link=f"{site}{page}",
        description=head.description,
        feed_url=f"{site}{own}",
        feed_guid=f"{site}{own}",
        author_name=head.author,
    )
    for row, entry in rows:
        text = NOT_XML.sub("\ufffd", row.text)
        demo = [_("Demo")] if row.demo else []
        made.add_item(
            title=Truncator(text).chars(80),
            link=f"{site}{entry.path}",
            unique_id=f"{site}{entry.path}",
            description=escape(text),  # Django says that summaries are HTML
            author_name=NOT_XML.sub("\ufffd", entry.author),
            pubdate=row.created_at,
            updateddate=max(filter(None, (row.created_at, *entry.updates))),
            categories=[row.theme.local_name, *entry.categories, *demo],
        )
    return made.writeString("utf-8")
