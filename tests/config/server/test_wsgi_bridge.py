"""Answers of a WSGI application through the ASGI server's messages."""

import asyncio
import threading

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from config.server.wsgi_bridge import WSGIBridge

SCOPE = {
    "type": "http",
    "method": "GET",
    "path": "/",
    "query_string": b"",
    "http_version": "1.1",
    "headers": [],
}


def said(response) -> list[dict]:
    """Return the messages by which the response goes out."""
    messages: list[dict] = []

    def application(environ, start_response):
        start_response("203 Odd", [("X-One", "1"), ("X-One", "2")])
        return response

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        messages.append(message)

    asyncio.run(WSGIBridge(application, 1)(SCOPE, receive, send))
    return messages


def test_a_whole_answer_is_two_messages():
    start, body = said(HttpResponse(b"whole"))
    assert (start["status"], start["headers"]) == (203, [(b"x-one", b"1"), (b"x-one", b"2")])
    assert body == {"type": "http.response.body", "body": b"whole"}


def test_what_streams_goes_out_piece_by_piece():
    _start, *pieces = said(StreamingHttpResponse([b"one", b"two"]))
    assert [piece["body"] for piece in pieces] == [b"one", b"two", b""]
    assert [piece.get("more_body", False) for piece in pieces] == [True, True, False]


@pytest.mark.parametrize("response", [HttpResponse(b"x"), StreamingHttpResponse([b"x"])])
def test_the_end_of_an_answer_is_told_in_its_own_thread(response):
    """There its database connection is."""
    closed_in = []
    response.close = lambda: closed_in.append(threading.current_thread())
    said(response)
    assert len(closed_in) == 1
    assert closed_in[0] is not threading.main_thread()


def test_an_error_reaches_the_server():
    class Broken(HttpResponse):
        def __iter__(self):
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        said(Broken())
