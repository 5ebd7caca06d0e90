"""Loading boundaries: shapes in, areas with names and pieces out, all or nothing."""

import datetime

import pytest
from django.contrib.gis.geos import MultiPolygon, Point
from django.core.management import CommandError

from geo.areas.models import Area, AreaName, AreaPiece, Edition
from geo.loaders import boundaries, boundary_files
from tests.geo.conftest import shape
from tests.geo.loaders.square_areas import box, by_parent, feature, load


@pytest.mark.django_db
class TestAreas:
    def test_a_point_is_found_in_its_area(self, write):
        load(
            write(
                feature("A1", "Alder", box(-2, 51, -1, 52)),
                feature("B1", "Birch", box(-1, 51, 0, 52)),
            )
        )
        assert Area.objects.containing(Point(-1.5, 51.5, srid=4326)).get().code == "A1"
        assert Area.objects.containing(Point(-0.5, 51.5, srid=4326)).get().code == "B1"
        assert not Area.objects.containing(Point(-0.5, 52.5, srid=4326)).exists()

    def test_pieces_have_128_vertices_at_most_and_cover_the_area(self):
        ring = Point(-1.5, 51.5, srid=4326).buffer(0.4, quadsegs=500)
        edition = boundaries.edition("rings", datetime.date(2025, 4, 1))
        drawn = shape("A1", "Alder", "", "", (0, 0, 1, 1))
        many = boundary_files.Shape(
            **{**drawn.__dict__, "boundary": MultiPolygon(ring, srid=4326), "boundary_low": None}
        )
        boundaries.save("district", edition, [many], str)
        pieces = [piece.shape for piece in AreaPiece.objects.all()]
        assert len(pieces) > 10
        assert max(piece.num_coords for piece in pieces) <= 128
        assert sum(piece.area for piece in pieces) == pytest.approx(ring.area)

    def test_the_same_file_again_changes_nothing(self, write):
        path = write(feature("A1", "Alder", box(-2, 51, -1, 52)))
        load(path)
        before = Area.objects.get()
        load(path)
        after = Area.objects.get()
        assert (before.pk, before.boundary) == (after.pk, after.boundary)
        assert (AreaPiece.objects.count(), AreaName.objects.count()) == (1, 1)

    def test_a_newer_edition_keeps_rows_ends_areas_and_adds_others(self, write):
        load(
            write(
                feature("A1", "Alder", box(-2, 51, -1, 52)),
                feature("B1", "Birch", box(-1, 51, 0, 52)),
            )
        )
        alder = Area.objects.get(code="A1").pk
        newer = write(
            feature("A1", "Alderham", box(-2, 51, -1, 52)),
            feature("C1", "Cedar", box(-1, 51, 0, 52)),
        )
        load(newer, slug="2026-04", day="2026-04-01")
        assert Area.objects.get(pk=alder).name == "Alderham"
        assert Area.objects.get(code="B1").ended == datetime.date(2026, 4, 1)
        assert Area.objects.containing(Point(-0.5, 51.5, srid=4326)).get().code == "C1"
        assert set(Area.objects.districts().values_list("code", flat=True)) == {"A1", "C1"}

    def test_an_older_edition_is_refused(self, write):
        path = write(feature("A1", "Alder", box(-2, 51, -1, 52)))
        load(path, slug="2026-04", day="2026-04-01")
        with pytest.raises(CommandError, match="2026-04"):
            load(path)
        assert Edition.objects.get().slug == "2026-04"

    def test_a_bad_file_changes_nothing(self, write):
        load(write(feature("A1", "Alder", box(-2, 51, -1, 52))))
        bad = write(
            feature("B1", "Birch", box(-2, 51, -1, 52)), feature("C1", "", [-2, 51], "Point")
        )
        with pytest.raises(CommandError, match="C1"):
            load(bad, slug="2026-04", day="2026-04-01")
        assert list(Area.objects.values_list("code", "ended")) == [("A1", None)]
        assert Edition.objects.count() == 1

    def test_parents_are_named_by_a_column_or_found_by_geometry(self, write):
        edition = boundaries.edition("regions", datetime.date(2025, 4, 1))
        regions = [
            shape("R1", "West", "", "", (-2, 51, -1, 52)),
            shape("R2", "East", "", "", (-1, 51, 0, 52)),
        ]
        boundaries.save("region", edition, regions, str)
        path = write(
            feature("A1", "Alder", box(-2, 51, -1, 52), of="R2"),
            feature("B1", "Birch", box(-1, 51, 0, 52), of="R1"),
        )
        load(path)
        assert by_parent() == {"A1": "R1", "B1": "R2"}
        load(path, parent="of")
        assert by_parent() == {"A1": "R2", "B1": "R1"}
        load(path)
        assert by_parent() == {"A1": "R2", "B1": "R1"}, "without a column they stay"

    def test_an_unknown_parent_is_refused(self, write):
        path = write(feature("A1", "Alder", box(-2, 51, -1, 52), of="R9"))
        with pytest.raises(CommandError, match="R9"):
            load(path, parent="of")
        assert not Area.objects.exists()

    def test_names_are_searched_in_both_orders_and_languages(self, write):
        path = write(feature("A1", "Bristol, City of", box(-2, 51, -1, 52), cy="Dinas Bryste"))
        load(path, name_cy="cy")
        assert set(AreaName.objects.values_list("text", flat=True)) == {
            *("bristol", "bristol city of", "city of bristol", "dinas bryste"),
        }

    @pytest.mark.parametrize("missing", ["kind", "edition", "valid_from"])
    def test_what_an_edition_needs_is_asked_for(self, write, missing):
        path = write(feature("A1", "Alder", box(-2, 51, -1, 52)))
        with pytest.raises(CommandError, match=missing.replace("_", "-")):
            load(path, **{missing: None})
