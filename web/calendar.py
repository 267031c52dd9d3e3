"""A person's meetings for the calendar they use, at an address that is known to them alone: no cookie, no page."""

from datetime import UTC, datetime

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

import pages
import policy
from auth.refusals import Refusal
from components import calendar_feed
from data_access import calendar_feeds
from support import invitation
from web.doors import NO_PAGE

_LONGEST = 64  # characters of a token; ours have 43


async def show(request: Request) -> Response:
    """The calendar. An address that is wrong, stopped, too old or whose role has ended is none: 404 for each."""
    token = request.path_params["token"]
    found = await to_thread.run_sync(_made, token, datetime.now(UTC)) if len(token) <= _LONGEST else None
    if found is None:
        return HTMLResponse(NO_PAGE, status_code=404)
    headers = {"content-disposition": 'inline; filename="meetings.ics"'}
    return Response(found, media_type="text/calendar", headers=headers)


def _made(token: str, at: datetime) -> str | None:
    """The calendar of whoever made the address; read through the gate as theirs, and logged."""
    viewer = calendar_feeds.owner(token, at)
    if viewer is None:
        return None
    try:
        theirs = calendar_feeds.entries(viewer, at)
    except Refusal:
        return None
    support = next(page.url for page in pages.open_to(viewer.role) if page.url in ("support", "my-support"))
    return invitation.feed(theirs, f"{policy.current().messages.site}/{support}", at)


ROUTES = [Route(calendar_feed.ADDRESS, show, methods=["GET"])]
