"""The query string of a page, as a person's browser or another site may have written it."""

from django.http import QueryDict

# Sites add these to every link that is shared there; they ask nothing of us.
TRACKERS = ("utm_", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid")
LISTS = ("theme", "who", "i_am")


def tidy(query: QueryDict, lists: tuple[str, ...] = LISTS) -> QueryDict:
    """Return the query with ticked boxes joined to one list, without trackers and empty fields.

    A form without scripts writes theme=care&theme=staff where the filters read theme=care,staff.
    """
    found = QueryDict(mutable=True)
    for name, values in query.lists():
        if name.startswith(TRACKERS):
            continue
        given = [value for value in values if value]
        if given:
            found[name] = ",".join(given) if name in lists else given[-1]
    return found
