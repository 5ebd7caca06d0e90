"""The static files of our own for each script and style sheet that folium requires."""

from typing import cast

from branca.element import CssLink, Element, JavascriptLink
from django.templatetags.static import static

from geo import esmodules

# The name that folium gives a file -> its path among the static files; None: we need none of it.
ASSETS: dict[str, str | None] = {
    "leaflet": "vendor/leaflet/leaflet.js",
    "leaflet_css": "vendor/leaflet/leaflet.css",
    "jquery": None,
    "bootstrap": None,
    "bootstrap_css": None,
    "awesome_markers": None,
    "awesome_markers_css": None,
    "awesome_markers_font_css": None,
    "awesome_rotate_css": None,
    "glyphicons_css": None,
}


class UnknownAsset(LookupError):
    """A folium element wants a file that we do not serve: add it to ASSETS, or drop it there."""


def address(name: str, link: str) -> str | None:
    """Return our own address of a linked file, or None where the file is not needed.

    An element of ours links a static path, which is used as it is. Every other name must be in
    ASSETS, or the page would load from a host of a library's choice: UnknownAsset.
    """
    if name in ASSETS:
        path = ASSETS[name]
        return None if path is None else static(path)
    if name == link and "//" not in link:
        return static(link)
    raise UnknownAsset(f"folium asks for {name!r} at {link}, which is not in geo.maps.assets.")


def addresses(header: Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses of the style sheets and of the scripts of a rendered header.

    Anything else in a header is inline style or script, which the site's policy forbids: it
    raises UnknownAsset too.
    """
    found: dict[type[Element], list[str]] = {CssLink: [], JavascriptLink: []}
    for name, element in header._children.items():
        if name == "meta_http":
            continue
        if type(element) not in found:
            raise UnknownAsset(f"folium element {name!r} writes into the page's head.")
        own = address(name, cast("CssLink | JavascriptLink", element).url)
        if own is not None and own not in found[type(element)]:
            found[type(element)].append(own)
    return tuple(found[CssLink]), tuple(found[JavascriptLink])


def modules(*paths: str) -> tuple[str, ...]:
    """Return the static paths of these modules and of all that they import: UnknownAsset."""
    try:
        return esmodules.with_imports(*paths)
    except esmodules.UnknownModule as error:
        raise UnknownAsset(str(error)) from error
