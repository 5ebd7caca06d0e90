"""The signed link by which somebody says that they want no more mails about an employer's page."""

from pledges.stopping import StopLink

STOP = StopLink("employers.mails.stop")
