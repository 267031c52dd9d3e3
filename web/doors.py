"""The addresses of Streamlit's own that stay shut: some to strangers, some to everybody."""

from datetime import UTC, datetime

from anyio import to_thread
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from auth.viewer import Viewer
from data_access import sessions, settings

SHUT = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent", "/component/")
SIGNED_IN = ("/media/", "/_stcore/upload_file")


class Doors:
    """Answers 403 where a door is shut. Downloads lie in /media under addresses that anyone could be told."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and await _shut(scope):
            await Response(status_code=403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


async def _shut(scope: Scope) -> bool:
    path = scope["path"]
    return path.startswith(SHUT) or (path.startswith(SIGNED_IN) and await holder(scope) is None)


async def holder(scope: Scope) -> Viewer | None:
    """Who sends this request or opens this socket, by its cookie."""
    token = HTTPConnection(scope).cookies.get(settings().cookie)
    return await to_thread.run_sync(sessions.viewer_of, token, datetime.now(UTC)) if token else None
