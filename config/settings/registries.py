"""What apps register with the layers below them, by dotted names; and what is audited."""

# Who is asked for a place, in this order; layers above geo register theirs here.
FINDERS = [
    "geo.geocoding.gazetteer.Gazetteer",
    "pledges.organisations.finders.Organisations",
    "hubs.hub.local.HubFinder",
    "geo.geocoding.remote.Remote",
]
# What apps above pledges ask people to confirm by mail: kind and what it means (see
# pledges.accounts.confirmation_kinds).
CONFIRMATIONS = {
    "event": "hubs.events.confirmation.PLACE",
    "steward": "hubs.hub.actions.INVITATION",
    "newsletter": "hubs.following.newsletter.NEWSLETTER",
    **{
        kind.lower(): f"hubs.conversation.confirmation.{kind}"
        for kind in ("POST", "REPLY", "SUPPORT", "FOLLOW")
    },
}
# Whose words a misspelt one may have meant (pledges.feed.spelling).
LEARNED_FROM = ["pledges.Pledge", "conversation.Post"]
# Sources of what staff talk about, for their employer's reports (employers.reports.staff_topics).
STAFF_VOICES: list[str] = ["hubs.conversation.topics.staff_topics.staff_voice"]
# What apps above pledges keep of people (pledges.accounts.personal_data).
KEEPERS: list[str] = [
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
]
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
# What people may bookmark, and what they may rate and comment on (pledges.ratable).
BOOKMARKED = [
    f"hubs.following.ratable.{name}" for name in ("PLEDGE", "POST", "RESOURCE", "EVENT", "PRACTICE")
]
RATED = ["hubs.following.ratable.RESOURCE", "hubs.following.ratable.PRACTICE"]
# What layers above pledges publish and tell of live (geo.live.feeds).
FEEDS = [
    "pledges.published.ORGANISATIONS_FEED",
    "pledges.employers.published.ADOPTIONS_FEED",
    "pledges.employers.published.ACTIONS_FEED",
    "hubs.hub.published.HUBS_FEED",
    "hubs.hub.published.EVENTS_FEED",
    "hubs.conversation.models.SPEC",
    "hubs.conversation.models.REPLIES",
]
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
