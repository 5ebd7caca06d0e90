"""What apps register with the layers below them, by dotted names; and what is audited.

`geo.core.registry.registered` reads these. The order is that of the page, the answer or the search.
"""

REGISTRIES = {
    # Public datasets, each a `geo.ogcapi.layers.Layer`: read by the tiles and the API.
    "LAYERS": [
        "pledges.published.PLEDGES",
        "hubs.conversation.published.POSTS",
        "pledges.published.ORGANISATIONS",
        "hubs.hub.published.HUBS",
        "hubs.events.published.EVENTS",
        "pledges.employers.published.ADOPTIONS",
        "pledges.employers.published.ACTIONS",
        "pledges.employers.published.FINDINGS",
        "geo.areas.published.DISTRICTS",
        "geo.areas.published.REGIONS",
    ],
    # What is published live beside pledges, each a `geo.counts.spec.Feed` or `Spec`: read by
    # `geo.live.sources`.
    "NEWS_SOURCES": [
        "pledges.published.ORGANISATIONS_NEWS",
        "pledges.employers.published.ADOPTIONS_NEWS",
        "pledges.employers.published.ACTIONS_NEWS",
        "hubs.hub.published.HUBS_NEWS",
        "hubs.hub.published.EVENTS_NEWS",
        "hubs.conversation.models.SPEC",
        "hubs.conversation.models.REPLIES",
    ],
    # Sources of places, each a subclass of `geo.geocoding.finder.Finder`: read by
    # `geo.geocoding.chain`.
    "FINDERS": [
        "geo.geocoding.gazetteer.Gazetteer",
        "pledges.organisations.finders.Organisations",
        "hubs.hub.local.HubFinder",
        "geo.geocoding.remote.Remote",
    ],
    # Parts of pages, each a function from what the page is about to a `Section` or None: read by
    # `pledges.sections.sections`. The first registry is of pledges and of organisations.
    "PLEDGE_SECTIONS": [
        "hubs.following.bookmarks.PLEDGE_BUTTON",
        "pledges.employers.sections.employer_section",
        "pledges.employers.sections.survey_section",
        "hubs.hub.sections.hub_section",
        "hubs.events.sections.event_section",
        "hubs.conversation.sections.posts_section",
        "hubs.dashboards.links.dashboard_section",
    ],
    "ACTION_SECTIONS": [
        "hubs.following.comments.bookmark_section",
        "hubs.following.comments.feedback_section",
    ],
    "POST_SECTIONS": [
        "hubs.following.bookmarks.POST_BUTTON",
        "hubs.events.sections.post_section",
    ],
    "HUB_SECTIONS": [
        "hubs.hub.sections.events_section",
        "hubs.hub.sections.resources_section",
    ],
    # Parts of dashboards, each a `hubs.dashboards.dashboard.Source`: read by its `build`.
    "DASHBOARD_SECTIONS": [
        "hubs.dashboards.employers.employers_section",
        "hubs.dashboards.conversation.conversation_section",
    ],
    # Topics that staff talk about, each a `pledges.employers.reports.staff_topics.Source`: read
    # there, for board reports.
    "STAFF_TOPICS": ["hubs.conversation.topics.staff_topics.staff_voice"],
    # What readers report and moderators decide about, each a `pledges.moderation.kinds.Kind`: read
    # by the functions there.
    "MODERATED": [
        "pledges.moderation.subjects.PLEDGE",
        "pledges.moderation.subjects.STORY",
        "pledges.moderation.subjects.MESSAGE",
        "hubs.conversation.moderated.POST",
        "hubs.conversation.moderated.REPLY",
        "hubs.following.moderated.COMMENT",
    ],
    # What people confirm by mail beside pledges, each of the class in
    # `pledges.accounts.confirmation_kinds`: read there, by its `kind`.
    "CONFIRMATIONS": [
        "hubs.events.confirmation.PLACE",
        "hubs.hub.actions.INVITATION",
        "hubs.following.newsletter.NEWSLETTER",
        "hubs.conversation.confirmation.POST",
        "hubs.conversation.confirmation.REPLY",
        "hubs.conversation.confirmation.SUPPORT",
        "hubs.conversation.confirmation.FOLLOW",
    ],
    # Personal data, each a subclass of `pledges.accounts.personal_data.Keeper`: read there.
    "KEEPERS": [
        "hubs.following.personal_data.MyChangemap",
        "pledges.moderation.personal_data.Decisions",
        "pledges.moderation.personal_data.Messages",
        "hubs.events.personal_data.Events",
        "hubs.hub.personal_data.Teams",
        "hubs.hub.personal_data.Messages",
        "hubs.hub.personal_data.Invitations",
        "hubs.hub.personal_data.Resources",
        "hubs.conversation.personal_data.Conversation",
        "pledges.employers.personal_data.Employers",
    ],
    # Models in whose public text a misspelt word is looked for, each with `text`, `public` and
    # `created_at`: read by `pledges.feed.spelling`.
    "SPELLING": ["pledges.pledging.models.Pledge", "hubs.conversation.models.posts.Post"],
    # What people may bookmark, and what they may rate and comment on, each a
    # `pledges.ratable.Thing`: read by `hubs.following.ratable`.
    "BOOKMARKED": [
        "hubs.following.ratable.PLEDGE",
        "hubs.following.ratable.POST",
        "hubs.following.ratable.RESOURCE",
        "hubs.following.ratable.EVENT",
        "hubs.following.ratable.PRACTICE",
    ],
    "RATED": ["hubs.following.ratable.RESOURCE", "hubs.following.ratable.PRACTICE"],
}

