"""A register as a file, for information compliance: as a page, on paper or as a spreadsheet, made when asked for."""

from datetime import datetime
from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import policy
from auth.refusals.files import NoSuchRegister
from auth.viewer import Viewer
from components.registers import ADDRESS
from data_access import registers as stored
from privacy import registers
from privacy.register import Print
from privacy.register_page import page
from privacy.register_paper import content
from privacy.register_workbook import workbook
from web import paper

TEMPLATE = (Path(__file__).parent / "assets" / "register.typ").read_bytes()
_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


async def show(request: Request) -> Response:
    """The file; 401 for a stranger, 403 with a sentence for whoever is not of compliance, or where there is none."""
    name, kind = request.path_params["name"], request.path_params["kind"]
    return await paper.answer(
        request, partial(_made, register=name, kind=kind), _TYPES.get(kind, "text/html")
    )


def file(of: Print, kind: str) -> bytes:
    """The print as a file of that kind; NoSuchRegister where there is no such kind."""
    match kind:
        case "html":
            return page(of)
        case "pdf":
            return paper.pdf(TEMPLATE, content(of), of.at)
        case "xlsx":
            return workbook(of)
    raise NoSuchRegister


def _made(
    viewer: Viewer, name: str, asked: dict[str, str], at: datetime, *, register: str, kind: str
) -> tuple[str, bytes]:
    """The file's name and the file. What is in a register is read first, so that nobody else learns its names."""
    found = stored.facts(viewer, at, measured=True)
    if register not in registers.REGISTERS:
        raise NoSuchRegister
    printed = registers.printed(register, found, policy.current(), at)
    return f"{printed.file}.{kind}", file(printed, kind)


ROUTES = [Route(ADDRESS, show, methods=["GET"])]
