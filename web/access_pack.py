"""The copy of what is held about a student, as one ZIP at a link of their own: made when asked for, never kept."""

from datetime import datetime
from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from auth.viewer import Role, Viewer
from components import copies
from data_access import packs
from policy.days import london_day
from privacy import pack_files, pack_notes
from web import paper

TEMPLATE = (Path(__file__).parent / "assets" / "notes.typ").read_bytes()


async def show(request: Request) -> Response:
    """The ZIP; 401 for a stranger, 403 with a sentence for anybody else's copy and when the link has ended."""
    made = partial(_made, id=request.path_params["id"])
    return await paper.answer(request, made, "application/zip")


def _made(viewer: Viewer, name: str, asked: dict[str, str], at: datetime, *, id: str) -> tuple[str, bytes]:
    """The file's name and the file, the same bytes each time while nothing that is held changes."""
    if viewer.role is Role.COMPLIANCE:
        pack = packs.handed_over(viewer, asked.get("student", ""), id, at)
    else:
        pack = packs.whole(viewer, id, at)
    notes = paper.pdf(TEMPLATE, pack_notes.content(pack), pack.as_of)
    named = paper.name("my-data", pack.name.rpartition(" ")[2], london_day(pack.as_of))
    return named.removesuffix(".pdf") + ".zip", pack_files.archive(pack, notes)


ROUTES = [Route(copies.ADDRESS, show, methods=["GET"])]
