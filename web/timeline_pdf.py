"""The timeline as a PDF: asked for with the session's cookie, read through the gate and logged, and kept nowhere."""

from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import policy
from auth.viewer import Role, Viewer
from components import timeline_choice, timeline_paper
from data_access import cohorts, sources, support_marks, timelines
from engagement import looking
from engagement.timeline import Timeline
from web import paper

TEMPLATE = (Path(__file__).parent / "assets" / "timeline.typ").read_bytes()


async def show(request: Request) -> Response:
    """The PDF; 401 for a stranger, 403 with the refusal's sentence where the record is not open to who asks."""
    return await paper.answer(request, _made)


def _made(viewer: Viewer, name: str, asked: dict[str, str], at: datetime) -> tuple[str, bytes]:
    """The file's name and the file."""
    timeline = _timeline(viewer, asked, at)
    ours = policy.current()
    content = timeline_paper.content(
        timeline,
        sources.freshness(viewer, at),
        ours.engagement,
        ours.institution.name,
        (name, at),
        own=viewer.role is Role.STUDENT,
    )
    return paper.name("timeline", timeline.family_name, timeline.today), pdf(content, at)


def _timeline(viewer: Viewer, asked: dict[str, str], at: datetime) -> Timeline:
    """The student's year as the address asks to see it."""
    ours, student = policy.current(), asked.get("student", "")
    year = timelines.year(viewer, student, at).marked(support_marks.days(viewer, student, at))
    view = timeline_choice.asked(asked, year, ours.calendar)
    middle = cohorts.middle_half(viewer, student, view.module, at) if view.others else ()
    return looking.at(year, view, middle, ours.calendar, ours.engagement)


def pdf(content: dict[str, Any], at: datetime) -> bytes:
    """The timeline's paper."""
    return paper.pdf(TEMPLATE, content, at)


ROUTES = [Route(timeline_paper.ADDRESS, show, methods=["GET"])]
