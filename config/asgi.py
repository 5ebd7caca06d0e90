"""The server's entry: Django in a fixed set of threads, inside one ASGI application.

Each thread keeps its own database connection; Django's own ASGI handler could not keep any, and
a new PostGIS session costs more than most answers. Tiles that were answered before need
neither (see `config.server.response_cache`). Downloads of whole collections have threads
of their own (see `config.server.downloads`); listeners to live news need none (see
`config.server.live`).
"""

import os

from config.env import text
from config.server import live
from config.server.counts_state import Counts
from config.server.downloads import BulkMiddleware, takes_long
from config.server.response_cache import Keeping
from config.server.wsgi_bridge import Answering
from config.wsgi import application as django_application

THREADS = int(text("SERVER_THREADS", "8"))
DOWNLOADS = int(text("DOWNLOADS", "3"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
_django = Keeping(Answering(django_application, THREADS), Counts().state)
# Who is told of news asks for tiles at once, and must not get those of before.
live.stream.before_news.append(_django.anew)
_bulk = BulkMiddleware(django_application, DOWNLOADS)


async def application(scope, receive, send) -> None:
    """Answer HTTP through Django; accept the server's start and stop; refuse WebSockets."""
    if scope["type"] == "http":
        answers = _bulk if takes_long(scope) else _django
        await (live.stream if scope["path"] == live.PATH else answers)(scope, receive, send)
    elif scope["type"] == "lifespan":
        with live.living():
            while (await receive())["type"] != "lifespan.shutdown":
                await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
    else:
        await send({"type": "websocket.close", "code": 1000})
