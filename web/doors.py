"""The addresses of Streamlit's own that stay shut: some to strangers, some to everybody."""

from collections.abc import Sequence
from datetime import UTC, datetime

from anyio import to_thread
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from auth.viewer import Role, Viewer
from data_access import sessions, settings

SHUT = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent", "/component/")
SIGNED_IN = "/media/"
UPLOADS = "/_stcore/upload_file"  # what is sent here lies in memory: only whose pages take files may send any
STREAMLITS = ("/_stcore/", "/media/", "/static/")
NO_PAGE = """<!doctype html>
<html lang="en-GB"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>No page here · Learner Analytics</title>
<style>body { font: 1.125rem/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 34rem; padding: 0 1.5rem }
a { color: #12436D }</style>
<main><h1>There is no page at this address</h1>
<p>The link may be old, or a letter of it got lost.</p>
<p><a href="/">Go to Learner Analytics</a></p></main>
</html>"""


class Doors:
    """403 where a door is shut, 404 where there is none: Streamlit would answer any address with its page.

    Downloads lie in /media, under addresses that anyone could be told.
    """

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self.app = app
        self.routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._instead(scope) if scope["type"] == "http" else None
        await (answer or self.app)(scope, receive, send)

    async def _instead(self, scope: Scope) -> Response | None:
        path = scope["path"]
        if path.startswith(SHUT) or not await _may(scope, path):
            return Response(status_code=403)
        if path.startswith(STREAMLITS) or any(r.matches(scope)[0] is not Match.NONE for r in self.routes):
            return None
        return HTMLResponse(NO_PAGE, status_code=404)


async def _may(scope: Scope, path: str) -> bool:
    """Whether whoever asks may open this address, as far as it is one that not everybody may."""
    if not path.startswith((SIGNED_IN, UPLOADS)):
        return True
    viewer = await holder(scope)
    return viewer is not None and (path.startswith(SIGNED_IN) or viewer.role is Role.ADMINISTRATOR)


async def holder(scope: Scope) -> Viewer | None:
    """Who sends this request or opens this socket, by its cookie."""
    token = HTTPConnection(scope).cookies.get(settings().cookie)
    return await to_thread.run_sync(sessions.viewer_of, token, datetime.now(UTC)) if token else None
