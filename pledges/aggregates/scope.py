"""What is added up: the whole site, a nation, a region, a district or an organisation."""

from dataclasses import dataclass

from django.db.models import Q

from geo.areas.models import Area
from geo.counts.ledger import of_area, unindexed
from geo.counts.models import Ledger
from pledges.organisations.models import Organisation

Dimension = Ledger.Dimension


@dataclass(frozen=True)
class Scope:
    """What is added up: the whole site, a nation, a region, a district or an organisation.

    `regions` are the keys of all regions for a district, which may lie in two of them.
    """

    area: Area | None = None
    organisation: Organisation | None = None
    regions: tuple[int, ...] = ()

    @classmethod
    def of(cls, subject: Area | Organisation | None) -> "Scope":
        if isinstance(subject, Organisation):
            return cls(organisation=subject)
        if subject is None or subject.kind == Area.Kind.REGION:
            return cls(subject, regions=(subject.pk,) if subject else ())
        regions = Area.objects.filter(kind=Area.Kind.REGION)
        if subject.kind == Area.Kind.NATION:
            regions = regions.filter(parent=subject)
        return cls(subject, regions=tuple(regions.order_by("pk").values_list("pk", flat=True)))

    @property
    def district(self) -> bool:
        return self.area is not None and self.area.kind == Area.Kind.DISTRICT

    @property
    def daily(self) -> bool:
        """Whether its facets are counted by day: those of areas but districts are."""
        return not (self.organisation or self.district)

    def plain(self) -> Q:
        """Entries by the flag and no other facet: of one place or, of a district, of few."""
        if self.organisation:
            return Q(dimension=Dimension.OWNER, within=0, place=self.organisation.pk)
        if self.district:
            return Q(dimension=Dimension.DISTRICT, within__in=self.regions, place=self.area.pk)
        return of_area(self.area, by_facet=False)

    def plain_by_district(self) -> Q:
        """The same of each place."""
        return self.plain() if self.district else Q(dimension=Dimension.DISTRICT) & self.within()

    def faceted(self) -> Q:
        """Entries by facet, of one place or, of a district, of few."""
        if self.organisation:
            return Q(dimension=Dimension.OWNER_FACET, within=0, place=self.organisation.pk)
        if self.district:
            return Q(
                dimension=Dimension.DISTRICT_FACET, within__in=self.regions, place=self.area.pk
            )
        return of_area(self.area, by_facet=True)

    def by_district(self) -> Q:
        """Entries by facet and by district."""
        if self.district:
            return self.faceted()
        return Q(dimension=Dimension.DISTRICT_FACET) & self.within()

    def within(self) -> Q:
        """Entries of districts within the regions."""
        if self.area is None:
            return Q()
        among = Q if len(self.regions) == 1 else unindexed
        return among(within__in=self.regions)

    def rows(self, to_pledge: str = "") -> Q:
        if self.organisation:
            return Q(**{f"{to_pledge}organisation": self.organisation})
        if self.district:
            return Q(**{f"{to_pledge}district": self.area})
        return Q(**{f"{to_pledge}region__in": self.regions}) if self.area else Q()
