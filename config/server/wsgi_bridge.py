"""Django inside an ASGI server, with one hop to a thread and back for each answer.

An answer that is there as a whole, as nearly all are, goes out at once. One that streams goes out
piece by piece as a2wsgi does it, where each piece waits for the event loop.
"""

import asyncio
import contextvars
from collections.abc import Iterable

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi import Body, WSGIResponder, build_environ
from django.http import HttpResponse


class Responder(WSGIResponder):
    """Answers one request."""

    async def __call__(self, scope, receive, send) -> None:
        self.to = send
        environ = build_environ(scope, Body(self.loop, receive))
        context = contextvars.copy_context()
        messages = await self.loop.run_in_executor(self.executor, context.run, self.answer, environ)
        for message in messages:
            await send(message)

    def answer(self, environ: dict) -> list[dict]:
        """Return the messages of a whole answer; of one that streams, nothing is left to send."""
        self.started: dict = {}
        response = self.app(environ, self.start)
        if isinstance(response, HttpResponse):
            try:
                body = b"".join(response)
            finally:
                response.close()
            return [self.started, {"type": "http.response.body", "body": body}]
        self.stream(response)
        return []

    def start(self, status: str, headers: list[tuple[str, str]], exc_info=None) -> None:
        self.started = {
            "type": "http.response.start",
            "status": int(status[:3]),
            "headers": [
                (name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers
            ],
        }

    def stream(self, response: Iterable[bytes]) -> None:
        """Send piece by piece from this thread, at the pace at which the client reads."""
        sending = asyncio.run_coroutine_threadsafe(self.sender(self.to), self.loop)
        try:
            self.send(self.started)
            for piece in response:
                self.send({"type": "http.response.body", "body": piece, "more_body": True})
            self.send({"type": "http.response.body", "body": b""})
            asyncio.run_coroutine_threadsafe(self.send_queue.put(None), self.loop).result()
            sending.result()
        finally:
            sending.cancel()
            getattr(response, "close", lambda: None)()


class Answering(WSGIMiddleware):
    """A WSGI application in a fixed number of threads."""

    async def __call__(self, scope, receive, send) -> None:
        await Responder(self.app, self.executor, self.send_queue_size)(scope, receive, send)
