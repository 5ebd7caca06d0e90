"""The collections of the API about employers: adoptions, actions and findings of the survey."""

from typing import TypeVar

from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from geo.counts.spec import NewsSource
from geo.ogcapi.layers import Layer
from pledges.employers.filters import (
    ActionFilters,
    EmployerFilters,
    FindingFilters,
    action_parameters,
    finding_parameters,
    parameters,
)
from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption
from pledges.employers.models.survey import Change, Finding
from pledges.employers.serializers import ActionSerializer, AdoptionSerializer, FindingSerializer

ADOPTIONS_NEWS = NewsSource(layer=23, collection="adoptions")
ACTIONS_NEWS = NewsSource(layer=24, collection="actions")
SHAPES = ("boundary", "boundary_low")
Row = TypeVar("Row", bound=Model)
LICENCE = (_("Data sources and licences"), "/data/")


def _placed(rows: QuerySet[Row], *also: str) -> QuerySet[Row]:
    """With the employer and its areas, without their boundaries, in the same query."""
    areas = [f"organisation__{area}" for area in ("district", "region")]
    boundaries = [f"{area}__{shape}" for area in areas for shape in SHAPES]
    return rows.select_related("organisation", *areas, *also).defer(*boundaries)


def adoptions() -> QuerySet[Adoption]:
    return _placed(Adoption.objects.all(), "pledge")


def actions() -> QuerySet[Action]:
    return _placed(Action.objects.all()).defer("words").prefetch_related("pledges")


def findings() -> QuerySet[Finding]:
    """Annotated with the `verdict` on the change on the year before."""
    change = Change.objects.filter(
        organisation=OuterRef("organisation"),
        year=OuterRef("year"),
        indicator=OuterRef("indicator"),
    )
    rows = _placed(Finding.objects.all(), "indicator__set", "indicator__pledge")
    return rows.annotate(verdict=Subquery(change.values("verdict")[:1]))


ADOPTIONS = Layer(
    name="adoptions",
    title=_("Staff pledges adopted"),
    description=_(
        "Which employers adopted which of the six staff pledges, since when, and the role of who "
        "answers for it on the board. The geometry is the employer's place."
    ),
    rows=adoptions,
    serializer=AdoptionSerializer,
    filters=EmployerFilters,
    parameters=parameters,
    followed=True,
    demo=lambda: Adoption.objects.filter(organisation__demo=True).exists(),
    attribution=_("The employers."),
    licence=LICENCE,
)
ACTIONS = Layer(
    name="actions",
    title=_("Actions of employers"),
    description=_(
        "What employers do about the six staff pledges, as approved for publication. The geometry "
        "is the employer's place."
    ),
    rows=actions,
    serializer=ActionSerializer,
    filters=ActionFilters,
    parameters=action_parameters,
    followed=True,
    demo=lambda: Action.objects.filter(organisation__demo=True).exists(),
    attribution=_("The employers."),
    licence=LICENCE,
)
FINDINGS = Layer(
    name="findings",
    title=_("Findings of the staff survey"),
    description=_(
        "What the staff of each employer answered in a year: percentages from 0 to 100 or scores, "
        "how many answered, 95 % confidence limits where given, and the change on the year before. "
        "What the source withholds, and all figures of fewer than eleven answers, are null."
    ),
    rows=findings,
    serializer=FindingSerializer,
    filters=FindingFilters,
    parameters=finding_parameters,
    demo=lambda: Finding.objects.filter(organisation__demo=True).exists(),
    attribution=_("The source of each edition of the survey is named on the pages of employers."),
    licence=LICENCE,
)
