"""What apps add to the dashboards of areas and organisations, in the order of the page."""

from hubs.dashboards.sections import Source

DASHBOARD_SECTIONS: tuple[Source, ...] = ()
