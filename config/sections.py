"""What apps add to the pages of pledges and organisations, in the order of the page."""

from hubs.sections import hub_section

SECTIONS = (hub_section,)
