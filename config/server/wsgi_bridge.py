"""Django inside an ASGI server, with one hop to a thread and back for each response.

A response that is whole, as nearly all are, is sent at once. One that streams is sent chunk by
chunk as a2wsgi does it, where each chunk waits for the event loop.
"""

import asyncio
import contextvars
from collections.abc import Iterable

from a2wsgi import WSGIMiddleware
from a2wsgi.asgi_typing import HTTPResponseStartEvent, HTTPScope, Receive, Scope, Send, SendEvent
from a2wsgi.wsgi import Body, WSGIResponder, build_environ
from a2wsgi.wsgi_typing import Environ, ExceptionInfo, WriteCallable
from django.http import HttpResponse


class Responder(WSGIResponder):
    """Answers one request."""

    async def __call__(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        self.send_to_client = send
        environ = build_environ(scope, Body(self.loop, receive))
        context = contextvars.copy_context()
        messages = await self.loop.run_in_executor(
            self.executor, lambda: context.run(self.respond, environ)
        )
        for message in messages:
            await send(message)

    def respond(self, environ: Environ) -> list[SendEvent]:
        """Return the messages of a whole response; of a stream, nothing is left to send."""
        response = self.app(environ, self.start)
        if isinstance(response, HttpResponse):
            try:
                body = b"".join(response)
            finally:
                response.close()
            return [self.started, {"type": "http.response.body", "body": body}]
        self.stream(response)
        return []

    def start(
        self,
        status: str,
        headers: list[tuple[str, str]],
        exc_info: ExceptionInfo | None = None,
        /,
    ) -> WriteCallable:
        self.started: HTTPResponseStartEvent = {
            "type": "http.response.start",
            "status": int(status[:3]),
            "headers": [
                (name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers
            ],
        }
        return _no_write

    def stream(self, response: Iterable[bytes]) -> None:
        """Send chunk by chunk from this thread, at the pace at which the client reads."""
        sending = asyncio.run_coroutine_threadsafe(self.sender(self.send_to_client), self.loop)
        try:
            self.send(self.started)
            for chunk in response:
                self.send({"type": "http.response.body", "body": chunk, "more_body": True})
            self.send({"type": "http.response.body", "body": b""})
            asyncio.run_coroutine_threadsafe(self.send_queue.put(None), self.loop).result()
            sending.result()
        finally:
            sending.cancel()
            getattr(response, "close", lambda: None)()


def _no_write(_chunk: bytes) -> None:
    """WSGI's old way to write, which Django does not use."""
    raise NotImplementedError


class WSGIBridge(WSGIMiddleware):
    """A WSGI application in a fixed number of threads."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await Responder(self.app, self.executor, self.send_queue_size)(scope, receive, send)
