"""The six staff pledges are data, in editions."""

from pledges.employers import loaders as loading
from pledges.employers.models.staff_pledges import StaffPledge


def test_the_six_come_in_order_and_a_newer_edition_takes_their_place(six):
    assert [pledge.number for pledge in six] == [1, 2, 3, 4, 5, 6]
    assert not loading.load(lambda words: None)
    newer = StaffPledge.objects.get(pk=six[0].pk)
    newer.pk, newer.edition, newer.name = None, 2030, "A better place"
    newer.save(force_insert=True)
    assert [pledge.name for pledge in StaffPledge.objects.current()] == ["A better place"]
    assert list(StaffPledge.objects.filter(edition=2013)) == six
