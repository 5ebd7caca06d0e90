"""Lists of pledges as files: a table for spreadsheets, a feed for readers of news."""

import re
from collections.abc import Sequence

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from geo.core.csv import dumps
from pledges.pledging.models import Pledge
from pledges.serializers import PledgeSerializer

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def table(pledges: Sequence[Pledge], site: str) -> str:
    """Return CSV (RFC 4180) with what the API says of each pledge, under the same names."""
    names = [name for name in PledgeSerializer.Meta.fields if name not in {"id", "geometry"}]
    lines = [["id", *names, "longitude", "latitude"]]
    features = PledgeSerializer(pledges, many=True, context={"site": site}).data["features"]
    for feature in features:
        values = [feature["properties"][name] for name in names]
        place = feature["geometry"]["coordinates"] if feature["geometry"] else ("", "")
        lines.append([feature["id"], *values, *place])
    return dumps(lines)


def feed(pledges: Sequence[Pledge], site: str, page: str, own: str) -> str:
    """Return an Atom feed (RFC 4287); `page` and `own` are paths, of the list and of the feed."""
    made = Atom1Feed(
        title=_("Pledges – Changemap"),
        link=f"{site}{page}",
        description=_("Promises for better health and care."),
        feed_url=f"{site}{own}",
        feed_guid=f"{site}{own}",
        author_name=_("The people and organisations who pledge"),
    )
    for pledge in pledges:
        text = NOT_XML.sub("\ufffd", pledge.text)
        demo = [_("Demo")] if pledge.demo else []
        made.add_item(
            title=Truncator(text).chars(80),
            link=f"{site}/pledges/{pledge.pk}/",
            unique_id=f"{site}/pledges/{pledge.pk}/",
            description=escape(text),  # Django says that summaries are HTML
            author_name=NOT_XML.sub("\ufffd", _author(pledge)),
            pubdate=pledge.created_at,
            updateddate=max(filter(None, (pledge.created_at, pledge.done_at))),
            categories=[pledge.theme.local_name, *demo],
        )
    return made.writeString("utf-8")


def _author(pledge: Pledge) -> str:
    if pledge.who == Pledge.Who.ORGANISATION:
        return pledge.organisation.name
    if pledge.who == Pledge.Who.TEAM:
        return pledge.team or _("A team")
    return pledge.display_name or _("Someone")
