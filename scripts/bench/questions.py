"""Questions that readers ask, drawn at random: filters, tiles, points and postcodes."""

import calendar
import datetime
import math
import random

from django.db.models import Max, Min

from geo.areas.models import Area
from geo.geocoding.models import Postcode
from geo.tiles.grid import Tile
from pledges.filters import I_AM, STATUS, WHO
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge, Theme

WORDS = ["ask", "tea", "discharge", "pharmacists", "every patient", '"within reach"', "night -ward"]
WORDS += ["tea ward", "lights or voices", "chat every visitor"]
COUNTED = ("theme", "who", "i_am", "status", "months")
READ = ("organisation", "area", "days", "q")
ZOOMS = range(5, 18)


class Questions:
    """Draws from what the database holds; the same seed draws the same questions."""

    def __init__(self, seed: int = 2014) -> None:
        self.random = random.Random(seed)  # noqa: S311 - repeatable, and no secret
        self.themes = list(Theme.objects.values_list("slug", flat=True))
        self.areas = list(Area.objects.current().values_list("code", flat=True))
        busy = Organisation.objects.filter(pledges__public=True).distinct().order_by("pk")
        self.organisations = [found.public_code for found in busy]
        span = Pledge.objects.public().aggregate(
            first=Min("day"), last=Max("day"), lowest=Min("id"), highest=Max("id")
        )
        if span["lowest"] is None:
            raise SystemExit("There are no pledges to ask about; load some with seed_demo.")
        self.first, self.last = span["first"], span["last"]
        self.keys = span["lowest"], span["highest"]

    def counted(self) -> dict[str, str]:
        """Return filters of which counts are stored: facets and whole months, at least one."""
        chosen = [name for name in COUNTED if self.random.random() < 0.4]
        return self._values(chosen or [self.random.choice(COUNTED)])

    def read(self) -> dict[str, str]:
        """Return filters for which rows must be read, together with some of the others."""
        chosen = [name for name in COUNTED if self.random.random() < 0.3]
        return self._values(chosen) | self._values([self.random.choice(READ)])

    def period(self, kind: str) -> dict[str, str]:
        """Return filters of time alone: `months` are whole, `days` any."""
        return self._values([kind])

    def tile(self) -> Tile:
        """Return a tile that holds a pledge, of a zoom drawn first."""
        point = None
        while point is None:
            key = self.random.randint(*self.keys)
            rows = Pledge.objects.public().on_map().filter(pk__gte=key).order_by("pk")
            point = rows.values_list("location", flat=True).first()
        return tile_at(self.random.choice(ZOOMS), point.x, point.y)

    def postcodes(self, number: int) -> list[Postcode]:
        """Return live postcodes from all over the country, in no order."""
        letters = [self.random.choice("ABCDEGHKLMNOPRSTUW") for _ in range(number)]
        found: list[Postcode] = []
        for letter in letters:
            start = f"{letter}{self.random.choice('ABDEHLNRST')}{self.random.randint(1, 20)}"
            after = Postcode.objects.filter(code__gte=start, live=True).order_by("code")
            found += after[:1]
        return found

    def _values(self, names: list[str]) -> dict[str, str]:
        values: dict[str, str] = {}
        for name in names:
            values |= getattr(self, f"_{name}")()
        return values

    def _some(self, words: list[str]) -> str:
        return ",".join(self.random.sample(words, self.random.randint(1, min(3, len(words)))))

    def _theme(self) -> dict[str, str]:
        return {"theme": self._some(self.themes)}

    def _who(self) -> dict[str, str]:
        return {"who": self._some(list(WHO))}

    def _i_am(self) -> dict[str, str]:
        return {"i_am": self._some(list(I_AM))}

    def _status(self) -> dict[str, str]:
        return {"status": self.random.choice(list(STATUS))}

    def _organisation(self) -> dict[str, str]:
        return {"organisation": self.random.choice(self.organisations)}

    def _area(self) -> dict[str, str]:
        return {"area": self.random.choice(self.areas)}

    def _q(self) -> dict[str, str]:
        return {"q": self.random.choice(WORDS)}

    def _day(self) -> datetime.date:
        return self.first + datetime.timedelta(
            self.random.randint(0, (self.last - self.first).days)
        )

    def _days(self) -> dict[str, str]:
        since, until = sorted((self._day(), self._day()))
        return {"since": since.isoformat(), "until": until.isoformat()}

    def _months(self) -> dict[str, str]:
        since, until = sorted((self._day(), self._day()))
        end = calendar.monthrange(until.year, until.month)[1]
        return {
            "since": since.replace(day=1).isoformat(),
            "until": until.replace(day=end).isoformat(),
        }


def tile_at(z: int, longitude: float, latitude: float) -> Tile:
    """Return the tile of the grid that holds the point."""
    height = math.asinh(math.tan(math.radians(latitude)))
    column = int((longitude + 180) / 360 * (1 << z))
    row = int((1 - height / math.pi) / 2 * (1 << z))
    return Tile.at(z, column, row)
