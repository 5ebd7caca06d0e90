"""What apps add to the dashboards of areas and organisations, in the order of the page."""

from hubs.dashboards.conversation import conversation_section
from hubs.dashboards.dashboard import Source
from hubs.dashboards.employers import employers_section

DASHBOARD_SECTIONS: tuple[Source, ...] = (employers_section, conversation_section)
