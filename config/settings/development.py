"""`make run`: the real server on this machine, over plain HTTP on the loopback address."""

from config.settings.base import *  # noqa: F403 - a settings module is its base plus what differs
