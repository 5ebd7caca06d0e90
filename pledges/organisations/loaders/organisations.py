"""Load organisations from a register's file and what we know besides; place them by postcode."""

from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from geo.areas.models import Area
from geo.loaders import json_files
from geo.loaders.datasets import Report, loaded_version, remember
from pledges.organisations.loaders import details as details_file
from pledges.organisations.loaders import ods, placing
from pledges.organisations.loaders.details import Details
from pledges.organisations.loaders.ods import Entry
from pledges.organisations.models import FormerAddress, Organisation

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "organisations"
ORGANISATIONS, DETAILS = FOLDER / "organisations.csv", FOLDER / "details.csv"
BATCH = 1000
WRITTEN = ["name", "kind", "former_names", "site_names", "email_domains", "postcode"]
WRITTEN += ["district", "region", "location", "opened", "closed", "search_text"]


@dataclass
class Loading:
    """The state of one load: what stands there by code or slug, and the faults found so far."""

    kind: str
    known: dict[str, Organisation]
    slugs: set[str]
    faults: list[str] = field(default_factory=list)


def load(
    report: Report,
    path: Path = ORGANISATIONS,
    details: Path | None = None,
    *,
    kind: str = Organisation.Kind.OTHER,
    force: bool = False,
) -> bool:
    """Add or update a file's organisations; answer False if all is as it was loaded last.

    The file is in the layout of `ods.read`, `details` in that of `details.read`. `kind` is for
    organisations that are new and have no details. One that the file does not name stays. New
    postcodes in the gazetteer make the places out of date. Raises DataMissing, or DataRefused
    with each faulty line named; then everything is as before.
    """
    name = f"organisations: {path.name}"[:50]
    paths = (path, details) if details else (path,)
    version = f"{json_files.fingerprint(*paths)}; {placing.version()}"
    if not force and loaded_version(name) == version:
        report(f"Organisations: already loaded ({path.name}).")
        return False
    merged = _merged()
    entries = [entry for entry in ods.read(path) if entry.code not in merged]
    known_details = details_file.read(details) if details else {}
    with transaction.atomic():
        loading = _loading(kind)
        saved = _save_all(loading, entries, known_details, report)
        # What was merged into another is that one, for whom it succeeded and who followed it.
        loading.known = {**merged, **loading.known}
        _link(loading, known_details)
        if loading.faults:
            raise ods.refusal(details or path, loading.faults)
        moved = placing.bring_pledges_along(saved)
        remember(name, version, len(entries))
    unplaced = sum(organisation.location is None for organisation in saved)
    report(f"Organisations: {len(saved)} loaded, {unplaced} not on the map, {moved} moved.")
    return True


def _merged() -> dict[str, Organisation]:
    """Organisations by the codes and slugs of those that operators merged into them."""
    rows = FormerAddress.objects.select_related("organisation")
    return {row.word: row.organisation for row in rows}


def _loading(kind: str) -> Loading:
    known = {organisation.public_code: organisation for organisation in Organisation.objects.all()}
    return Loading(kind, known, {organisation.slug for organisation in known.values()})


def _save_all(
    loading: Loading, entries: list[Entry], known_details: dict[str, Details], report: Report
) -> list[Organisation]:
    """Write the file's organisations, a batch at a time, and answer them."""
    regions = {area.code: area for area in Area.objects.regions().without_boundaries()}
    saved: list[Organisation] = []
    for start in range(0, len(entries), BATCH):
        batch = entries[start : start + BATCH]
        found = placing.find({entry.postcode for entry in batch})
        made = []
        for entry in batch:
            organisation = _organisation(loading, entry, known_details)
            placing.place(organisation, entry, found.get(entry.postcode), regions)
            if entry.postcode not in found:
                postcode = entry.postcode or "none"
                report(f"  line {entry.line}: {entry.name}: its postcode ({postcode}) is unknown.")
            made.append(organisation)
        new = [organisation for organisation in made if organisation.pk is None]
        Organisation.objects.bulk_update([o for o in made if o.pk is not None], WRITTEN)
        Organisation.objects.bulk_create(new)
        loading.known.update((organisation.public_code, organisation) for organisation in new)
        saved += made
        report(f"Organisations: {len(saved):,} of {len(entries):,}")
    return saved


def _organisation(
    loading: Loading, entry: Entry, known_details: dict[str, Details]
) -> Organisation:
    """The organisation that stands there, or a new one, with all but its place from the files."""
    organisation = loading.known.get(entry.code or slugify(entry.name)[:100])
    if organisation is None:
        organisation = Organisation(code=entry.code or None, slug=_slug(loading, entry))
        organisation.kind = loading.kind
        loading.slugs.add(organisation.slug)
    details = known_details.get(organisation.public_code)
    if details:
        organisation.kind = details.kind
        organisation.former_names = details.former_names
        organisation.site_names = details.site_names
        organisation.email_domains = details.email_domains
    _rename(organisation, entry, keep_former=details is None)
    organisation.opened, organisation.closed = entry.opened, entry.closed
    organisation.search_text = organisation.words_to_search()
    return organisation


def _slug(loading: Loading, entry: Entry) -> str:
    slug = slugify(entry.name)[:100] or entry.code.lower()
    return f"{slug}-{entry.code.lower()}" if slug in loading.slugs else slug


def _rename(organisation: Organisation, entry: Entry, *, keep_former: bool) -> None:
    """Take the file's name. Where it is written in capitals, ours is spelled with more care."""
    same = organisation.name.casefold() == entry.name.casefold()
    if same and entry.shouted:
        return
    if organisation.name and not same and keep_former:
        former = [name for name in organisation.former_names if name != entry.name]
        organisation.former_names = list(dict.fromkeys([*former, organisation.name]))
    organisation.name = entry.name


def _link(loading: Loading, known_details: dict[str, Details]) -> None:
    """Make the links to successors those of the details, for the organisations they name."""
    wanted: set[tuple[int, int]] = set()
    named = {}
    for details in known_details.values():
        own = loading.known.get(details.key)
        if own is None:
            loading.faults.append(f"line {details.line}: no organisation is {details.key}")
            continue
        named[own.pk] = own
        for key in (*details.predecessors, *details.successors):
            other = loading.known.get(key)
            if other is None or other.pk == own.pk:
                loading.faults.append(f"line {details.line}: {key} is no other organisation")
            else:
                later = key in details.successors
                wanted.add((own.pk, other.pk) if later else (other.pk, own.pk))
    links = Organisation.successors.through.objects
    there = links.filter(Q(from_organisation__in=named) | Q(to_organisation__in=named))
    standing = {(link.from_organisation_id, link.to_organisation_id): link.pk for link in there}
    links.filter(pk__in=[pk for pair, pk in standing.items() if pair not in wanted]).delete()
    links.bulk_create(
        links.model(from_organisation_id=earlier, to_organisation_id=later)
        for earlier, later in sorted(wanted - set(standing))
    )
