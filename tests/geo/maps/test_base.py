"""Maps by folium that load nothing from anyone else."""

import re

import pytest
from branca.element import Element
from folium.plugins import HeatMap

from geo.maps.assets import UnknownAsset
from geo.maps.base import BaseMap, Behaviour
from geo.maps.layers import BaseLayer, Clusters

LOOK = {"slug": "care", "name": "</script><b>Care</b>", "colour": "#2352E8", "symbol": "circle"}
THINGS = ("geo/map/clusters.js", "clusters")


def whole_map() -> BaseMap:
    drawn = BaseMap("trial", 'A "map" of <things>')
    BaseLayer({"land": "/base/land.json?v=1"}).add_to(drawn)
    tiles = "/tiles/things/{z}/{x}/{y}.json"
    for name in ("things", "others"):
        Clusters(name, tiles=tiles, look=THINGS, parts=[LOOK]).add_to(drawn)
    Behaviour("geojson", "geo/map/geojson.js", to="you").add_to(drawn)
    return drawn


def test_every_file_is_our_own():
    parts = whole_map().parts()
    for address in (*parts.styles, *parts.scripts):
        assert address.startswith("/static/")
    assert not re.search(r"https?:", parts.html + parts.script)


def test_leaflet_is_a_script_and_all_else_are_modules_each_named_once():
    parts = whole_map().parts()
    assert parts.scripts == ("/static/vendor/leaflet/leaflet.js",)
    assert {"geo/map/map.js", "geo/map/geojson.js", "geo/map/merge.js"} <= set(parts.modules)
    assert len(set(parts.modules)) == len(parts.modules)


def test_no_name_is_imported_twice():
    script = whole_map().parts().script
    names = re.findall(r"import { (?:\w+ as )?(\w+) } from \"/static/geo/map/[\w-]+.js\";", script)
    assert len(names) == len(set(names)) == 5


def test_folium_brings_no_jquery_no_bootstrap_and_no_inline_style():
    parts = whole_map().parts()
    written = " ".join((*parts.styles, *parts.scripts, parts.html, parts.script))
    assert not re.search("jquery|bootstrap|awesome|user-scalable|style=|<style", written)


@pytest.mark.parametrize(
    "element",
    [
        HeatMap([[51.0, -1.0]]),
        Behaviour("f", "//cdn.example/x.js"),
        Behaviour("f", "geo/map/none.js"),
    ],
    ids=["plugin", "behaviour", "missing"],
)
def test_what_would_load_from_elsewhere_is_refused(element):
    drawn = BaseMap("trial", "Trial")
    element.add_to(drawn)
    with pytest.raises(UnknownAsset):
        drawn.parts()


def test_an_element_that_writes_into_the_head_is_refused():
    drawn = BaseMap("trial", "Trial")
    drawn.get_root().header.add_child(Element("<style>b { color: red }</style>"), name="red")
    with pytest.raises(UnknownAsset):
        drawn.parts()


def test_text_in_options_stays_text():
    parts = whole_map().parts()
    assert "</script>" not in parts.script
    assert "&lt;things&gt;" in parts.html
    assert "<things>" not in parts.html
