"""Each work, in the plainest way that the books of the two packages show."""

from django.contrib.gis.geos import Point
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import JsonResponse
from rest_framework.filters import SearchFilter
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework_gis.filters import (
    DistanceToPointOrderingFilter,
    InBBoxFilter,
)
from rest_framework_gis.pagination import GeoJsonPagination
from rest_framework_gis.serializers import GeoFeatureModelSerializer
from vectortiles.backends.postgis import VectorLayer
from vectortiles.views import MVTView

from peersite.models import District, Hub, Place, Pledge, Postcode, Spot, Summed


class SpotLayer(VectorLayer):
    model = Spot
    id = "pledges"
    geom_field = "geom"
    tile_fields = ("theme",)
    # As many points as tipg puts into a tile; without it a tile of the country has 150 MB.
    queryset_limit = 10_000


class Tile(MVTView):
    layer_classes = [SpotLayer]


def serializer_of(model_class: type, *left_out: str) -> type[GeoFeatureModelSerializer]:
    class Serializer(GeoFeatureModelSerializer):
        class Meta:
            model = model_class
            geo_field = "geom"
            fields = "__all__"

    return Serializer


class Pages(GeoJsonPagination):
    page_size = 100
    page_size_query_param = "limit"
    max_page_size = 200_000


class Items(ListAPIView):
    queryset = Pledge.objects.order_by("id")
    serializer_class = serializer_of(Pledge)
    pagination_class = Pages
    filter_backends = [InBBoxFilter]
    bbox_filter_field = "geom"


class Around(ListAPIView):
    """The district that holds a point."""

    serializer_class = serializer_of(District)

    def get_queryset(self):
        longitude, latitude = map(float, self.request.query_params["point"].split(","))
        return District.objects.filter(geom__contains=Point(longitude, latitude, srid=4326))


class Found(RetrieveAPIView):
    queryset = Postcode.objects.all()
    serializer_class = serializer_of(Postcode)


class Begun(ListAPIView):
    queryset = Place.objects.order_by("-population")
    serializer_class = serializer_of(Place)
    pagination_class = Pages
    filter_backends = [SearchFilter]
    search_fields = ["^name"]


class Nearest(ListAPIView):
    queryset = Hub.objects.all()
    serializer_class = serializer_of(Hub)
    pagination_class = Pages
    filter_backends = [DistanceToPointOrderingFilter]
    distance_ordering_filter_field = "geom"


def dashboard(request, region: int) -> JsonResponse:
    """The sums of a region, each by a GROUP BY of the ORM."""
    rows = Summed.objects.filter(region=region)
    themes = rows.values("theme").annotate(n=Count("id")).order_by("theme")
    kept = rows.values("done").annotate(n=Count("id")).order_by("done")
    who = rows.values("who", "i_am").annotate(n=Count("id")).order_by("who", "i_am")
    months = rows.annotate(month=TruncMonth("created")).values("month")
    organisations = rows.exclude(organisation=None).values("organisation").annotate(n=Count("id"))
    districts = rows.exclude(district=None).values("district").annotate(n=Count("id"))
    return JsonResponse(
        {
            "count": rows.count(),
            "themes": list(themes),
            "kept": list(kept),
            "who": list(who),
            "months": list(months.annotate(n=Count("id")).order_by("month")),
            "organisations": list(organisations.order_by("-n")[:10]),
            "districts": list(districts.order_by("-n")),
        }
    )
