"""What apps add to the pages of pledges and organisations, in the order of the page."""

from hubs.events.sections import event_section
from hubs.sections import hub_section

SECTIONS = (hub_section, event_section)
