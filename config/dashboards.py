"""What apps add to the dashboards of areas and organisations, in the order of the page."""

from hubs.dashboards.conversation import talk_section
from hubs.dashboards.dashboard import Source
from hubs.dashboards.employers import promises_section

DASHBOARD_SECTIONS: tuple[Source, ...] = (promises_section, talk_section)