# What the worker runs, `every` so many seconds or daily `at` an hour in London: see
# pledges.jobs.scheduler.
JOBS = {
    "reminders": {"run": "pledges.reminders.actions.remind", "at": 8},
    "newsletter": {"run": "hubs.following.newsletter.queue_newsletters", "at": 8},
    "digests of the conversation": {"run": "hubs.conversation.digest.queue_digests", "at": 8},
    "digests of employers": {"run": "pledges.employers.digest.queue_digests", "at": 8},
    "reminders of events": {"run": "hubs.events.mail_tasks.queue_reminders", "every": 30},
    "forgetting": {"run": "pledges.accounts.retention.forget", "every": 3600},
    "words of searches": {"run": "pledges.feed.spelling.learn", "every": 3600},
    "common words": {"run": "pledges.word_bitmaps.store.choose", "every": 3600},
    "authors": {"run": "pledges.counts.authors.count_authors", "every": 3600},
    "topics of the conversation": {
        "run": "hubs.conversation.topics.terms.count_all",
        "every": 3600,
    },
    "rising posts": {"run": "hubs.conversation.feed.rising.refresh", "every": 3600},
    "comments on what is gone": {
        "run": "hubs.following.personal_data.remove_orphans",
        "every": 3600,
    },
}
# What operators and stewards change is written down, with who did; never text that people wrote,
# addresses or secrets. Writes past `save` (settling, merging) write their own rows.
AUDITLOG_INCLUDE_TRACKING_MODELS = [
    {"model": "pledges.Grant"},
    {"model": "pledges.User", "include_fields": ["is_active"]},
    {"model": "pledges.Organisation", "exclude_fields": ["search_text", "morton"]},
    {"model": "pledges.Theme"},
    {"model": "pledges.ChangeDay"},
    {"model": "pledges.Case", "include_fields": ["outcome", "decided_at"]},
    {"model": "pledges.Decision", "include_fields": ["outcome", "ground", "decided_by"]},
    {"model": "pledges.Story", "include_fields": ["held_at", "hidden_at"]},
    {"model": "hubs.Comment", "include_fields": ["held_at", "hidden_at"]},
    {"model": "hubs.Hub", "exclude_fields": ["morton"], "m2m_fields": ["areas"]},
    {"model": "hubs.Event", "include_fields": ["title", "status", "hub", "starts_at", "capacity"]},
    {"model": "hubs.Invitation", "include_fields": ["hub", "accepted_at", "revoked_at"]},
    {"model": "hubs.Resource", "exclude_fields": ["words", "public", "changed_at"]},
    {"model": "conversation.Theme"},
    {"model": "conversation.Heard"},
    {"model": "employers.StaffPledge"},
    {"model": "employers.IndicatorSet"},
    {"model": "employers.Indicator"},
    {"model": "employers.Adoption", "exclude_fields": ["approved_at"]},
    {"model": "employers.Values", "include_fields": ["approved_at"]},
    {
        "model": "employers.Action",
        "include_fields": ["title", "status", "start", "due", "good_practice"],
    },
    {"model": "employers.Evidence", "include_fields": ["title", "link"]},
    {"model": "employers.Proposal", "include_fields": ["kind", "target", "removes", "state"]},
    {"model": "employers.BoardReport", "include_fields": ["year", "quarter", "edition"]},
    {"model": "mfa.Authenticator", "include_fields": ["type"]},
]
