from geo.models.areas import Area, AreaName, AreaPiece, Edition, Population, RegionException
from geo.models.bilingual import LocalName
from geo.models.builtfiles import BuiltFile
from geo.models.gazetteer import Dataset, Outcode, Place, PlaceName, Postcode, Sector
from geo.models.located import Located, LocatedQuerySet
from geo.models.news import News, NewsQuerySet
from geo.models.totals import Cell, Change, Cube, Fold, Ledger, Moved, Owner, Tally
from geo.models.uploads import Upload

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
    "Owner",
    "Place",
    "PlaceName",
    "Population",
    "Postcode",
    "RegionException",
    "Sector",
    "Tally",
    "Upload",
]
