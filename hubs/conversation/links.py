"""The signed link by which somebody says that they want no more mails of the conversation."""

from pledges.stopping import StopLink

STOP = StopLink("conversation.mails.stop")
