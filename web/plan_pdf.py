"""A support plan as a PDF, for its tutor and its student: read through the gate and logged."""

from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import policy
from auth.refusals import NotYoursToSee
from auth.viewer import Role, Viewer
from components import plan_paper
from data_access import plans
from policy.days import london_day
from support.party import Party
from web import paper

TEMPLATE = (Path(__file__).parent / "assets" / "plan.typ").read_bytes()


async def show(request: Request) -> Response:
    """The PDF; 401 for a stranger, 403 with the refusal's sentence where the plan is not open to who asks."""
    return await paper.answer(request, _made)


def _made(viewer: Viewer, name: str, asked: dict[str, str], at: datetime) -> tuple[str, bytes]:
    """The file's name and the file."""
    theirs = plans.of(viewer, asked.get("student", ""), at)
    plan = next((one for one in theirs if str(one.id) == asked.get("plan")), None)
    if plan is None:
        raise NotYoursToSee
    who = Party.STUDENT if viewer.role is Role.STUDENT else Party.TUTOR
    content = plan_paper.content(plan, who, policy.current().institution.name, name, at)
    return paper.name("plan", plan.student.rpartition(" ")[2], london_day(at)), pdf(content, at)


def pdf(content: dict[str, Any], at: datetime) -> bytes:
    """The plan's paper."""
    return paper.pdf(TEMPLATE, content, at)


ROUTES = [Route(plan_paper.ADDRESS, show, methods=["GET"])]
