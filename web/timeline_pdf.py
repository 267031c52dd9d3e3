"""The timeline as a PDF: asked for with the session's cookie, read through the gate and logged, and kept nowhere."""

import json
import re
import unicodedata
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import typst
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

import policy
from auth.refusals import Refusal, SignedOut
from auth.viewer import Role, Viewer
from components import timeline_choice, timeline_paper
from data_access import accounts, cohorts, sessions, settings, sources, timelines
from engagement import looking
from engagement.timeline import Timeline

TEMPLATE = (Path(__file__).parent / "assets" / "timeline.typ").read_bytes()
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


async def show(request: Request) -> Response:
    """The PDF; 401 for a stranger, 403 with the refusal's sentence where the record is not open to who asks."""
    token = request.cookies.get(settings().cookie)
    asked = {name: value[:_LONGEST] for name, value in request.query_params.items()}
    try:
        name, body = await to_thread.run_sync(_made, token, asked, datetime.now(UTC))
    except Refusal as refusal:
        status = 401 if isinstance(refusal, SignedOut) else 403
        return HTMLResponse(_REFUSED.format(said=escape(refusal.sentence)), status_code=status)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type="application/pdf", headers=headers)


def _made(token: str | None, asked: dict[str, str], at: datetime) -> tuple[str, bytes]:
    """The file's name and the file. Asking counts as use of the session."""
    viewer = sessions.seen(token, at) if token else None
    if viewer is None:
        raise SignedOut
    own = accounts.own(viewer, at)
    if own.must_change:
        raise SignedOut
    timeline = _timeline(viewer, asked, at)
    ours = policy.current()
    content = timeline_paper.content(
        timeline,
        sources.freshness(viewer, at),
        ours.engagement,
        ours.institution.name,
        (own.name, at),
        own=viewer.role is Role.STUDENT,
    )
    return _name(timeline), pdf(content, at)


def _timeline(viewer: Viewer, asked: dict[str, str], at: datetime) -> Timeline:
    """The student's year as the address asks to see it."""
    ours, student = policy.current(), asked.get("student", "")
    year = timelines.year(viewer, student, at)
    view = timeline_choice.asked(asked, year, ours.calendar)
    middle = cohorts.middle_half(viewer, student, view.module, at) if view.others else ()
    return looking.at(year, view, middle, ours.calendar, ours.engagement)


def _name(timeline: Timeline) -> str:
    """`timeline-brathwaite-2026-11-23.pdf`: letters of the alphabet alone, for a header."""
    plain = unicodedata.normalize("NFKD", timeline.family_name).encode("ascii", "ignore").decode().lower()
    family = re.sub(r"[^a-z]+", "-", plain).strip("-") or "student"
    return f"timeline-{family}-{timeline.today}.pdf"


def pdf(content: dict[str, Any], at: datetime) -> bytes:
    """The paper as a tagged PDF. The content reaches the template as data, never as markup.

    It keeps PDF/UA-1 wherever the machine has a font for every letter; one that no font has is a box.
    """
    data, second = {"data": json.dumps(content)}, int(at.timestamp())
    try:
        return typst.compile(TEMPLATE, sys_inputs=data, format="pdf", pdf_standards="ua-1", timestamp=second)
    except typst.TypstError as fault:
        if "could not be displayed" not in str(fault):
            raise
        return typst.compile(TEMPLATE, sys_inputs=data, format="pdf", timestamp=second)


ROUTES = [Route(timeline_paper.ADDRESS, show, methods=["GET"])]
