"""The server's entry: Django in a fixed set of threads, inside one ASGI application.

Each thread keeps its own database connection; Django's own ASGI handler could not keep any, and
a new PostGIS session costs more than most responses. Cached tiles need neither (see
`config.server.response_cache`). Downloads of whole collections have threads of their own (see
`config.server.downloads`); listeners to live news need none (see `config.server.live`).
"""

import os
from typing import cast

from a2wsgi.asgi_typing import Receive, Scope, Send
from a2wsgi.wsgi_typing import WSGIApp

from config.env import text
from config.server import live
from config.server.counts_state import CountsStateReader
from config.server.downloads import DownloadMiddleware, is_download
from config.server.response_cache import ResponseCache
from config.server.wsgi_bridge import WSGIBridge
from config.wsgi import application as django_application

THREADS = int(text("SERVER_THREADS", "8"))
DOWNLOADS = int(text("DOWNLOADS", "3"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
# Django's handler returns an HttpResponse, which iterates over bytes as WSGI wants.
_wsgi = cast(WSGIApp, django_application)
_django = ResponseCache(WSGIBridge(_wsgi, THREADS), CountsStateReader().read)
# Who receives news asks for tiles at once, and must not get those of before.
live.stream.before_news.append(_django.invalidate_states)
_downloads = DownloadMiddleware(_wsgi, DOWNLOADS)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer HTTP through Django; accept the server's start and stop; refuse WebSockets."""
    if scope["type"] == "http":
        if scope["path"] == live.PATH:
            await live.stream(scope, receive, send)
        else:
            await (_downloads if is_download(scope) else _django)(scope, receive, send)
    elif scope["type"] == "lifespan":
        with live.serve_live_news():
            while (await receive())["type"] != "lifespan.shutdown":
                await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
    else:
        await send({"type": "websocket.close", "code": 1000})
