"""Merging two organisations that are one, with all that points at either."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.db.models.fields.related import ForeignObjectRel
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from geo.core.errors import BadParameter
from pledges.accounts.audit import note
from pledges.accounts.models import User
from pledges.organisations.models import FormerAddress, Organisation
from pledges.pledging.models import Pledge


@dataclass(frozen=True)
class Moved:
    """How many rows of one table point at the organisation that goes."""

    what: str | Promise
    number: int


def preview(gone: Organisation) -> list[Moved]:
    """What a merge would move, table by table, without those that have nothing."""
    found = (Moved(_name(rel), _pointing(rel, gone).count()) for rel in _relations())
    return [moved for moved in found if moved.number]


def _name(rel: ForeignObjectRel) -> str | Promise:
    """What points at an organisation, in the words of operators."""
    if rel.related_model._meta.auto_created:
        return _("its successors") if rel.field.name.startswith("from_") else _("its predecessors")
    return rel.related_model._meta.verbose_name_plural


@transaction.atomic
def merge(gone: Organisation, kept: Organisation, person: User) -> int:
    """Give all that is one organisation's to another, and delete it; return how many pledges.

    Pledges shown at the organisation move to the place of the one that is kept, if it has any.
    The code and slug of the other lead there, and its names find it; loading a register again
    does not bring it back. The counts follow with the next fold. Raises PermissionDenied but for
    an operator, BadParameter for an organisation and itself.
    """
    if not person.is_operator:
        raise PermissionDenied
    if gone.pk == kept.pk:
        raise BadParameter("organisation", str(_("an organisation cannot be merged into itself")))
    # In the order of their keys, so that two merges at once wait for each other.
    rows = Organisation.objects.select_for_update().filter(pk__in=[gone.pk, kept.pk])
    both = {row.pk: row for row in rows.order_by("pk")}
    gone, kept = both[gone.pk], both[kept.pk]
    numbers = {str(moved.what): moved.number for moved in preview(gone)}
    pledges = _move_pledges(gone, kept)
    for rel in _relations():
        _move(rel, gone, kept)
    words = [word for word in (gone.code, gone.slug) if word]
    _learn(kept, gone)
    FormerAddress.objects.bulk_create(
        [FormerAddress(word=word, organisation=kept) for word in words],
        update_conflicts=True,
        unique_fields=["word"],
        update_fields=["organisation"],
    )
    note(kept, "merged", name=gone.name, addresses=words, **numbers)
    gone.delete()
    return pledges


def _relations() -> list[ForeignObjectRel]:
    """All foreign keys of all apps to an organisation; those of pledges first."""
    found = [
        rel
        for rel in Organisation._meta.get_fields(include_hidden=True)
        if isinstance(rel, ForeignObjectRel) and (rel.one_to_many or rel.one_to_one)
    ]
    return sorted(found, key=lambda rel: rel.related_model is not Pledge)


def _pointing(rel: ForeignObjectRel, organisation: Organisation):
    return rel.related_model._base_manager.filter(**{rel.field.name: organisation})


def _move_pledges(gone: Organisation, kept: Organisation) -> int:
    theirs = Pledge.objects.filter(organisation=gone)
    shown = theirs.filter(show=Pledge.Show.ORGANISATION)
    moved = 0
    if kept.location:
        place = {"location": kept.location, "district": kept.district, "region": kept.region}
        moved = shown.update(organisation=kept, **place)
    return moved + theirs.update(organisation=kept)


def _move(rel: ForeignObjectRel, gone: Organisation, kept: Organisation) -> None:
    """Point the rows of a table at the one that is kept; what it has already is not doubled."""
    for row in _pointing(rel, gone):
        if not _moved(row, rel.field.name, kept):
            row.delete()


def _moved(row: Model, name: str, kept: Organisation) -> bool:
    keys = [f.name for f in row._meta.fields if f.related_model is Organisation and f.name != name]
    if any(getattr(row, f"{key}_id") == kept.pk for key in keys):
        return False  # it would be its own successor
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{name: kept})
    except IntegrityError:
        return False
    return True


def _learn(kept: Organisation, gone: Organisation) -> None:
    """Let the one that is kept be found by the other's names, and known by its domains."""
    former = [*kept.former_names, gone.name, *gone.former_names]
    kept.former_names = [name for name in dict.fromkeys(former) if name != kept.name]
    kept.site_names = list(dict.fromkeys([*kept.site_names, *gone.site_names]))
    kept.email_domains = list(dict.fromkeys([*kept.email_domains, *gone.email_domains]))
    kept.save(update_fields=["former_names", "site_names", "email_domains", "search_text"])
