"""What apps add to the pages of pledges and organisations, in the order of the page."""

from hubs.sections import local_hubs

SECTIONS = (local_hubs,)
