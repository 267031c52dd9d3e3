"""A document as a PDF: asked for with the session's cookie, made from values that are read, and kept nowhere."""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import escape
from typing import Any

import typst
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from auth.refusals import Refusal
from auth.refusals.accounts import SignedOut
from auth.viewer import Viewer
from data_access import accounts, sessions, settings

Make = Callable[[Viewer, str, dict[str, str], datetime], tuple[str, bytes]]
"""From who asks, their name, what the address says and the moment, to the file's name and the file."""

_LONGEST = 200  # characters of one thing in the address
_REFUSED = """<!doctype html>
<html lang="en-GB"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>No document · Learner Analytics</title>
<style>body {{ font: 1.125rem/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 34rem; padding: 0 1.5rem }}
a {{ color: #12436D }}</style>
<main><h1>There is no document here for you</h1>
<p>{said}</p>
<p><a href="/">Go to Learner Analytics</a></p></main>
</html>"""


async def answer(request: Request, make: Make, kind: str = "application/pdf") -> Response:
    """The document; 401 for a stranger, 403 with the refusal's sentence where the record is not open to who asks."""
    token = request.cookies.get(settings().cookie)
    asked = {name: value[:_LONGEST] for name, value in request.query_params.items()}
    try:
        name, body = await to_thread.run_sync(_made, make, token, asked, datetime.now(UTC))
    except Refusal as refusal:
        status = 401 if isinstance(refusal, SignedOut) else 403
        return HTMLResponse(_REFUSED.format(said=escape(refusal.sentence)), status_code=status)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=kind, headers=headers)


def _made(make: Make, token: str | None, asked: dict[str, str], at: datetime) -> tuple[str, bytes]:
    """What `make` makes for the session of this token. Asking counts as use of the session."""
    viewer = sessions.seen(token, at) if token else None
    if viewer is None:
        raise SignedOut
    own = accounts.own(viewer, at)
    if own.must_change:
        raise SignedOut
    return make(viewer, own.name, asked, at)


def name(kind: str, family_name: str, on: date) -> str:
    """`timeline-brathwaite-2026-11-23.pdf`: letters of the alphabet alone, for a header."""
    plain = unicodedata.normalize("NFKD", family_name).encode("ascii", "ignore").decode().lower()
    family = re.sub(r"[^a-z]+", "-", plain).strip("-") or "student"
    return f"{kind}-{family}-{on}.pdf"


def pdf(template: bytes, content: dict[str, Any], at: datetime) -> bytes:
    """The paper as a tagged PDF. The content reaches the template as data, never as markup.

    It keeps PDF/UA-1 wherever the machine has a font for every letter; one that no font has is a box.
    """
    data, second = {"data": json.dumps(content)}, int(at.timestamp())
    try:
        return typst.compile(template, sys_inputs=data, format="pdf", pdf_standards="ua-1", timestamp=second)
    except typst.TypstError as fault:
        if "could not be displayed" not in str(fault):
            raise
        return typst.compile(template, sys_inputs=data, format="pdf", timestamp=second)
