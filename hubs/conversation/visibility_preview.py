"""What others will see of a new post beside its text, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.posts import Post

Show = Post.Show


def others_see(given: Mapping) -> str:
    """Return one plain sentence for what a form holds; empty where who or where is not said."""
    signed = given.get("signed")
    if not signed or given.get("show") is None:
        return ""
    if signed == Signed.ANONYMOUS:
        who = _("nobody’s name and no organisation")
    elif signed == Signed.ROLE:
        who = given.get("role") or _("someone")
    else:
        who = ", ".join(filter(None, (given.get("display_name"), given.get("role"))))
        who = who or _("someone")
    organisation = given.get("organisation")
    named = organisation and signed != Signed.ANONYMOUS and given["show"] != Show.ORGANISATION
    parts = (who, organisation.name if named else "", _where(given))
    return _("Others will see: %(words)s.") % {"words": ", ".join(filter(None, parts))}


def _where(given: Mapping) -> str:
    show, found, organisation = given["show"], given.get("place"), given.get("organisation")
    if show == Show.ORGANISATION and organisation:
        return _("at %(place)s") % {"place": organisation.name}
    if show == Show.OUTCODE and found:
        return _("somewhere in %(place)s") % {"place": found.outcode}
    region = (found and found.region) or (organisation and organisation.region)
    if show == Show.REGION and region:
        return _("in %(place)s, not on the map") % {"place": region.local_name}
    return _("not on the map")
