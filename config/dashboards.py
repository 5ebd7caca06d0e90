"""What apps add to the dashboards of areas and organisations, in the order of the page."""

from hubs.dashboards.conversation import talk_section
from hubs.dashboards.employers import promises_section
from hubs.dashboards.sections import Source

DASHBOARD_SECTIONS: tuple[Source, ...] = (promises_section, talk_section)
