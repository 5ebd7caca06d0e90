"""Every model of the app, from the rooms where they stand, so that Django finds them."""

from geo.areas.models import Area, AreaName, AreaPiece, Edition, Population, RegionException
from geo.core.bilingual import LocalName
from geo.core.located import Located, LocatedQuerySet
from geo.counts.models import Cell, Change, Cube, Fold, Ledger, Moved
from geo.geocoding.models import Dataset, Outcode, Place, PlaceName, Postcode, Sector
from geo.live.models import News, NewsQuerySet
from geo.ogcapi.export.models import BuiltFile
from geo.uploads.models import Upload

__all__ = [
    "Area",
    "AreaName",
    "AreaPiece",
    "BuiltFile",
    "Cell",
    "Change",
    "Cube",
    "Dataset",
    "Edition",
    "Fold",
    "Ledger",
    "LocalName",
    "Located",
    "LocatedQuerySet",
    "Moved",
    "News",
    "NewsQuerySet",
    "Outcode",
    "Place",
    "PlaceName",
    "Population",
    "Postcode",
    "RegionException",
    "Sector",
    "Upload",
]
