"""From the cookie of the handshake to the Viewer of this run."""

from datetime import UTC, datetime

import streamlit as st

from auth.refusals.accounts import SignedOut
from auth.viewer import Viewer
from data_access import sessions, settings


def asking() -> tuple[Viewer, datetime]:
    """Who asks, and the instant; SignedOut when nobody does. Asked of the database anew each time.

    The cookie is the one the socket was opened with: a sign-in counts from the next page load on. Nothing
    else that the browser says or the session holds is believed.
    """
    viewer, at = visitor()
    if viewer is None:
        raise SignedOut
    return viewer, at


def visitor() -> tuple[Viewer | None, datetime]:
    """As `asking`, with None for a stranger."""
    token, at = cookie(), now()
    return (sessions.viewer_of(token, at) if token else None), at


def cookie() -> str | None:
    """The session's token as the browser sent it."""
    return st.context.cookies.get(settings().cookie)


def now() -> datetime:
    """The clock of the pages."""
    return datetime.now(UTC)
