"""What apps register with the layers below them, by dotted names; and what is audited."""

# Who is asked for a place, in this order; layers above geo register theirs here.
FINDERS = [
    "geo.geocoding.gazetteer.Gazetteer",
    "pledges.finders.Organisations",
    "hubs.finders.Hubs",
    "geo.geocoding.remote.Remote",
]
# What apps above pledges ask people to confirm by mail: kind and what it means (pledges.asking).
CONFIRMATIONS = {
    "event": "hubs.events.confirming.PLACE",
    "steward": "hubs.actions.team.INVITATION",
    "newsletter": "hubs.mine.confirming.NEWSLETTER",
    **{
        kind.lower(): f"hubs.conversation.confirming.{kind}"
        for kind in ("POST", "REPLY", "SUPPORT", "FOLLOW")
    },
}
# Whose words a misspelt one may have meant (pledges.wall.spelling).
LEARNED_FROM = ["pledges.Pledge", "conversation.Post"]
# Who tells what staff of an employer talk about, for its reports (pledges.employers.reports.voice).
STAFF_VOICES: list[str] = ["hubs.conversation.voice.staff_voice"]
# What apps above pledges keep of people, and do in the background (pledges.keeping).
KEEPERS: list[str] = [
    "hubs.mine.keeping.MyChangemap",
    "pledges.moderation.keepers.Decisions",
    "pledges.moderation.keepers.Messages",
    "hubs.events.keeping.Events",
    "hubs.keeping.Teams",
    "hubs.keeping.Messages",
    "hubs.keeping.Invitations",
    "hubs.keeping.Resources",
    "hubs.conversation.keeping.Conversation",
    "pledges.employers.keeping.Employers",
]
# What people may bookmark, and what they may rate and comment on (pledges.things).
BOOKMARKED = [
    f"hubs.mine.things.{name}" for name in ("PLEDGE", "POST", "RESOURCE", "EVENT", "PRACTICE")
]
RATED = ["hubs.mine.things.RESOURCE", "hubs.mine.things.PRACTICE"]
# What layers above pledges publish and tell of live (geo.live.feeds).
FEEDS = [
    "pledges.feeds.ORGANISATIONS",
    "pledges.employers.feeds.ADOPTIONS",
    "pledges.employers.feeds.ACTIONS",
    "hubs.feeds.HUBS",
    "hubs.feeds.EVENTS",
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
