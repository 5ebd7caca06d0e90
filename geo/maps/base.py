"""The map itself, and the bridge from Python to the static scripts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import folium
from branca.element import Figure, MacroElement
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from folium.template import Template

from geo.maps import assets

# South-west and north-east of the United Kingdom, in degrees of latitude and longitude.
UNITED_KINGDOM = ((49.8, -8.7), (60.9, 1.9))
# How far the map may be dragged: wide enough to put any of its places in the middle of a phone.
LIMITS = ((41.0, -28.0), (68.0, 24.0))
NEAREST, FARTHEST = 17, 4  # zoom levels


@dataclass(frozen=True)
class MapParts:
    """A rendered map for a template: addresses of style sheets and scripts, HTML, inline script.

    The inline script must stand in `<script type="module" nonce=..>`, which runs after the others.
    `modules` are the static paths of all the modules that it imports, for the page to preload.
    """

    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    modules: tuple[str, ...]
    html: SafeString
    script: SafeString


class BaseMap(folium.Map):
    """folium's map without what it writes into a page's head.

    That head would forbid zooming a phone's page (WCAG 1.4.4) and needs inline styles; the size
    is the page's style sheet's business. `label` names the map for those who do not see it. The
    place in view is stored in the page's address where the map is `addressed`.
    """

    module = "geo/map/map.js"
    default_js = [("leaflet", "")]
    default_css = [("leaflet_css", ""), ("geo/map.css", "geo/map.css")]
    _template = Template("""
        {% macro html(this, kwargs) %}
        <div class="folium-map" id="{{ this.get_name() }}" role="region"
             aria-label="{{ this.label|e }}"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        import { createMap } from {{ this.address|tojson }};
        const {{ this.get_name() }} = createMap({{ this.get_name()|tojson }}, {
            center: {{ this.location|tojson }}, ...{{ this.options|tojavascript }}
        }, {{ this.bounds|tojson }});
        {% endmacro %}
    """)

    def __init__(
        self, name: str, label: str, bounds: Sequence = UNITED_KINGDOM, *, addressed: bool = True
    ) -> None:
        (south, west), (north, east) = bounds
        super().__init__(
            location=[(south + north) / 2, (west + east) / 2],
            tiles=None,
            zoom_start=5,
            minZoom=FARTHEST,
            maxZoom=NEAREST,
            maxBounds=LIMITS,
            maxBoundsViscosity=0.8,
            zoomControl=False,
            attributionControl=False,
            addressed=addressed,
        )
        self._id = name
        self.label, self.bounds = label, bounds

    @property
    def address(self) -> str:
        return static(self.module)

    def parts(self) -> MapParts:
        """Render. Raises UnknownAsset where an element needs a file that we do not serve."""
        behaviours = [one for one in self._children.values() if isinstance(one, Behaviour)]
        modules = assets.modules(self.module, *(one.module for one in behaviours))
        figure = cast("Figure", self.get_root())
        figure.render()
        styles, scripts = assets.addresses(figure.header)
        html, script = figure.html.render(), figure.script.render()
        # Both are made of our own templates and of JSON in which folium escapes `<`.
        return MapParts(styles, scripts, modules, mark_safe(html), mark_safe(script))  # noqa: S308


class Behaviour(MacroElement):
    """Hands the map to a function of an ES module of ours: `function(map, options)`.

    `module` is the module's static path, of the class or of the one element. Options become JSON:
    text in them stays text. What people wrote does not belong here; fetch it by address.
    """

    module = ""
    _template = Template("""
        {% macro script(this, kwargs) %}
        import { {{ this.function }} as {{ this.get_name() }} } from {{ this.address|tojson }};
        {{ this.get_name() }}({{ this._parent.get_name() }}, {{ this.options|tojson }});
        {% endmacro %}
    """)

    def __init__(self, function: str, module: str = "", **options: object) -> None:
        super().__init__()
        self._name = "Behaviour"
        self.function, self.options = function, options
        self.module = module or self.module

    @property
    def address(self) -> str:
        return static(self.module)
