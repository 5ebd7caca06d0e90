"""Points in forms of the admin: two numbers, and our own map to set them by."""

import math
from collections.abc import Mapping
from typing import Any, cast

from django.contrib.gis.forms import BaseGeometryWidget
from django.contrib.gis.geos import Point
from django.forms import Media
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString

SRID = 4326


class PointWidget(BaseGeometryWidget):
    """Latitude and longitude in degrees; a click on the map, or its arrow keys, fill them in.

    Without scripts the two numbers are all there is, and all that is needed.
    """

    template_name = "admin/geo/point.html"
    geom_type = "Point"
    map_srid = SRID

    @property
    def media(self) -> Media:
        # Django takes objects with __html__ in place of addresses; its types do not know that.
        script = cast("str", Script("geo/forms/admin-map.js", type="module"))
        return Media(
            css={"all": ["vendor/leaflet/leaflet.css", "geo/small-map.css", "geo/admin-map.css"]},
            js=["vendor/leaflet/leaflet.js", script],
        )

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        point = value if isinstance(value, Point) else self.deserialize(value)
        context = super(BaseGeometryWidget, self).get_context(name, None, attrs)
        lat, lon = (point.y, point.x) if point else ("", "")
        return {**context, "lat": lat, "lon": lon}

    def _render(self, template_name: str, context: dict, renderer: object = None) -> SafeString:
        """Render as a page is: the renderer of forms does not look among our templates."""
        return render_to_string(template_name, context)

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict, name: str
    ) -> str | None:
        """Return "lat lon" as typed, or None where neither was."""
        typed = [str(data.get(f"{name}_{part}", "")).strip() for part in ("lat", "lon")]
        return " ".join(part or "?" for part in typed) if any(typed) else None

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict, name: str
    ) -> bool:
        return f"{name}_lat" not in data

    def deserialize(self, value: object) -> Point | None:
        """Return the point of "lat lon", or None where it is none."""
        try:
            lat, lon = (float(part) for part in str(value or "").split())
        except ValueError:
            return None
        if not (math.isfinite(lat) and math.isfinite(lon)) or abs(lat) > 90 or abs(lon) > 180:
            return None
        return Point(lon, lat, srid=SRID)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_lat"
