"""Maps by folium, served whole by ourselves: no CDN, no inline style, no script without a nonce."""

from geo.maps.base import BaseMap, Behaviour, MapParts
from geo.maps.layers import BaseLayer, Choropleth, Clusters, Features

__all__ = ["BaseLayer", "BaseMap", "Behaviour", "Choropleth", "Clusters", "Features", "MapParts"]
