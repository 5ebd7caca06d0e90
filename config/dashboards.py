"""What apps add to the dashboards of areas and organisations, in the order of the page."""

from hubs.dashboards.sections import Source
from hubs.promises import promises_section
from hubs.talk import talk_section

DASHBOARD_SECTIONS: tuple[Source, ...] = (promises_section, talk_section)
