"""Released figures as a file, for managers and compliance: spreadsheet, CSV or PDF of a place; a year's extract."""

from datetime import datetime
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import policy
from auth.refusals.compliance import NoSuchRelease
from auth.viewer import Viewer
from components.release_files import ADDRESS, EXTRACT
from data_access import releases
from privacy import release_print
from privacy.register_paper import content
from privacy.release_print import Figures, ReleasePrint
from privacy.release_workbook import comma_separated, workbook
from privacy.releases import Cohort, State
from web import paper
from web.registers import TEMPLATE

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {"csv": "text/csv; charset=utf-8", "pdf": "application/pdf", "xlsx": _XLSX}
_WIDE = frozenset({"university", "school"})


async def show(request: Request) -> Response:
    """The file; 401 for a stranger, 403 with a sentence for whoever may not see it, or where there is none."""
    of = request.path_params
    made = partial(_made, release=of["release"], node=of["node"], kind=of["kind"])
    return await paper.answer(request, made, _TYPES.get(of["kind"], "text/html"))


async def extract(request: Request) -> Response:
    """The approved figures of a year, of the university and its schools, for the equality duty; refused as `show`."""
    return await paper.answer(request, partial(_extracted, year=request.path_params["year"]), _XLSX)


def _made(
    viewer: Viewer, name: str, asked: dict[str, str], at: datetime, *, release: int, node: str, kind: str
) -> tuple[str, bytes]:
    found = {one.id: one for one in releases.all_of(viewer, at) if one.state is State.APPROVED}
    places = {one.id: one for one in releases.nodes(viewer, release, at)}
    if release not in found or node not in places or kind not in _TYPES:
        raise NoSuchRelease
    figures = (found[release], places[node], releases.tables(viewer, release, node, at))
    kind_of = "Cohort engagement" if found[release].cohort is Cohort.WEEK else "Equality figures"
    title = f"{kind_of}, {places[node].name}, {found[release].census}"
    printed = release_print.of([figures], title, policy.current().institution.name, name, at)
    return f"{printed.file}.{kind}", _file(printed, [figures], kind)


def _file(of: ReleasePrint, figures: list[Figures], kind: str) -> bytes:
    match kind:
        case "csv":
            return comma_separated(of, figures)
        case "pdf":
            return paper.pdf(TEMPLATE, content(of), figures[0][0].built_at)
    return workbook(of)


def _extracted(
    viewer: Viewer, name: str, asked: dict[str, str], at: datetime, *, year: int
) -> tuple[str, bytes]:
    found = [
        one
        for one in releases.all_of(viewer, at)
        if one.state is State.APPROVED and one.cohort is not Cohort.WEEK and one.census.year == year
    ]
    figures: list[Figures] = [
        (
            one,
            node,
            {name: steps[-1:] for name, steps in releases.tables(viewer, one.id, node.id, at).items()},
        )
        for one in found
        for node in releases.nodes(viewer, one.id, at)
        if node.kind in _WIDE
    ]
    if not figures:
        raise NoSuchRelease
    title = f"Public sector equality duty, figures of {year}"
    printed = release_print.of(figures, title, policy.current().institution.name, name, at)
    return f"{printed.file}.xlsx", workbook(printed)


ROUTES = [
    Route(ADDRESS.replace("{release}", "{release:int}"), show, methods=["GET"]),
    Route(EXTRACT.replace("{year}", "{year:int}"), extract, methods=["GET"]),
]
