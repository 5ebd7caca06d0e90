"""What apps add to the pages of pledges and organisations, in the order of the page."""

from hubs.conversation.sections import PostSource, posts_section
from hubs.dashboards.links import dashboard_section
from hubs.events.discussions import events_of_post
from hubs.events.sections import event_section
from hubs.following.bookmarks import button
from hubs.following.comments import bookmark_section, said_section
from hubs.following.ratable import PLEDGE, POST
from hubs.hub.sections import events_section, hub_section, resources_section
from pledges.employers.sections import ActionSource, employer_section, survey_section

SECTIONS = (
    *(button(PLEDGE), employer_section, survey_section, hub_section),
    *(event_section, posts_section, dashboard_section),
)
# The same on the page of a hub.
HUB_SECTIONS = (events_section, resources_section)
# The same on the page of a post.
POST_SECTIONS: tuple[PostSource, ...] = (button(POST), events_of_post)
# The same on the page of an employer's action.
ACTION_SECTIONS: tuple[ActionSource, ...] = (bookmark_section, said_section)
