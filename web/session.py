"""The session's two routes: a ticket becomes a cookie, and a sign-out ends both cookie and session."""

from datetime import UTC, datetime
from json import JSONDecodeError, loads
from urllib.parse import urlsplit

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data_access import own_sessions, sessions, settings
from web import browser

_LONGEST = 512  # bytes of a ticket's request; a ticket is 43 characters


async def begin(request: Request) -> Response:
    """Set the session's cookie for a ticket that is new and unused; 401 for any other."""
    if not _ours(request):
        return Response(status_code=403)
    seat = browser.words(request.headers.get("user-agent", ""))
    token = await to_thread.run_sync(sessions.redeem, await _ticket(request), seat, datetime.now(UTC))
    if token is None:
        return Response(status_code=401)
    response = Response(status_code=204)
    response.set_cookie(
        settings().cookie, token, path="/", secure=settings().https, httponly=True, samesite="lax"
    )
    return response


async def end(request: Request) -> Response:
    """End the session whose cookie this is, and drop what the browser kept of it."""
    if not _ours(request):
        return Response(status_code=403)
    await to_thread.run_sync(_end, request.cookies.get(settings().cookie))
    # Not "cookies": that would clear those of the university's other applications on the same domain.
    response = Response(status_code=204, headers={"clear-site-data": '"cache", "storage"'})
    response.delete_cookie(
        settings().cookie, path="/", secure=settings().https, httponly=True, samesite="lax"
    )
    return response


def _end(token: str | None) -> None:
    at = datetime.now(UTC)
    if token and (viewer := sessions.viewer_of(token, at)):
        own_sessions.end(viewer, at)


def _ours(request: Request) -> bool:
    """Whether a page of ours asks: only such a one can add the header, and browsers name the origin."""
    origin = urlsplit(request.headers.get("origin", ""))
    return "x-learner-analytics" in request.headers and origin.netloc == request.headers.get("host")


async def _ticket(request: Request) -> str:
    """The ticket sent; empty when the request is none of ours or too long."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST:
            return ""
    return _read(body)


def _read(body: bytes) -> str:
    try:
        sent = loads(body)
    except (JSONDecodeError, UnicodeDecodeError):
        return ""
    ticket = sent.get("ticket") if isinstance(sent, dict) else None
    return ticket if isinstance(ticket, str) else ""


ROUTES = [
    Route("/session", begin, methods=["POST"]),
    Route("/session/end", end, methods=["POST"]),
]
