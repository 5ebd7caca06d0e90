"""What others will see of a new pledge beside its text, in one plain sentence."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from pledges.pledging.models import Pledge

Show, Who, IAm = Pledge.Show, Pledge.Who, Pledge.IAm


def others_see(given: Mapping) -> str:
    """Return the sentence for what a form holds; empty where who or where is not said yet.

    The same words are written by `visibility-preview.js` while the form is filled in.
    """
    place = _place(given)
    who = _who(given)
    if not place or not who:
        return ""
    organisation = given.get("organisation")
    at = organisation.name if organisation and given["show"] != Show.ORGANISATION else ""
    return _("Others will see: %(words)s.") % {"words": ", ".join(filter(None, (who, at, place)))}


def _who(given: Mapping) -> str:
    who = given.get("who")
    if who == Who.TEAM:
        return given.get("team") or _("a team")
    if who == Who.ORGANISATION:
        return _("the whole organisation")
    if not who:
        return ""
    name = given.get("display_name") or _("someone")
    doing = {
        IAm.NHS: _("%(name)s who works in the NHS"),
        IAm.ALONGSIDE: _("%(name)s who works alongside the NHS"),
        IAm.PATIENT: _("%(name)s, a patient or carer"),
        IAm.PUBLIC: _("%(name)s, a member of the public"),
    }.get(given.get("i_am"))
    return doing % {"name": name} if doing else name


def _place(given: Mapping) -> str:
    show, place = given.get("show"), given.get("place")
    organisation = given.get("organisation")
    if show == Show.ORGANISATION and organisation:
        return _("at %(place)s") % {"place": organisation.name}
    if show == Show.OUTCODE and place:
        return _("somewhere in %(place)s") % {"place": place.outcode}
    if show == Show.REGION and place and place.region:
        return _("in %(place)s, not on the map") % {"place": place.region.local_name}
    return _("not on the map") if show == Show.NONE else ""
